/// Two worlds with equal mean curves: cities that imitate those that they observe, or learn from them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hansa::test {

enum class Truth { imitation, learning };

/// Mean adopters over histories of a world, step by step.
[[nodiscard]] std::vector<double> mean_curve(Truth truth, std::int64_t histories);

/// What calibrations of simulated histories came to.
struct Picked {
  int right = 0;       ///< histories whose true hypothesis has more than half of the probability
  double certain = 0;  ///< mean probability of the true hypothesis
};

/// Calibrates `histories` of them, every second one from cities that learn, by `summaries` ("curve" or "curve, moran").
/// `particles`, `generations`: of each calibration.
[[nodiscard]] Picked pick(std::string const& summaries, int histories, int particles, int generations);

}  // namespace hansa::test
