/// Tests of statistics/tie_rows.
#include "statistics/tie_rows.hpp"

#include <doctest/doctest.h>

#include "engine/statistics/three_cities.hpp"

using namespace hansa;
using namespace hansa::test;

TEST_CASE("rows have those that a city observes, or those that observe it") {
  NetworkLayer const layer = three_ties();
  TieRows const observed = all_rows(layer);
  CHECK(observed.first == std::vector<std::size_t>{0, 0, 1, 3});
  CHECK(observed.city == std::vector<Index>{0, 0, 1});
  CHECK(observed.unit * observed.weight[1] == doctest::Approx(3));
  TieRows const observers = all_rows(layer, TieSense::observers);
  CHECK(observers.first == std::vector<std::size_t>{0, 2, 3, 3});
  CHECK(observers.city == std::vector<Index>{1, 2, 2});
}

TEST_CASE("cities that do not count have no ties") {
  std::vector<std::uint8_t> const without_a{0, 1, 1};
  TieRows const rows(three_ties(), without_a);
  CHECK(rows.first == std::vector<std::size_t>{0, 0, 0, 1});
  CHECK(rows.city == std::vector<Index>{1});
}

TEST_CASE("dated ties hold in their steps") {
  TieRows const rows = all_rows(layer_of({{0, 1, 1.0, 2, 3}, {0, 2, 1.0}}));
  CHECK_FALSE(rows.holds(0, 1));
  CHECK(rows.holds(0, 2));
  CHECK(rows.holds(0, 3));
  CHECK_FALSE(rows.holds(0, 4));
  CHECK(rows.holds(1, 1));
}
