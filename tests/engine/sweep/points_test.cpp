/// Tests of sweep/points: texts, keys and seeds of points, and the order in which they come.
#include "sweep/points.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

PointTable two_columns() {
  double const own = std::numeric_limits<double>::quiet_NaN();
  return {{"s"}, {0, 0, 0, 0}, {{"a.b", {0.1, 3, own, 0.1}, {}}, {"c", {}, {"low", "high", "low", "low"}}}};
}

}  // namespace

TEST_CASE("values are the shortest texts that read back, and own values are left alone") {
  PointTable const points = two_columns();
  CHECK(value_text(points.columns[0], 0) == "0.1");
  CHECK(value_text(points.columns[0], 1) == "3");
  CHECK(value_text(points.columns[0], 2).empty());
  CHECK(value_text(points.columns[1], 1) == "high");
  CHECK(settings_of(points, {}, 0).size() == 2);
  auto const settings = settings_of(points, {"1", "2", "3", "4"}, 2);
  REQUIRE(settings.size() == 2);
  CHECK(settings[0].path == "c");
  CHECK_FALSE(settings[0].is_number);
  CHECK(settings[1].path == "seed");
  CHECK(settings[1].value == "3");
}

TEST_CASE("keys know a point by what it sets, wherever it stands, and tell repetitions apart") {
  PointTable const points = two_columns();
  auto const keys = point_keys(points);
  CHECK(std::set<std::int64_t>(keys.begin(), keys.end()).size() == 4);
  PointTable turned = points;
  std::swap(turned.columns[0], turned.columns[1]);
  CHECK(point_keys(turned) == keys);
  PointTable longer = points;
  longer.scenario_of.push_back(0);
  longer.columns[0].numbers.push_back(7);
  longer.columns[1].words.push_back("low");
  auto const more = point_keys(longer);
  CHECK(std::equal(keys.begin(), keys.end(), more.begin()));
  PointTable other = points;
  other.scenarios = {"t"};
  CHECK(point_keys(other)[0] != keys[0]);
}

TEST_CASE("independent seeds differ by point, and go with the key and the scenario's seed") {
  auto const seeds = independent_seeds(1, {5, 6, -7});
  CHECK(std::set<std::string>(seeds.begin(), seeds.end()).size() == 3);
  CHECK(independent_seeds(1, {-7})[0] == seeds[2]);
  CHECK(independent_seeds(2, {5})[0] != seeds[0]);
}

TEST_CASE("the first points of the order are spread over all") {
  CHECK(spread_order(0).empty());
  CHECK(spread_order(1) == std::vector<std::int32_t>{0});
  CHECK(spread_order(8) == std::vector<std::int32_t>{0, 4, 2, 6, 1, 5, 3, 7});
  for (std::size_t const count : {5u, 100u, 1000u}) {
    auto order = spread_order(count);
    auto const half = std::count_if(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count / 4),
                                    [&](std::int32_t k) { return 2 * static_cast<std::size_t>(k) < count; });
    CHECK(static_cast<double>(half) / static_cast<double>(count / 4) == doctest::Approx(0.5).epsilon(0.3));
    std::sort(order.begin(), order.end());
    for (std::size_t k = 0; k < count; ++k) CHECK(order[k] == static_cast<std::int32_t>(k));
  }
}
