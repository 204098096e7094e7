/// How much cities or policies differ, in lines for a terminal and in entries of a tree.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "inference/intercept_report.hpp"
#include "scenario/draft.hpp"

namespace hansa {

/// Lines: standard deviation with error, interval and test, and a table of the predicted effects of policies.
[[nodiscard]] std::string intercept_text(InterceptReport const& report, double level);

/// city_sd or policy_sd with `_se`, `_interval` and `_test`, and policy_effects by policy.
void add_intercept(InterceptReport const& report, std::vector<std::pair<std::string, Node>>& entries);

}  // namespace hansa
