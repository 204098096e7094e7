/// A tally of hand-made histories against counts by hand.
#include "tell/summary.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "measures/observed.hpp"

using namespace hansa;

namespace {

/// Four cities, 2000 … 2002; a and b are grouped "x", c "y", d in no group.
struct Small {
  Scenario scenario;
  World world;
  Model model;
  RecordPlan plan;

  Small() {
    scenario.title = "small";
    world.cities.id = {"a", "b", "c", "d"};
    world.cities.hash = {1, 2, 3, 4};
    TextColumn& kind = world.cities.texts["kind"];
    kind.labels = {"x", "y"};
    kind.code = {0, 0, 1, -1};
    world.records.resize(1);
    model.clock = {2000, 2002, "year"};
    model.mechanisms = {"baseline", "data", "peers"};
    model.policies.resize(1);
    model.policies[0].name = "led";
    plan.groupings = {world.cities.text("kind")};
    plan.grouping_names = {"kind"};
  }
};

History history_of(std::int64_t replicate, std::vector<std::int32_t> adopters, std::vector<std::int32_t> by,
                   std::vector<double> mechanisms) {
  History history;
  history.replicate = replicate;
  history.policies.resize(1);
  history.policies[0].adopters = std::move(adopters);
  history.policies[0].adopters_by = {std::move(by)};
  history.policies[0].adoptions_by_mechanism = std::move(mechanisms);
  return history;
}

Summary tallied(Small const& small, std::vector<History> const& histories) {
  Tally tally(small.scenario, small.world, small.model, small.plan);
  for (History const& each : histories) tally.put(each.replicate, tally.pack(each));
  return tally.summary();
}

}  // namespace

TEST_CASE("spreads, groups, time to half and shares are those of the replicates") {
  Small const small;
  Summary const summary = tallied(small, {history_of(0, {0, 1, 1}, {0, 1, 1, 0, 0, 0}, {0, 1, 0, 0, 0, 0, 0, 0, 0}),
                                          history_of(1, {1, 2, 3}, {0, 1, 2, 1, 1, 1}, {1, 0, 0, 0, 0, 0, 0, 1, 1})});
  REQUIRE(summary.replicates == 2);
  PolicySummary const& led = summary.policies.at(0);
  CHECK(led.adopters.median == doctest::Approx(2.0));
  CHECK(led.adopters.low == doctest::Approx(1.1));
  CHECK(led.adopters.high == doctest::Approx(2.9));
  REQUIRE(led.groups.size() == 2);
  CHECK(led.groups[0].label == "x");
  CHECK(led.groups[0].cities == 2);
  CHECK(led.groups[0].adopters.median == doctest::Approx(1.5));
  CHECK(led.groups[1].cities == 1);
  CHECK(led.groups[1].adopters.median == doctest::Approx(0.5));
  CHECK(led.reached_half == 1);
  REQUIRE(led.time_to_half);
  CHECK(led.time_to_half->median == doctest::Approx(2001));
  REQUIRE(led.shares.size() == 2);
  CHECK(led.shares[0].mechanism == "baseline");
  CHECK(led.shares[0].share == doctest::Approx(0.5));
  CHECK(led.at_risk == 4);
  CHECK_FALSE(led.compared);
  CHECK_FALSE(led.groups[0].compared);
}

TEST_CASE("failed replicates are in no number") {
  Small const small;
  History failed;
  failed.replicate = 0;
  failed.failure = "pressure beyond bounds";
  Summary const summary = tallied(small, {failed});
  CHECK(summary.replicates == 0);
  CHECK(summary.policies.at(0).shares.empty());
}

TEST_CASE("the end of the clock stands for itself, and data beside the cities and the label of which they tell") {
  Small small;
  PolicyRecords& records = small.world.records[0];
  auto const row = [](Index city, std::int32_t year) { return Observation{city, year, {}, year, {}, {}}; };
  records.observed = {row(0, 1999), row(1, 2001), row(2, 2001)};
  records.covered = {1, 1, 0, 0};
  PolicyModel& policy = small.model.policies[0];
  policy.entry = {1, 1, 2, 1};
  policy.exit = {3, 3, 1, 3};
  policy.dated = {{0, 1999, {0, 0, 1}}};
  plan_comparisons(small.model, small.world, small.plan);
  History first = history_of(0, {1, 2, 4}, {1, 2, 2, 0, 0, 1}, {});
  History second = history_of(1, {1, 1, 1}, {1, 1, 1, 0, 0, 0}, {});
  first.policies[0].subset = {2, 2, 0};
  second.policies[0].subset = {1, 1, 0};
  PolicySummary const led = tallied(small, {first, second}).policies.at(0);
  CHECK(led.adopters.median == doctest::Approx(2.5));
  CHECK(led.groups[0].adopters.median == doctest::Approx(1.5));
  CHECK(led.compared_at == 2001);
  REQUIRE(led.compared);
  CHECK(led.compared->cities == 2);  // a and b: c never adopts in this run, nothing is known of d
  CHECK(led.compared->adopters.median == doctest::Approx(1.5));
  CHECK(led.compared->observed == 2);
  CHECK(led.observed_elsewhere == 1);
  CHECK(led.unknown == 1);
  CHECK(led.at_risk == 2);
  CHECK(led.given == 1);
  CHECK(led.sources_only == 1);
  REQUIRE(led.groups[0].compared);
  CHECK(led.groups[0].compared->cities == 2);
  CHECK(led.groups[0].compared->adopters.high == doctest::Approx(1.95));
  CHECK(led.groups[0].compared->observed == 2);
  CHECK_FALSE(led.groups[1].compared);  // its only city may not adopt in this run
}

TEST_CASE("what became of seeds is a mean over the replicates that did not fail") {
  Small small;
  small.model.interventions = {{"fund", "seed", PolicyId{0}, 2001, 7.5, 4}, {"none", "seed", PolicyId{0}, 2002, {}, 0}};
  std::vector<History> histories;
  for (std::int64_t r = 0; r < 3; ++r) {
    histories.push_back(history_of(r, {0, 1, 1}, {0, 1, 1, 0, 0, 0}, {0, 1, 0, 0, 0, 0, 0, 0, 0}));
    histories.back().seeds = {{static_cast<std::int32_t>(r), 3 - static_cast<std::int32_t>(r), 1}, {}};
  }
  histories[2].failure = "it broke";
  Summary const summary = tallied(small, histories);
  REQUIRE(summary.seeds.size() == 2);
  CHECK(summary.seeds[0].intervention == "fund");
  CHECK(summary.seeds[0].label == 2001);
  CHECK(summary.seeds[0].cities == 4);
  CHECK(summary.seeds[0].cost == 7.5);
  CHECK(summary.seeds[0].seeded == 0.5);
  CHECK(summary.seeds[0].failed == 2.5);
  CHECK(summary.seeds[0].adopters == 1);
  CHECK(summary.seeds[1].seeded == 0);
  small.model.interventions[1].verb = "join";
  Summary const with_join = tallied(small, histories);
  REQUIRE(with_join.seeds.size() == 1);  // of which nothing becomes
  CHECK(with_join.seeds[0].intervention == "fund");
  CHECK(tallied(small, {}).seeds.empty());
}

TEST_CASE("spending adds up over steps, unit costs are means, and budgets are counted where they are spent") {
  Small small;
  small.scenario.currency = "EUR";
  small.model.policies[0].cost.emplace();
  small.model.interventions = {{"fund", "subsidy", PolicyId{0}, 2001, {}, 3, 2002}};
  std::vector<History> histories{history_of(0, {0, 1, 1}, {0, 1, 1, 0, 0, 0}, {}),
                                 history_of(1, {1, 2, 3}, {0, 1, 2, 1, 1, 1}, {})};
  histories[0].policies[0].spending = {1, 2, 4};
  histories[0].policies[0].unit_cost = {8, 6, 5};
  histories[0].seeds.resize(1);
  histories[0].subsidies = {{10, never}};
  histories[1].policies[0].spending = {0, 3, 14};
  histories[1].policies[0].unit_cost = {8, 6, std::nan("")};
  histories[1].seeds.resize(1);
  histories[1].subsidies = {{20, 2002}};
  Summary const summary = tallied(small, histories);
  CHECK(summary.currency == "EUR");
  CostSummary const& cost = summary.policies[0].cost.value();
  CHECK(cost.spending.median == 12);
  CHECK(cost.first == 8);
  CHECK_FALSE(cost.last);
  REQUIRE(summary.subsidies.size() == 1);
  CHECK(summary.subsidies[0].paid.median == 15);
  CHECK(summary.subsidies[0].spent == 1);
  CHECK(summary.subsidies[0].spent_at->median == 2002);
  CHECK(summary.subsidies[0].until == 2002);
  CHECK(summary.seeds.empty());
}

TEST_CASE("what beliefs do in the end is counted where they are averages") {
  Small const small;
  std::vector<History> histories;
  for (std::int32_t const period : {1, 2, 1, 0, 3, 2, 1}) {
    histories.push_back(history_of(std::ssize(histories), {0, 1, 1}, {0, 1, 1, 0, 0, 0}, {}));
    histories.back().policies[0].belief_period = period;
  }
  BeliefSummary const beliefs = tallied(small, histories).policies[0].beliefs.value();
  CHECK(beliefs.settled == 3);
  CHECK(beliefs.moving == 1);
  CHECK(beliefs.circling == std::map<std::int32_t, std::int64_t>{{2, 2}, {3, 1}});
  for (History& each : histories) each.policies[0].belief_period = no_period;
  CHECK_FALSE(tallied(small, histories).policies[0].beliefs);
}
