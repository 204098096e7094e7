/// A scenario without the mechanisms whose covariates are known already.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "scenario/scenario.hpp"

namespace hansa {

/// Without all mechanisms of the fitted policies but those that change, and without those of the others, where rule and
/// risk set can do without them: laws, and what cities can pay, stay.
[[nodiscard]] Scenario reduced_scenario(Scenario scenario, std::vector<PolicyId> const& fitted,
                                        std::set<std::string> const& changing);

}  // namespace hansa
