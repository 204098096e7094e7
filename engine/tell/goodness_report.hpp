/// The goodness of a fit, and tests against drawn networks, in words and as trees.
#pragma once

#include <string>
#include <vector>

#include "inference/network_nulls.hpp"
#include "scenario/draft.hpp"
#include "study/goodness.hpp"

namespace hansa {

/// A line for each kind of statistic, and the places where the observed one leaves the envelope.
[[nodiscard]] std::string goodness_text(Goodness const& found);
/// {histories, failed, alpha, notes, policies: {policy: {statistic: {p, values: [{name, observed, mean, low, high,
/// lower, upper}]}}}}.
[[nodiscard]] Node goodness_tree(Goodness const& found);

/// A line for each network and kind of draw.
[[nodiscard]] std::string null_tests_text(std::vector<NullTest> const& tests);
/// [{network, draws, statistic, p, null: {mean, quantile_95}, failed, terms: {name: {estimate, null_mean, null_sd}}}].
[[nodiscard]] Node null_tests_tree(std::vector<NullTest> const& tests);

}  // namespace hansa
