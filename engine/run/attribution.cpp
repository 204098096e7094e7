/// Shares of adoptions by mechanism, a batch at a time.
#include "run/attribution.hpp"

#include <array>
#include <cmath>

#include "base/flat_math.hpp"

namespace hansa {

namespace {

using Column = std::array<double, batch_size>;

/// What the baseline earns of each adoption, and what one unit of x_g earns.
struct Rates {
  Column baseline;
  Column per_unit;
};

/// dh/dη.
double slope(Rule rule, double eta) noexcept {
  return rule == Rule::logit ? 1 / (1 + flat::exp(-eta)) : flat::exp(eta);
}

void rates_of_hazard(PolicyModel const& model, Column const& sum, std::size_t n, Rates& rates) noexcept {
  constexpr double near = 1e-6;  // below it the difference quotient is the slope at the middle, to 1e-13
  bool const logit = model.rule == Rule::logit;
  double const base = model.baseline;
  double const at_base = logit ? flat::softplus(base) : flat::exp_normal(base);
  Column at_eta;
  if (logit) {
    for (std::size_t k = 0; k < n; ++k) at_eta[k] = flat::softplus(base + sum[k]);
  } else {
    for (std::size_t k = 0; k < n; ++k) at_eta[k] = flat::exp_normal(base + sum[k]);
  }
  for (std::size_t k = 0; k < n; ++k) {
    rates.baseline[k] = at_base / at_eta[k];
    rates.per_unit[k] = (at_eta[k] - at_base) / sum[k] / at_eta[k];
  }
  for (std::size_t k = 0; k < n; ++k) {
    if (std::fabs(sum[k]) < near) rates.per_unit[k] = slope(model.rule, base + sum[k] / 2) / at_eta[k];
  }
}

/// `size` is Σ |x_g|: contributions that cancel to within rounding leave nothing to share out in proportion.
void rates_of_threshold(Column const& sum, Column const& size, std::size_t n, Rates& rates) noexcept {
  for (std::size_t k = 0; k < n; ++k) {
    bool const cancels = std::fabs(sum[k]) <= 1e-9 * size[k];
    rates.baseline[k] = cancels ? 1 : 0;
    rates.per_unit[k] = cancels ? 0 : 1 / sum[k];
  }
}

}  // namespace

void attribute(PolicyModel const& model, PolicyId policy, std::int32_t step, PredictorParts const& parts,
               Recorder& recorder) {
  std::size_t const n = parts.cities.size();
  bool const attributes = !model.attributes.empty() && model.rule != Rule::threshold;
  Column x{};
  if (attributes) {
    for (std::size_t k = 0; k < n; ++k) x[k] = model.attributes[parts.cities[k]];
  }
  Column sum;
  Column size;
  for (std::size_t k = 0; k < n; ++k) {
    sum[k] = x[k] + parts.trend;
    size[k] = std::fabs(x[k]) + std::fabs(parts.trend);
  }
  for (std::size_t term = 0; term < model.terms.size(); ++term) {
    for (std::size_t k = 0; k < n; ++k) {
      sum[k] += parts.theta_m[term * n + k];
      size[k] += std::fabs(parts.theta_m[term * n + k]);
    }
  }
  Rates rates;
  if (model.rule == Rule::threshold) {
    rates_of_threshold(sum, size, n, rates);
  } else {
    rates_of_hazard(model, sum, n, rates);
  }
  auto const add = [&](std::size_t mechanism, auto&& earned) {
    double total = 0;
    for (std::size_t k = 0; k < n; ++k) total += earned(k);
    recorder.attribute(policy, step, mechanism, total);
  };
  add(std::size_t(Reserved::baseline), [&](std::size_t k) { return rates.baseline[k]; });
  if (attributes) add(std::size_t(Reserved::attributes), [&](std::size_t k) { return x[k] * rates.per_unit[k]; });
  if (parts.trend != 0) {
    add(std::size_t(Reserved::trend), [&](std::size_t k) { return parts.trend * rates.per_unit[k]; });
  }
  for (std::size_t term = 0; term < model.terms.size(); ++term) {
    double const* const row = &parts.theta_m[term * n];
    add(model.terms[term].mechanism, [&](std::size_t k) { return row[k] * rates.per_unit[k]; });
  }
}

}  // namespace hansa
