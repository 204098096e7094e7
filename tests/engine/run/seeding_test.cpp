/// Seeds by hand: who adopts when, who has the credit, and what is counted.
#include "run/seeding.hpp"

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "run/replicate.hpp"
#include "support/question.hpp"

using namespace hansa;

namespace {

using Times = std::vector<std::int32_t>;

/// Cities a … e, clock 1 … 6, a policy that nobody adopts by himself.
struct Five {
  World world;
  Model model;
  RecordPlan plan;

  explicit Five(Rule rule) {
    for (char const* id : {"a", "b", "c", "d", "e"}) {
      world.cities.id.emplace_back(id);
      world.cities.hash.push_back(hash_id(id));
    }
    model.clock = {1, 6, "year"};
    model.mechanisms = {"baseline", "attributes", "trend", "frailty", "intervention", "data", "tie"};
    PolicyModel& policy = model.policies.emplace_back();
    policy.name = "p";
    policy.hash = hash_id("p");
    policy.rule = rule;
    policy.baseline = rule == Rule::linear || rule == Rule::threshold ? 0 : -30;
    policy.threshold.a = 1;
    policy.threshold.b = 1;
  }
  PolicyModel& policy() { return model.policies[0]; }
  void seed(std::string const& name, std::int32_t step, std::vector<Index> cities, double success = 1) {
    policy().seeds.push_back({model.interventions.size(), hash_id(name), step, success, std::move(cities)});
    model.interventions.push_back({name, "seed", PolicyId{0}, step, {}, 0});
  }
  /// Ties 0 → 1 → 2 that surely pass the policy on.
  void tie() {
    Complaints complaints;
    world.networks.push_back(make_layer("tie", {{0, 1, 1}, {1, 2, 1}}, 5, {}, complaints));
    CompiledTerm& term = policy().terms.emplace_back();
    term.mechanism = 6;
    term.network = &world.networks[0];
  }
  History run(std::int64_t replicate = 0) {
    Replicate state(model, world, Lanes::fast);
    Recorder recorder(model, world, plan);
    recorder.begin(replicate);
    state.run(replicate, recorder);
    return recorder.finish();
  }
};

double attributed(History const& history, Reserved to, std::int32_t step) {
  return history.policies[0].adoptions_by_mechanism[std::size_t(to) * 6 + static_cast<std::size_t>(step) - 1];
}

constexpr Rule all_rules[] = {Rule::logit, Rule::cloglog, Rule::additive, Rule::linear, Rule::cascade, Rule::threshold};

}  // namespace

TEST_CASE("seeded cities adopt in that step, first and last ones included, and interventions have the credit") {
  for (Rule const rule : all_rules) {
    Five five(rule);
    five.seed("early", 1, {1});
    five.seed("late", 6, {0, 4});
    History const history = five.run();
    CHECK(history.policies[0].adoption_time == Times{6, 1, never, never, 6});
    CHECK(history.policies[0].adopters == Times{1, 1, 1, 1, 1, 3});
    CHECK(attributed(history, Reserved::intervention, 1) == 1);
    CHECK(attributed(history, Reserved::intervention, 6) == 2);
    CHECK(attributed(history, Reserved::baseline, 6) == 0);
    CHECK(history.seeds == std::vector<SeedCounts>{{1, 0, 0}, {2, 0, 0}});
  }
}

TEST_CASE("who has adopted is not seeded again; of two seeds in a step the first by name has the city") {
  for (Rule const rule : all_rules) {
    Five five(rule);
    five.policy().dated = {{0, 0, {3, 0, +1}}};
    five.seed("one", 2, {0, 1, 3});
    five.seed("two", 2, {0, 2});
    five.seed("three", 4, {0, 3, 4});
    History const history = five.run();
    CHECK(history.policies[0].adoption_time == Times{2, 2, 2, 0, 4});
    CHECK(history.seeds == std::vector<SeedCounts>{{2, 0, 1}, {1, 0, 1}, {1, 0, 2}});
    CHECK(attributed(history, Reserved::intervention, 2) == 3);
    CHECK(attributed(history, Reserved::data, 2) == 0);
  }
}

TEST_CASE("under rule cascade a seeded city passes the policy on in the step after, and what reaches it is lost") {
  Five five(Rule::cascade);
  five.tie();
  five.seed("a", 2, {0});
  History const plain = five.run();
  CHECK(plain.policies[0].adoption_time == Times{2, 3, 4, never, never});
  CHECK(plain.policies[0].adoptions_by_mechanism[6 * 6 + 2] == 1);
  five.seed("b", 3, {1});  // which a would reach in 3
  History const history = five.run();
  CHECK(history.policies[0].adoption_time == Times{2, 3, 4, never, never});
  CHECK(attributed(history, Reserved::intervention, 3) == 1);
  CHECK(history.policies[0].adoptions_by_mechanism[6 * 6 + 2] == 0);
  CHECK(history.policies[0].adoptions_by_mechanism[6 * 6 + 3] == 1);
}

TEST_CASE("who would decide to adopt in the step of a seed is seeded") {
  Five five(Rule::linear);
  five.policy().baseline = 1;
  five.seed("s", 1, {0, 3});
  History const history = five.run();
  CHECK(history.policies[0].adoption_time == Times{1, 1, 1, 1, 1});
  CHECK(attributed(history, Reserved::intervention, 1) == 2);
  CHECK(attributed(history, Reserved::baseline, 1) == 3);
}

TEST_CASE("who is seeded when its pressure is out of bounds was at risk, and is complained of") {
  // The probability is 0.001 in 2001, 0 in 2002, and below 0 in 2003.
  for (std::string const pressed : {"baseline: 0.001, trend: {linear: -0.001}",
                                    "baseline: -0.001, mechanisms: {m: {exposure: {pool: all, half_life: 1}, "
                                    "strength: 0.006}}"}) {
    auto const seeded_in = [&](char const* year) {
      auto const q = test::ask({.yaml = "hansa: 1\ntime: {start: 2001, end: 2004}\ncities: {file: cities.csv}\n"
                                        "policies: {p: {rule: linear, adopters: [a], " +
                                        pressed + "}}\ninterventions: [{at: " + year +
                                        ", seed: {policy: p, cities: [b, c, d]}}]\n",
                                .files = {{"cities.csv", "id,size\na,1\nb,2\nc,3\nd,4\n"}}});
      return test::run_one(*q, 0, Lanes::full).policies[0].adoption_time;
    };
    CHECK(seeded_in("2002") == Times{2000, 2002, 2002, 2002});
    CHECK_THROWS_WITH_AS(seeded_in("2003"), doctest::Contains("at year 2003"), Error);
  }
}

TEST_CASE("seeds succeed as often as they should, by names alone, and more often the same ones") {
  for (Rule const rule : all_rules) {
    Five five(rule);
    five.seed("s", 3, {0, 1, 2, 3, 4}, 0.3);
    int seeded = 0, failed = 0;
    Five more(rule);
    more.seed("s", 3, {1, 4}, 0.6);
    for (std::int64_t r = 0; r < 2000; ++r) {
      History const history = five.run(r);
      seeded += history.seeds[0].seeded;
      failed += history.seeds[0].failed;
      Times const times = history.policies[0].adoption_time, others = more.run(r).policies[0].adoption_time;
      for (std::size_t const i : {std::size_t{1}, std::size_t{4}}) {
        if (times[i] == 3) REQUIRE(others[i] == 3);
      }
    }
    CHECK(seeded + failed == 10000);
    CHECK(seeded > 2700);  // 3000 ± 46: false alarm below 1e-9
    CHECK(seeded < 3300);
  }
}

TEST_CASE("a replicate remembers nothing of the one before") {
  Five five(Rule::logit);
  five.seed("s", 1, {0, 1, 2, 3, 4}, 0.5);
  Replicate state(five.model, five.world, Lanes::fast);
  Recorder recorder(five.model, five.world, five.plan);
  for (std::int64_t const r : {0, 1, 2, 1, 0}) {
    recorder.begin(r);
    state.run(r, recorder);
    History const& history = recorder.finish();
    CHECK(history.policies[0].adoption_time == five.run(r).policies[0].adoption_time);
    CHECK(history.seeds == five.run(r).seeds);
  }
}
