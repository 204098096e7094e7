/// Whether of a hundred decisions with a chance of 5 % about five were taken: trials grouped by predicted chance.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "inference/hypothesis_tests.hpp"
#include "inference/trials.hpp"

namespace hansa {

struct CalibrationGroup {
  double lowest = 0, highest = 0;  ///< chances in the group
  std::size_t trials = 0;
  double expected = 0;       ///< sum of chances
  std::size_t observed = 0;  ///< events
};

struct CalibrationTable {
  std::vector<CalibrationGroup> groups;          ///< by chance, ascending
  std::optional<ChiSquareTest> hosmer_lemeshow;  ///< Hosmer & Lemeshow 1980: groups − 2 degrees of freedom; nothing
                                                 ///< below three groups
};

/// Groups end at the quantiles k/`groups` of the chances (measures/quantiles.hpp); equal chances stay together, so
/// there may be fewer groups.
[[nodiscard]] CalibrationTable calibration_table(Trials const& trials, std::size_t groups = 10);

}  // namespace hansa
