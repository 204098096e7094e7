/// Leaves out what nothing changes.
#include "inference/reduced_scenario.hpp"

#include <algorithm>

#include "scenario/laws.hpp"

namespace hansa {

namespace {

/// Whether it has a part in who is at risk: as a law, or by what cities can pay.
bool bears_on_risk(Scenario const& scenario, PolicySpec const& policy, MechanismSpec const& each) {
  return is_law(each) || (scenario.resources && policy.cost && each.kind == "scale");
}

}  // namespace

Scenario reduced_scenario(Scenario scenario, std::vector<PolicyId> const& fitted,
                          std::set<std::string> const& changing) {
  for (Index p = 0; p < scenario.policies.size(); ++p) {
    PolicySpec& policy = scenario.policies[p];
    if (policy.rule == Rule::cascade || policy.rule == Rule::threshold) continue;
    bool const is_fitted = std::find(fitted.begin(), fitted.end(), PolicyId{p}) != fitted.end();
    std::erase_if(policy.mechanisms, [&](MechanismSpec const& each) {
      return !bears_on_risk(scenario, policy, each) && (!is_fitted || changing.count(each.name) == 0);
    });
  }
  return scenario;
}

}  // namespace hansa
