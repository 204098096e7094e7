/// Groups of chances, and the chi-square of what they expect.
#include "inference/calibration_table.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "base/chi_square.hpp"
#include "measures/quantiles.hpp"

namespace hansa {

namespace {

std::optional<ChiSquareTest> hosmer_lemeshow(std::vector<CalibrationGroup> const& groups) {
  if (groups.size() < 3) return std::nullopt;
  ChiSquareTest test;
  for (CalibrationGroup const& each : groups) {
    double const excess = static_cast<double>(each.observed) - each.expected;
    double const spread = each.expected * (1 - each.expected / static_cast<double>(each.trials));
    if (spread > 0) {
      test.statistic += excess * excess / spread;
    } else if (excess != 0) {
      test.statistic = std::numeric_limits<double>::infinity();
    }
  }
  test.degrees = groups.size() - 2;
  test.p = flat::chi_square_tail(test.statistic, static_cast<double>(test.degrees));
  return test;
}

}  // namespace

CalibrationTable calibration_table(Trials const& trials, std::size_t groups) {
  std::vector<std::size_t> order(trials.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return trials.chance[a] < trials.chance[b]; });
  std::vector<double> ascending(trials.chance);
  std::sort(ascending.begin(), ascending.end());
  CalibrationTable table;
  std::size_t next = 0;
  for (std::size_t g = 1; g <= groups && next < order.size(); ++g) {
    double const end = g == groups ? std::numeric_limits<double>::infinity()
                                   : quantile(ascending, static_cast<double>(g) / static_cast<double>(groups));
    if (!(trials.chance[order[next]] <= end)) continue;
    CalibrationGroup group{trials.chance[order[next]], 0, 0, 0, 0};
    for (; next < order.size() && trials.chance[order[next]] <= end; ++next) {
      group.highest = trials.chance[order[next]];
      ++group.trials;
      group.expected += group.highest;
      group.observed += trials.event[order[next]] != 0;
    }
    table.groups.push_back(group);
  }
  table.hosmer_lemeshow = hosmer_lemeshow(table.groups);
  return table;
}

}  // namespace hansa
