/// Tests of statistics/adoptions.
#include "statistics/adoptions.hpp"

#include <doctest/doctest.h>

#include "engine/statistics/three_cities.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

// a is dated before the clock, b leaves again, c is known as an interval (2000, 2004], d adopts too late; e is not
// covered; f enters in 2002.
Texts const six{R"(hansa: 1
time: {start: 2001, end: 2003}
cities: {file: cities.csv}
policies:
  led:
    baseline: -1
    adopters: {file: adopters.csv, coverage: [a, b, c, d, f]}
    at_risk: {from: entry}
)",
                {{"cities.csv", "id,entry\na,\nb,\nc,\nd,\ne,\nf,2002\n"},
                 {"adopters.csv", "city,year,after,left\na,1999,,\nb,2001,,2003\nc,2004,2000,\nd,2007,,\n"}}};

Adoptions of_six(std::unique_ptr<Question> const& asked) {
  return observed_adoptions(asked->model.policies[0], asked->world.records[0], asked->scenario.clock,
                            asked->world.cities.size());
}

}  // namespace

TEST_CASE("what data tell is known up to the end of time") {
  auto const asked = ask(six);
  Adoptions const found = of_six(asked);
  CHECK(found.label == std::vector<std::int32_t>{1999, 2001, 2002, never, never, never});
  CHECK(found.step(0) == -1);
  CHECK(found.step(2) == 2);
  CHECK(found.intervals == 1);
  CHECK(found.known == std::vector<std::uint8_t>{1, 1, 1, 1, 0, 1});
  CHECK(found.covered == std::vector<std::uint8_t>{1, 1, 1, 1, 0, 1});
  CHECK(found.entry == std::vector<std::int32_t>{1, 1, 1, 1, 1, 2});
  CHECK(found.exit == std::vector<std::int32_t>(6, 3));
  CHECK_FALSE(found.has_time(3));
}

TEST_CASE("current adopters follow departures, and dates before the first step") {
  auto const asked = ask(six);
  CurrentAdopters adopters(of_six(asked));
  using Flags = std::vector<std::uint8_t>;
  CHECK(adopters.at(-2) == Flags{0, 0, 0, 0, 0, 0});
  CHECK(adopters.at(-1) == Flags{1, 0, 0, 0, 0, 0});
  CHECK(adopters.at(1) == Flags{1, 1, 0, 0, 0, 0});
  CHECK(adopters.at(2) == Flags{1, 1, 1, 0, 0, 0});
  CHECK(adopters.at(3) == Flags{1, 0, 1, 0, 0, 0});
}

TEST_CASE("of a simulation all cities are known") {
  auto const asked = ask(six);
  Adoptions const found = simulated_adoptions(asked->model.policies[0], {{0, 1999, {0, 0, 1}}, {2, 2002, {4, 0, 1}}},
                                              asked->scenario.clock, 6);
  CHECK(found.label == std::vector<std::int32_t>{1999, never, never, never, 2002, never});
  CHECK(found.known == std::vector<std::uint8_t>(6, 1));
  CHECK(found.covered == std::vector<std::uint8_t>(6, 1));
}
