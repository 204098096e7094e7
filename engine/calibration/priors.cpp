/// Quantiles of priors, and what hypotheses leave out.
#include "calibration/priors.hpp"

#include <algorithm>

#include "base/flat_math.hpp"
#include "design/laws.hpp"
#include "scenario/path.hpp"
#include "scenario/tables.hpp"

namespace hansa {

namespace {

bool acts_under(Hypothesis const& hypothesis, std::string const& mechanism) {
  return std::any_of(hypothesis.mechanisms.begin(), hypothesis.mechanisms.end(),
                     [&](Reference const& each) { return each.name == mechanism; });
}

std::vector<std::size_t> acting_under(Hypothesis const& hypothesis, CalibrateSpec const& spec) {
  std::vector<std::size_t> acting;
  for (std::size_t k = 0; k < spec.parameters.size(); ++k) {
    std::vector<std::string> const& keys = spec.parameters[k].keys;
    bool const of_mechanism = keys.size() > 3 && keys[2] == "mechanisms";
    if (!of_mechanism || acts_under(hypothesis, keys[3])) acting.push_back(k);
  }
  return acting;
}

std::vector<std::string> left_out_by(Hypothesis const& hypothesis, Scenario const& scenario) {
  std::vector<std::string> paths;
  for (PolicySpec const& policy : scenario.policies)
    for (MechanismSpec const& each : policy.mechanisms)
      if (!acts_under(hypothesis, each.name))
        paths.push_back(joined(joined(joined(joined("policies", policy.name), "mechanisms"), each.name), "strength"));
  return paths;
}

}  // namespace

Priors::Priors(CalibrateSpec const& spec, Scenario const& scenario) {
  for (SweptParameter const& each : spec.parameters) {
    paths_.push_back(each.path.name);
    laws_.push_back(each.distribution);
    std::vector<double>& numbers = listed_.emplace_back();
    for (Node const& value : each.distribution.values) numbers.push_back(parse_number(value.text).value_or(0));
  }
  for (Hypothesis const& each : spec.hypotheses) {
    names_.push_back(each.name);
    acts_.push_back(acting_under(each, spec));
    left_out_.push_back(left_out_by(each, scenario));
  }
  if (!acts_.empty()) return;
  std::vector<std::size_t>& all = acts_.emplace_back();
  for (std::size_t k = 0; k < laws_.size(); ++k) all.push_back(k);
  left_out_.emplace_back();
}

double Priors::value(std::size_t k, double z) const {
  // Where Φ(z) has no digits left, unbounded laws would be cut off at 1 %.
  double const u = std::clamp(flat::normal_tail(-z), 1e-300, 1 - 0x1p-53);
  double const value = value_at(laws_[k], u);
  return laws_[k].law == Distribution::Law::values ? listed_[k][static_cast<std::size_t>(value)] : value;
}

}  // namespace hansa
