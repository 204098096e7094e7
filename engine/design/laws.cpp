/// Quantile functions.
#include "design/laws.hpp"

#include <algorithm>
#include <cmath>

#include "base/flat_math.hpp"
#include "base/student.hpp"

namespace hansa {

namespace {

using Law = Distribution::Law;

/// x in (0, 1/2] with I_x(a, b) = u, by the Illinois variant of false position (Dowell & Jarratt 1971) on ln u against
/// ln x, which is nearly straight for small x; u is not above I_½(a, b).
double lower_beta(double u, double a, double b) noexcept {
  auto const rest = [&](double t) {
    double const x = flat::exp(t);
    return flat::log(flat::beta_share(a, b, x, 1 - x)) - flat::log(u);
  };
  double high = -0.69314718055994530942, at_high = rest(high);
  double low = high, at_low = at_high;
  for (double step = 1; at_low > 0 && low > -700; step *= 2) {
    high = low;
    at_high = at_low;
    low = std::max(low - step, -700.0);
    at_low = rest(low);
  }
  if (!(at_low < 0)) return flat::exp(low);
  for (int k = 0; k < 200 && high - low > 1e-15 * std::fabs(low); ++k) {
    double middle = (low * at_high - high * at_low) / (at_high - at_low);
    if (!(middle > low && middle < high) || k % 4 == 3) middle = 0.5 * (low + high);
    double const at = rest(middle);
    if (at == 0) return flat::exp(middle);
    if (at < 0) {
      low = middle;
      at_low = at;
      at_high *= k % 4 == 3 ? 1 : 0.5;
    } else {
      high = middle;
      at_high = at;
      at_low *= k % 4 == 3 ? 1 : 0.5;
    }
  }
  return flat::exp(0.5 * (low + high));
}

/// Φ⁻¹ between α and β, from the tail in which they lie, so that no digits are lost.
double truncated_standard(double u, double alpha, double beta) noexcept {
  if (alpha > 0) return -truncated_standard(1 - u, -beta, -alpha);
  double const below = flat::normal_tail(-alpha);  // Φ(α)
  double const p = below + u * (flat::normal_tail(-beta) - below);
  if (!(p > 0)) return alpha;
  return p < 1 ? flat::inverse_normal(p) : beta;
}

double triangular(double u, double a, double mode, double b) noexcept {
  double const cut = (mode - a) / (b - a);
  if (u < cut) return a + std::sqrt(u * (b - a) * (mode - a));
  return b - std::sqrt((1 - u) * (b - a) * (b - mode));
}

}  // namespace

double inverse_beta(double u, double a, double b) noexcept {
  if (!(u > 0)) return 0;
  if (!(u < 1)) return 1;
  double const half = flat::beta_share(a, b, 0.5, 0.5);
  return u <= half ? lower_beta(u, a, b) : 1 - lower_beta(1 - u, b, a);
}

double value_at(Distribution const& law, double u) noexcept {
  std::vector<double> const& n = law.numbers;
  switch (law.law) {
    case Law::uniform:
      return std::clamp(n[0] + u * (n[1] - n[0]), n[0], n[1]);
    case Law::log_uniform: {
      double const from = flat::log(n[0]), to = flat::log(n[1]);
      return u <= 0 ? n[0] : u >= 1 ? n[1] : std::clamp(flat::exp(from + u * (to - from)), n[0], n[1]);
    }
    case Law::normal:
      return n[0] + n[1] * flat::inverse_normal(u <= 0 ? 0.01 : u >= 1 ? 0.99 : u);
    case Law::truncated_normal: {
      double const z = truncated_standard(u, (n[2] - n[0]) / n[1], (n[3] - n[0]) / n[1]);
      return u <= 0 ? n[2] : u >= 1 ? n[3] : std::clamp(n[0] + n[1] * z, n[2], n[3]);
    }
    case Law::triangular:
      return std::clamp(triangular(u, n[0], n[1], n[2]), n[0], n[2]);
    case Law::beta:
      return std::clamp(n[2] + (n[3] - n[2]) * inverse_beta(u, n[0], n[1]), n[2], n[3]);
    case Law::integer:
      return std::min(n[0] + std::floor(u * (n[1] - n[0] + 1)), n[1]);
    case Law::values: {
      auto const count = static_cast<double>(law.values.size());
      return std::min(std::floor(u * count), count - 1);
    }
  }
  return 0;
}

Ends ends_of(Distribution const& law) noexcept {
  if (law.law == Law::normal) return {value_at(law, 0.05), value_at(law, 0.95)};
  return {value_at(law, 0), value_at(law, 1)};
}

}  // namespace hansa
