/// What is said of a normal intercept: how much cities or policies differ, whether that is chance, and where each
/// policy lies.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "inference/event_history.hpp"
#include "inference/hypothesis_tests.hpp"
#include "inference/policy_baselines.hpp"

namespace hansa {

struct NamedEffect {
  std::string name;
  double effect = 0;  ///< in units of η, about the common baseline: the mode of its posterior
  double error = 0;   ///< that of the estimates included
  double lower = 0, upper = 0;
};

struct InterceptReport {
  enum class Of { cities, policies };
  Of of = Of::cities;
  double sd = 0;
  std::optional<double> error;                        ///< of the standard deviation; none at 0
  std::optional<std::pair<double, double>> interval;  ///< by the profile where profiles were asked for, else normal on
                                                      ///< the logarithmic scale
  std::optional<ChiSquareTest> test;  ///< likelihood ratio against no differences, whose law is half of it at 0 and
                                      ///< half of it χ²(1) (Self & Liang 1987); none with a penalty
  std::vector<NamedEffect> effects;   ///< of policies
};

/// Nothing without an intercept.
[[nodiscard]] std::optional<InterceptReport> intercept_report(EventHistoryFit const& fit, double level,
                                                              NamedPolicies const& policies);

}  // namespace hansa
