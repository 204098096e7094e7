/// Groups of predicted chances, and Hosmer and Lemeshow's test.
#include "inference/calibration_table.hpp"

#include <numeric>

#include <doctest/doctest.h>

#include "base/random.hpp"

using namespace hansa;

TEST_CASE("groups end at quantiles, and Hosmer and Lemeshow's statistic is the sum over them") {
  // The median of the chances is 0.35, the quantiles of a third 0.3 and 0.5.
  Trials const trials{{0.1, 0.6, 0.3, 0.2, 0.5, 0.4}, {0, 1, 1, 0, 0, 1}, {0, 1, 2, 3, 4, 5}};
  CalibrationTable const table = calibration_table(trials, 3);
  REQUIRE(table.groups.size() == 3);
  CHECK(table.groups[0].lowest == 0.1);
  CHECK(table.groups[0].highest == 0.2);
  CHECK(table.groups[0].observed == 0);
  CHECK(table.groups[1].expected == doctest::Approx(0.7));
  CHECK(table.groups[1].observed == 2);
  CHECK(table.groups[2].observed == 1);
  double const statistic = 0.3 * 0.3 / (0.3 * 0.85) + 1.3 * 1.3 / (0.7 * 0.65) + 0.1 * 0.1 / (1.1 * 0.45);
  REQUIRE(table.hosmer_lemeshow);
  CHECK(table.hosmer_lemeshow->statistic == doctest::Approx(statistic).epsilon(1e-12));
  CHECK(table.hosmer_lemeshow->degrees == 1);
}

TEST_CASE("every trial is in one group, and equal chances are together") {
  Trials trials;
  for (std::size_t i = 0; i < 500; ++i) {
    double const u = draw_uniform(3, i, 0);
    trials.chance.push_back(u < 0.65 ? 0.05 : u);  // most are equal
    trials.event.push_back(draw_uniform(3, i, 1) < trials.chance.back());
    trials.city.push_back(0);
  }
  CalibrationTable const table = calibration_table(trials);
  std::size_t count = 0, events = 0;
  double expected = 0;
  for (std::size_t g = 0; g < table.groups.size(); ++g) {
    CalibrationGroup const& each = table.groups[g];
    count += each.trials;
    events += each.observed;
    expected += each.expected;
    CHECK(each.lowest <= each.highest);
    if (g > 0) CHECK(table.groups[g - 1].highest < each.lowest);
  }
  CHECK(count == 500);
  CHECK(events == std::accumulate(trials.event.begin(), trials.event.end(), std::size_t{0}));
  CHECK(expected == doctest::Approx(std::accumulate(trials.chance.begin(), trials.chance.end(), 0.0)));
  CHECK(table.groups.size() == 5);  // 0.05 is the quantile of one to six tenths
}

TEST_CASE("with fewer than three groups there is no test, with impossible events no chance") {
  CHECK(calibration_table(Trials{}).groups.empty());
  CalibrationTable const one = calibration_table({{0.2, 0.2, 0.2}, {0, 1, 0}, {0, 1, 2}});
  CHECK(one.groups.size() == 1);
  CHECK_FALSE(one.hosmer_lemeshow);
  CalibrationTable const impossible = calibration_table({{0.0, 0.2, 0.5, 0.7}, {1, 0, 1, 0}, {0, 1, 2, 3}}, 4);
  REQUIRE(impossible.hosmer_lemeshow);
  CHECK(impossible.hosmer_lemeshow->p == 0);
}
