/// Tests of study/pair_moments: two pairs of three cities by hand.
#include "study/pair_moments.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

Clock const three_years{2000, 2002, "year"};

/// Adopters per step from adoption times.
PolicyHistory history_of(std::vector<std::int32_t> const& times) {
  PolicyHistory made;
  made.adoption_time = times;
  for (std::int32_t label = three_years.start; label <= three_years.end; ++label) {
    std::int32_t count = 0;
    for (std::int32_t const each : times) count += each != never && each <= label ? 1 : 0;
    made.adopters.push_back(count);
  }
  made.adopters_by = {{made.adopters[0], made.adopters[1], made.adopters[2], 0, 0, 0}};
  made.population_covered = {0, 0.25, 0.5};
  made.spending = {0, 1, 2};
  for (double& each : made.spending) each *= made.adopters.back();
  return made;
}

}  // namespace

TEST_CASE("differences of two pairs, by hand") {
  PairMoments pairs(three_years, 3, {0}, 2);
  pairs.add(history_of({2002, never, 2001}), history_of({2000, 2002, 2001}));
  pairs.add(history_of({never, 2001, never}), history_of({2000, 2002, never}));
  PolicyDifference const found = pairs.difference();
  // Adopters without: 0 1 2 and 0 1 1; with: 1 2 3 and 1 1 2.
  CHECK(found.adopters.at(0).mean == 1);
  CHECK(found.adopters.at(1).mean == 0.5);
  CHECK(found.adopters.at(2).mean == 1);
  CHECK(found.adopters.at(2).low == 1);
  CHECK(found.population_covered.at(2).mean == 0);
  // A quarter of three cities is one.
  CHECK(found.times.at(0).both == 2);
  CHECK(found.times.at(0).difference.mean == -1);
  // Half is two: reached in 2002 against 2001, and against never in 2002.
  CHECK(found.times.at(1).without == 1);
  CHECK(found.times.at(1).with == 2);
  CHECK(found.times.at(1).both == 1);
  CHECK(found.times.at(1).difference.mean == -1);
  // Three quarters are three.
  CHECK(found.times.at(2).without == 0);
  CHECK(found.times.at(2).with == 1);
  CHECK(found.groups.at(0).difference.mean == 1);
  CHECK(found.groups.at(0).without.mean == 1.5);
  CHECK(found.groups.at(1).difference.mean == 0);
  CHECK(found.followers.deadweight.mean == 0.5);
  CHECK(found.followers.funded_more.mean == 0.5);
  CHECK(found.followers.followers.mean == 0.5);
  CityDifferences const& cities = found.cities;
  CHECK(cities.chance_without == std::vector<double>{0.5, 0.5, 0.5});
  CHECK(cities.chance_with == std::vector<double>{1, 1, 0.5});
  CHECK(cities.earlier == std::vector<double>{0.5, 0, 0});
  CHECK(cities.later == std::vector<double>{0, 0.5, 0});
  CHECK(cities.only_with == std::vector<double>{0.5, 0.5, 0});
  CHECK(cities.only_without == std::vector<double>{0, 0, 0});
  // City 0: 2002 -> 2000 and after the clock (2003) -> 2000; city 1: 2003 -> 2002, 2001 -> 2002.
  CHECK(cities.gained == std::vector<double>{2.5, 0, 0});
}

TEST_CASE("what is paid is added up, pair by pair") {
  PolicyHistory const cheap = history_of({2002, never, 2001});
  PolicyHistory dear = history_of({2000, 2002, 2001});
  dear.subsidies = {5, 0, 1};
  PairMoments pairs(three_years, 3, {0}, 2);
  for (double const cost : {11.0, 13.0}) pairs.add(cheap, dear, no_draw, cost);
  PolicyDifference const found = pairs.difference();
  // Spending 0 2 4 without, 0 3 6 with.
  CHECK(found.paid.spending.at(0).mean == 0);
  CHECK(found.paid.spending.at(1).mean == 1);
  CHECK(found.paid.spending.at(2).mean == 3);
  CHECK(found.paid.spending.at(2).high == 3);
  CHECK(found.paid.subsidies.at(1).mean == 5);
  CHECK(found.paid.subsidies.at(2).mean == 6);
  // One adopter more in each pair, and it is the follower: city 1.
  CHECK(found.cost_per_adopter.mean == 12);
  CHECK(found.cost_per_adopter.low < 0);
  CHECK(found.cost_per_follower.mean == 12);
  PolicyHistory unstated = dear;
  unstated.spending.clear();
  PairMoments half(three_years, 3, {0}, 2);
  half.add(cheap, unstated);
  CHECK(half.difference().paid.spending.empty());
  CHECK(std::isnan(half.difference().cost_per_adopter.mean));
}

TEST_CASE("a share is reached at the first step with so many") {
  std::vector<std::int32_t> const adopters{0, 2, 3, 3};
  CHECK(position_of_share(adopters, 0.5, 4) == 1);
  CHECK(position_of_share(adopters, 0.75, 4) == 2);
  CHECK(position_of_share(adopters, 0.76, 4) == -1);
}
