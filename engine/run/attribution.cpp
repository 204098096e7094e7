/// Shares of adoptions by mechanism, a batch at a time.
#include "run/attribution.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/flat_math.hpp"

namespace hansa {

namespace {

using Column = std::array<double, batch_size>;

/// Of each adoption: what the baseline earns, what a unit of Σ β x, trend or frailty earns, and a unit of θ·M or of a
/// push.
struct Rates {
  Column baseline;
  Column per_own;
  Column per_term;
  Column mandated;  ///< what mandates earn
};

/// Sums over the parts of each pressure.
struct Sums {
  Column own{};    ///< attributes + trend + frailty
  Column terms{};  ///< Σ θ·M + pushes
  Column size{};   ///< Σ |part|
};

Sums sums_of(PredictorParts const& parts) noexcept {
  std::size_t const n = parts.cities.size();
  Sums sums;
  auto const add = [&](Column& sum, double const* part) {
    for (std::size_t k = 0; k < n; ++k) sum[k] += part[k];
    for (std::size_t k = 0; k < n; ++k) sums.size[k] += std::fabs(part[k]);
  };
  Column trend;
  trend.fill(parts.trend);
  add(sums.own, trend.data());
  if (!parts.attributes.empty()) add(sums.own, parts.attributes.data());
  if (!parts.frailty.empty()) add(sums.own, parts.frailty.data());
  for (std::size_t at = 0; at < parts.theta_m.size(); at += n) add(sums.terms, parts.theta_m.data() + at);
  if (!parts.pushes.empty()) add(sums.terms, parts.pushes.data());
  return sums;
}

/// dh/dη.
double slope(Rule rule, double eta) noexcept {
  return rule == Rule::logit ? 1 / (1 + flat::exp(-eta)) : flat::exp(eta);
}

/// Rules logit and cloglog: h is a function of the whole sum.
void rates_of_hazard(Rule rule, double base, Sums const& sums, Column const& mandated, std::size_t n,
                     Rates& rates) noexcept {
  constexpr double near = 1e-6;  // below it the difference quotient is the slope at the middle, to 1e-13
  bool const logit = rule == Rule::logit;
  double const at_base = logit ? flat::softplus(base) : flat::exp_normal(base);
  Column sum;
  Column at_eta;
  for (std::size_t k = 0; k < n; ++k) sum[k] = sums.own[k] + sums.terms[k];
  if (logit) {
    for (std::size_t k = 0; k < n; ++k) at_eta[k] = flat::softplus(base + sum[k]);
  } else {
    for (std::size_t k = 0; k < n; ++k) at_eta[k] = flat::exp_normal(base + sum[k]);
  }
  Column all;
  for (std::size_t k = 0; k < n; ++k) all[k] = at_eta[k] + mandated[k];
  for (std::size_t k = 0; k < n; ++k) {
    rates.baseline[k] = at_base / all[k];
    rates.per_own[k] = (at_eta[k] - at_base) / sum[k] / all[k];
    rates.mandated[k] = mandated[k] / all[k];
  }
  for (std::size_t k = 0; k < n; ++k) {
    if (std::fabs(sum[k]) < near) rates.per_own[k] = slope(rule, base + sum[k] / 2) / all[k];
  }
  rates.per_term = rates.per_own;
}

/// A hazard that is 0 on the grid: a city that has waited for money, or keeps a pledge, may adopt in a step in which
/// nothing presses.
bool is_nothing(double hazard) noexcept {
  constexpr double half_a_unit = 0x1p-45;
  return hazard < half_a_unit;
}

void leave_all_to_baseline(std::size_t k, Rates& rates) noexcept {
  rates.baseline[k] = 1;
  rates.per_own[k] = rates.per_term[k] = rates.mandated[k] = 0;
}

/// Rule additive: e^(β0 + x) + Σ θ·M, of which the first is shared within itself.
void rates_of_sum(double base, Sums const& sums, Column const& mandated, std::size_t n, Rates& rates) noexcept {
  double const at_base = flat::exp(base);  // 0 where there is no baseline
  for (std::size_t k = 0; k < n; ++k) {
    double const x = sums.own[k];
    double const rise = x == 0 ? 1 : flat::expm1(x) / x;
    double const h = at_base * flat::exp(x) + sums.terms[k] + mandated[k];
    if (is_nothing(h)) {
      leave_all_to_baseline(k, rates);
      continue;
    }
    rates.baseline[k] = at_base / h;
    rates.per_own[k] = at_base * rise / h;
    rates.per_term[k] = 1 / h;
    rates.mandated[k] = mandated[k] / h;
  }
}

/// Rule linear: h = -ln(1 - p) up to p = 1, from which on it is the cap.
void rates_of_probability(double base, Sums const& sums, Column const& mandated, std::size_t n, Rates& rates) noexcept {
  double const at_base = base < 1 ? -flat::log1p(-base) : hazard_cap;
  for (std::size_t k = 0; k < n; ++k) {
    double const sum = sums.own[k] + sums.terms[k];
    double const p = base + sum;
    double const h = p < 1 ? -flat::log1p(-p) : hazard_cap;
    // The rise from p0 to p in one logarithm, which keeps its digits where they are close.
    double const rise = p < 1 && base < 1 ? -flat::log1p(-sum / (1 - base)) : h - at_base;
    double const rate = sum != 0 ? rise / sum : base < 1 ? 1 / (1 - base) : 0;
    double const all = h + mandated[k];
    if (is_nothing(all)) {
      leave_all_to_baseline(k, rates);
      continue;
    }
    rates.baseline[k] = at_base / all;
    rates.per_own[k] = rates.per_term[k] = rate / all;
    rates.mandated[k] = mandated[k] / all;
  }
}

/// Contributions that cancel to within rounding leave nothing to share out in proportion.
void rates_of_threshold(Sums const& sums, std::size_t n, Rates& rates) noexcept {
  for (std::size_t k = 0; k < n; ++k) {
    double const sum = sums.own[k] + sums.terms[k];
    bool const cancels = std::fabs(sum) <= 1e-9 * sums.size[k];
    rates.baseline[k] = cancels ? 1 : 0;
    rates.per_own[k] = rates.per_term[k] = cancels ? 0 : 1 / sum;
  }
}

Rates rates_of(Rule rule, PredictorParts const& parts) noexcept {
  std::size_t const n = parts.cities.size();
  Sums const sums = sums_of(parts);
  Column mandated{};
  std::copy(parts.mandated.begin(), parts.mandated.end(), mandated.begin());
  Rates rates;
  if (rule == Rule::threshold) {
    rates_of_threshold(sums, n, rates);
  } else if (rule == Rule::additive) {
    rates_of_sum(parts.baseline, sums, mandated, n, rates);
  } else if (rule == Rule::linear) {
    rates_of_probability(parts.baseline, sums, mandated, n, rates);
  } else {
    rates_of_hazard(rule, parts.baseline, sums, mandated, n, rates);
  }
  return rates;
}

}  // namespace

void attribute(PolicyModel const& model, PolicyId policy, std::int32_t step, PredictorParts const& parts,
               Recorder& recorder, EventKind kind) {
  std::size_t const n = parts.cities.size();
  Rates const rates = rates_of(model.rule, parts);
  Column shares;
  auto const add = [&](std::size_t mechanism, auto&& earned) {
    for (std::size_t k = 0; k < n; ++k) shares[k] = earned(k);
    recorder.attribute(policy, step, mechanism, parts.cities, std::span(shares).first(n), kind);
  };
  add(std::size_t(Reserved::baseline), [&](std::size_t k) { return rates.baseline[k]; });
  if (!parts.attributes.empty()) {
    add(std::size_t(Reserved::attributes), [&](std::size_t k) { return parts.attributes[k] * rates.per_own[k]; });
  }
  if (parts.trend != 0) {
    add(std::size_t(Reserved::trend), [&](std::size_t k) { return parts.trend * rates.per_own[k]; });
  }
  if (!parts.frailty.empty()) {
    add(std::size_t(Reserved::frailty), [&](std::size_t k) { return parts.frailty[k] * rates.per_own[k]; });
  }
  if (!parts.pushes.empty()) {
    add(std::size_t(Reserved::intervention), [&](std::size_t k) { return parts.pushes[k] * rates.per_term[k]; });
  }
  if (!parts.mandated.empty() && parts.of_mandates.empty())
    add(std::size_t(Reserved::intervention), [&](std::size_t k) { return rates.mandated[k]; });
  if (!parts.of_mandates.empty()) {
    double const* part = parts.of_mandates.data();
    auto const earned = [&](std::size_t k) { return rates.mandated[k] * part[k]; };
    add(std::size_t(Reserved::intervention), earned);
    for (CompiledLaw const& law : model.laws) {
      if (law.force != Force::mandate) continue;
      part += n;
      add(law.mechanism, earned);
    }
  }
  for (std::size_t term = 0; term < model.terms.size(); ++term) {
    double const* const row = &parts.theta_m[term * n];
    add(model.terms[term].mechanism, [&](std::size_t k) { return row[k] * rates.per_term[k]; });
  }
}

}  // namespace hansa
