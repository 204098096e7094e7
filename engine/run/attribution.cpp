/// Shares of an adoption by mechanism.
#include "run/attribution.hpp"

#include <cmath>

#include "base/flat_math.hpp"

namespace hansa {

namespace {

/// How much of an adoption one unit of x_g earns, and what the baseline earns.
struct Rates {
  double baseline;
  double per_unit;
};

double hazard(Rule rule, double eta) noexcept {
  return rule == Rule::logit ? flat::softplus(eta) : flat::exp(eta);
}

double slope(Rule rule, double eta) noexcept {
  return rule == Rule::logit ? 1 / (1 + flat::exp(-eta)) : flat::exp(eta);
}

Rates rates_of(PolicyModel const& model, double sum) noexcept {
  if (model.rule == Rule::threshold) return sum == 0 ? Rates{1, 0} : Rates{0, 1 / sum};
  constexpr double near = 1e-6;  // below it the difference quotient is the slope at the middle, to 1e-13
  double const eta = model.baseline + sum;
  double const at_eta = hazard(model.rule, eta);
  double const at_baseline = hazard(model.rule, model.baseline);
  double const quotient =
      std::fabs(sum) < near ? slope(model.rule, model.baseline + sum / 2) : (at_eta - at_baseline) / sum;
  return {at_baseline / at_eta, quotient / at_eta};
}

}  // namespace

void attribute(PolicyModel const& model, PolicyId policy, std::int32_t step, PredictorParts const& parts,
               Recorder& recorder) {
  std::size_t const n = parts.cities.size();
  bool const attributes = !model.attributes.empty() && model.rule != Rule::threshold;
  for (std::size_t k = 0; k < n; ++k) {
    double const x_attributes = attributes ? model.attributes[parts.cities[k]] : 0;
    double sum = x_attributes + parts.trend;
    for (std::size_t term = 0; term < model.terms.size(); ++term) sum += parts.theta_m[term * n + k];
    Rates const rates = rates_of(model, sum);
    if (rates.baseline != 0) recorder.attribute(policy, step, std::size_t(Reserved::baseline), rates.baseline);
    if (x_attributes != 0)
      recorder.attribute(policy, step, std::size_t(Reserved::attributes), x_attributes * rates.per_unit);
    if (parts.trend != 0) recorder.attribute(policy, step, std::size_t(Reserved::trend), parts.trend * rates.per_unit);
    for (std::size_t term = 0; term < model.terms.size(); ++term) {
      recorder.attribute(policy, step, model.terms[term].mechanism, parts.theta_m[term * n + k] * rates.per_unit);
    }
  }
}

}  // namespace hansa
