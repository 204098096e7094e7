/// A calibration table in words and as a tree.
#pragma once

#include <string>

#include "inference/calibration_table.hpp"
#include "scenario/draft.hpp"

namespace hansa {

/// A line for each group, and one for the test; empty without groups.
[[nodiscard]] std::string calibration_text(CalibrationTable const& table);

/// {groups: [{lowest, highest, trials, expected, observed}], hosmer_lemeshow: {statistic, degrees, p} or null}.
[[nodiscard]] Node calibration_tree(CalibrationTable const& table);

}  // namespace hansa
