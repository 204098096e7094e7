/// What data tell beside a run, on four cities by hand.
#include "measures/observed.hpp"

#include <doctest/doctest.h>

using namespace hansa;

namespace {

constexpr Index cities = 4;
Clock const clock_of_four = {2000, 2003, "year"};

Observation row(Index city, std::int32_t year, std::optional<std::int32_t> left = {}) {
  return {city, year, {}, year, left, {}};
}

}  // namespace

TEST_CASE("everybody is at risk unless told otherwise") {
  CHECK(risks({}, clock_of_four, cities) == std::vector<Risk>(cities, Risk::at_risk));
}

TEST_CASE("a city is at risk in the steps between entry and exit that lie after the replay") {
  PolicyModel policy;
  policy.first_decision = 3;
  policy.entry = {1, 4, 5, 2};
  policy.exit = {2, 4, 5, 1};
  CHECK(risks(policy, clock_of_four, cities) == std::vector<Risk>{Risk::none, Risk::at_risk, Risk::none, Risk::none});
  policy.first_decision = 5;  // all is replayed
  CHECK(risks(policy, clock_of_four, cities) == std::vector<Risk>(cities, Risk::none));
}

TEST_CASE("whom the data give the policy decides only if it left again and is in time") {
  PolicyModel policy;
  policy.first_decision = 3;
  policy.exit = {4, 4, 0, 0};
  policy.dated = {
      {0, 1990, {0, 0, 1}}, {0, 1990, {1, 0, 1}}, {1, 2000, {1, 0, -1}}, {1, 2000, {2, 0, 1}}, {2, 2001, {2, 0, -1}}};
  CHECK(risks(policy, clock_of_four, cities) == std::vector<Risk>{Risk::given, Risk::at_risk, Risk::given, Risk::none});
}

TEST_CASE("a city is known by its name in the file or by coverage") {
  PolicyRecords records;
  CHECK(known_cities(records, cities) == std::vector<std::uint8_t>{1, 1, 1, 1});
  records.covered = {1, 0, 0, 0};
  records.observed = {row(2, 2010)};
  CHECK(known_cities(records, cities) == std::vector<std::uint8_t>{1, 0, 1, 0});
}

TEST_CASE("the file ends with its last adoption or abandonment, as written") {
  PolicyRecords records;
  CHECK_FALSE(last_observed(records));
  records.observed = {{0, 2000, 1998, 2002, {}, {}}, row(1, 2001)};
  CHECK(last_observed(records) == 2002);
  records.observed.push_back(row(2, 1990, 2005));
  CHECK(last_observed(records) == 2005);
}

TEST_CASE("a city has the policy from its year until it leaves, and counts once") {
  PolicyRecords records;
  records.observed = {row(0, 1999, 2001), row(0, 2002), row(2, 2001)};
  CHECK(observed_adopters(records, 1998).empty());
  CHECK(observed_adopters(records, 2000) == std::vector<Index>{0});
  CHECK(observed_adopters(records, 2001) == std::vector<Index>{2});
  CHECK(observed_adopters(records, 2002) == std::vector<Index>{0, 2});
}

TEST_CASE("a run is compared at the last observation, among known cities that may adopt") {
  PolicyModel policy;
  PolicyRecords records;
  records.covered = {1, 1, 0, 0};
  records.observed = {row(0, 1995), row(2, 2002)};
  policy.dated = {{0, 1995, {0, 0, 1}}};
  policy.exit = {0, 0, 4, 4};
  Subset const subset = comparison(policy, records, clock_of_four, cities);
  CHECK(subset.step == 3);
  CHECK(subset.cities == std::vector<std::uint8_t>{1, 0, 1, 0});  // 1 may not adopt, 3 is not known

  records.observed.push_back(row(3, 2050));
  CHECK(comparison(policy, records, clock_of_four, cities).step == 4);  // the end of the clock
}

TEST_CASE("nothing is compared without observations after the replay, or without a city") {
  PolicyModel policy;
  PolicyRecords records;
  CHECK(comparison(policy, records, clock_of_four, cities).step == 0);
  records.observed = {row(0, 2001)};
  CHECK(comparison(policy, records, clock_of_four, cities).step == 2);
  policy.first_decision = 3;  // replayed until 2001
  CHECK(comparison(policy, records, clock_of_four, cities).step == 0);
  policy.first_decision = 2;
  policy.exit.assign(cities, 0);
  CHECK(comparison(policy, records, clock_of_four, cities).step == 0);
  policy.exit.clear();
  policy.first_decision = 5;
  records.observed = {row(0, 2010)};  // all of the clock is replayed
  CHECK(comparison(policy, records, clock_of_four, cities).step == 0);
}

TEST_CASE("the plan gets a subset for each policy") {
  Model model;
  model.clock = clock_of_four;
  model.policies.resize(2);
  World world;
  world.cities.id = {"a", "b"};
  world.records.resize(2);
  world.records[1].observed = {row(0, 2001)};
  RecordPlan plan;
  plan_comparisons(model, world, plan);
  REQUIRE(plan.subsets.size() == 2);
  CHECK(plan.subsets[0].step == 0);
  CHECK(plan.subsets[1].step == 2);
  CHECK(plan.subsets[1].cities == std::vector<std::uint8_t>{1, 1});
}
