/// Spells by hand: sums and products of what is in force, city by city.
#include "model/spells.hpp"

#include <tuple>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

using Row = std::tuple<std::int32_t, Index, double>;

std::vector<Row> rows(std::vector<AttributeStep> const& steps) {
  std::vector<Row> found;
  for (AttributeStep const& each : steps) found.emplace_back(each.step, each.city, each.sum);
  return found;
}

std::vector<Index> const one{1}, both{0, 1}, nobody;

}  // namespace

TEST_CASE("sums of what is in force, from the step on in which they change") {
  CHECK(rows(sums_of({}, 9)).empty());
  CHECK(rows(sums_of(std::vector<Spell>{{2, 4, 0.5, both}, {3, 3, 1, one}, {1, 9, 7, nobody}}, 9)) ==
        std::vector<Row>{{2, 0, 0.5}, {2, 1, 0.5}, {3, 1, 1.5}, {4, 1, 0.5}, {5, 0, 0}, {5, 1, 0}});
  // What ends with time is never taken back; what begins after another's end takes over; what cancels is nothing.
  CHECK(rows(sums_of(std::vector<Spell>{{1, 3, 0.5, one}, {4, 9, 0.5, one}}, 9)) == std::vector<Row>{{1, 1, 0.5}});
  CHECK(rows(sums_of(std::vector<Spell>{{1, 9, 0.5, one}, {1, 9, -0.5, one}}, 9)).empty());
  CHECK(rows(sums_of(std::vector<Spell>{{9, 9, 2, one}}, 9)) == std::vector<Row>{{9, 1, 2}});
}

TEST_CASE("products with a strength of all cities") {
  AttributeSums strengths;
  multiply(strengths, 1.5, 3, {}, 9);
  CHECK(strengths.start.empty());
  multiply(strengths, 1.5, 3, std::vector<Spell>{{2, 4, 2, both}, {4, 9, 0, one}}, 9);
  CHECK(strengths.start == std::vector<double>{1.5, 1.5, 1.5});
  CHECK(rows(strengths.later) == std::vector<Row>{{2, 0, 3}, {2, 1, 3}, {4, 1, 0}, {5, 0, 1.5}});
}

TEST_CASE("products with strengths that change by themselves") {
  AttributeSums strengths{{1, 2, 3}, {{3, 0, 4}, {3, 1, 5}, {3, 2, 6}, {7, 1, 8}}};
  multiply(strengths, 0, 3, std::vector<Spell>{{2, 7, 0.5, one}}, 9);
  CHECK(strengths.start == std::vector<double>{1, 2, 3});
  CHECK(rows(strengths.later) == std::vector<Row>{{2, 1, 1}, {3, 0, 4}, {3, 1, 2.5}, {3, 2, 6}, {7, 1, 4}, {8, 1, 8}});
}
