/// The three links of regressions, each in the form that keeps its digits.
#include "inference/links.hpp"

#include <cstddef>

#include "base/flat_math.hpp"

namespace hansa {

namespace {

constexpr double log_root_two_pi = 0.91893853320467274178;
constexpr double largest_hazard = 700;  // e^h is finite, and 1 − e^−h is 1

double fabs(double x) noexcept {
  return x < 0 ? -x : x;
}

/// Both tails of the logistic law at η.
struct Logistic {
  double up, down, softplus_down;  // p, 1 − p, ln(1 + e^−|η|)
  explicit Logistic(double eta) noexcept {
    double const away = -fabs(eta);
    double const z = flat::exp_normal(away < -700 ? -700 : away);
    double const large = 1 / (1 + z), small = z / (1 + z);
    up = eta > 0 ? large : small;
    down = eta > 0 ? small : large;
    softplus_down = flat::log1p_positive(z);
  }
};

RowTerms logit_terms(double eta, bool event) noexcept {
  if (eta != eta) return {eta, eta, eta, eta, eta};
  Logistic const law(eta);
  double const against = event ? -eta : eta;
  double const weight = law.up * law.down;
  return {-((against > 0 ? against : 0) + law.softplus_down), event ? law.down : -law.up, weight, weight,
          weight * (law.down - law.up)};
}

/// ln(1 − e^−h), h = e^η.
double log_chance(double eta, double h) noexcept {
  if (h < 1e-8) return eta - 0.5 * h;
  return h < 0.6931471805599453 ? flat::log(-flat::expm1(-h)) : flat::log1p(-flat::exp(-h));
}

/// h / (e^h − 1).
double survival_share(double h) noexcept {
  if (h < 1e-4) return 1 - h * (0.5 - h / 12);
  return h > largest_hazard ? 0 : h / flat::expm1(h);
}

RowTerms cloglog_terms(double eta, bool event) noexcept {
  double const h = flat::exp(eta);
  double const k = survival_share(h);
  // h + k − 1, which loses its digits where h is small
  double const rest = h < 1e-4 ? h * (0.5 + h / 12) : h + k - 1;
  double const expected = k > 0 ? h * k : 0;
  double const change = k > 0 ? expected * (1 - rest) : 0;
  if (!event) return {-h, -h, h, expected, change};
  return {log_chance(eta, h), k, k > 0 ? k * rest : 0, expected, change};
}

/// ln Φ and φ/Φ at x.
struct Normal {
  double log_probability, ratio;
  explicit Normal(double x) noexcept {
    double const log_density = -0.5 * x * x - log_root_two_pi;
    double const mills = mills_ratio(fabs(x));
    if (x < 0) {
      log_probability = log_density + flat::log(mills);
      ratio = 1 / mills;
    } else {
      double const density = flat::exp(log_density);
      log_probability = flat::log1p(-density * mills);
      ratio = density / (1 - density * mills);
    }
  }
};

RowTerms probit_terms(double eta, bool event) noexcept {
  if (eta != eta) return {eta, eta, eta, eta, eta};
  Normal const below(eta), above(-eta);
  double const expected = below.ratio * above.ratio;
  double const change = expected * (above.ratio - below.ratio - 2 * eta);
  if (event) return {below.log_probability, below.ratio, below.ratio * (below.ratio + eta), expected, change};
  return {above.log_probability, -above.ratio, above.ratio * (above.ratio - eta), expected, change};
}

}  // namespace

double mills_ratio(double x) noexcept {
  if (x < 2.5) {
    double const density = flat::exp(-0.5 * x * x - log_root_two_pi);
    double term = x, sum = x;
    for (int k = 1; term > 1e-17 * sum; ++k) sum += term *= x * x / (2 * k + 1);
    return 0.5 / density - sum;
  }
  double fraction = x;
  for (int k = 12 + static_cast<int>(560 / (x * x)); k >= 1; --k) fraction = x + k / fraction;
  return 1 / fraction;
}

RowTerms row_terms(FitLink link, double eta, bool event) noexcept {
  if (link == FitLink::logit) return logit_terms(eta, event);
  return link == FitLink::probit ? probit_terms(eta, event) : cloglog_terms(eta, event);
}

void row_terms(FitLink link, std::span<double const> eta, std::span<std::uint8_t const> event,
               std::span<RowTerms> out) noexcept {
  for (std::size_t r = 0; r < eta.size(); ++r) out[r] = row_terms(link, eta[r], event[r] != 0);
}

Hazard hazard(FitLink link, double eta) noexcept {
  if (link == FitLink::logit) {
    Logistic const law(eta);
    return {(eta > 0 ? eta : 0) + law.softplus_down, law.up, law.up * law.down};
  }
  if (link == FitLink::probit) {
    Normal const above(-eta);
    return {-above.log_probability, above.ratio, above.ratio * (above.ratio - eta)};
  }
  double const h = flat::exp(eta);
  return {h, h, h};
}

SumTerms sum_terms(double sum, bool event) noexcept {
  double const c = sum > largest_hazard ? 0 : 1 / flat::expm1(sum);
  if (!event) return {-sum, -1, 0, 1, sum > 0 ? c : 0};
  return {log_chance(flat::log(sum), sum), c, c * (1 + c), -c, c};
}

double chance_of_hazard(double h) noexcept {
  return -flat::expm1(-h);
}

double chance(FitLink link, double eta) noexcept {
  if (link == FitLink::logit) return Logistic(eta).up;
  if (link == FitLink::probit) return flat::normal_tail(-eta);
  return chance_of_hazard(flat::exp(eta));
}

double predictor_of_chance(FitLink link, double p) noexcept {
  if (link == FitLink::logit) return flat::log(p) - flat::log1p(-p);
  return link == FitLink::probit ? flat::inverse_normal(p) : flat::log(-flat::log1p(-p));
}

}  // namespace hansa
