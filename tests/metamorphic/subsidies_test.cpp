/// What subsidies must not change, and what they must.
#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "worlds.hpp"

namespace hansa::metamorphic {

namespace {

/// A subsidy of every policy: `form` with the policy's name, and its number.
std::string for_all(test::Question const& base, std::string const& form) {
  std::string all;
  for (std::size_t p = 0; p < base.scenario.policies.size(); ++p)
    all += fmt::format(fmt::runtime(form), fmt::arg("p", base.scenario.policies[p].name), fmt::arg("n", p),
                       fmt::arg("start", base.scenario.clock.start), fmt::arg("end", base.scenario.clock.end)) +
           ", ";
  return all;
}

}  // namespace

TEST_CASE("a subsidy that reaches nobody changes no bit") {
  for_worlds(60, {}, [](test::Texts const& texts, test::Question const& base) {
    auto const other = with_more(texts, for_all(base,
                                                "{{at: {start}, name: nobody{n}, subsidy: {{policy: {p}, share: 0.9, "
                                                "cities: {{where: {{votes: {{min: 1000}}}}}}}}}}"));
    for (Lanes const lanes : {Lanes::fast, Lanes::full}) check_same(base, *other, lanes, Depth::times);
    for (std::int64_t r = 0; r < replicates; ++r) {
      History const before = test::run_one(base, r, Lanes::fast), after = test::run_one(*other, r, Lanes::fast);
      for (std::size_t p = 0; p < before.policies.size(); ++p) {
        CHECK(before.policies[p].adoptions_by_mechanism == after.policies[p].adoptions_by_mechanism);
        CHECK(before.policies[p].spending == after.policies[p].spending);
      }
    }
  });
}

TEST_CASE("where nothing weighs the price a subsidy changes who pays, and nothing else") {
  int paid = 0;
  for_worlds(60, {"scale:", "subsidy", "resources:"}, [&](test::Texts const& texts, test::Question const& base) {
    auto const other =
        with_more(texts, for_all(base, "{{at: {start}, name: fund{n}, subsidy: {{policy: {p}, share: 0.4}}}}"));
    for (std::int64_t r = 0; r < replicates; ++r) {
      History const before = test::run_one(base, r, Lanes::fast), after = test::run_one(*other, r, Lanes::fast);
      for (std::size_t p = 0; p < before.policies.size(); ++p) {
        PolicyHistory const &a = before.policies[p], &b = after.policies[p];
        CHECK(a.adoption_time == b.adoption_time);
        CHECK(a.adoptions_by_mechanism == b.adoptions_by_mechanism);
        REQUIRE(a.spending.size() == b.spending.size());
        REQUIRE(b.subsidies.size() == b.spending.size());
        for (std::size_t t = 0; t < a.spending.size(); ++t) {
          CHECK(b.spending[t] == doctest::Approx(0.6 * a.spending[t]).epsilon(1e-13));
          CHECK(b.subsidies[t] == doctest::Approx(0.4 * a.spending[t]).epsilon(1e-13));
          paid += b.subsidies[t] > 0;
        }
      }
    }
  });
  CHECK(paid > 100);
}

TEST_CASE("larger shares never lead to later adoptions where experience never holds anybody back") {
  std::string const yaml =
      "hansa: 1\ntime: {start: 1, end: 20}\nseed: 3\ncities: {generate: 300}\n"
      "policies: {p: {RULE, cost: {amount: 10}, mechanisms: {m: {scale: {pool: all, progress_ratio: 0.9}, strength: "
      "0.2}}}}\n";
  for (std::string const rule : {"baseline: -4", "rule: cloglog, baseline: -4", "rule: additive, baseline: -4",
                                 "rule: linear, baseline: 0.02", "rule: threshold, threshold: {normal: [0.5, 0.3]}"}) {
    CAPTURE(rule);
    test::Texts texts{yaml, {}};
    texts.yaml.replace(texts.yaml.find("RULE"), 4, rule);
    auto const none = test::ask(texts),
               few = with_more(texts, "{at: 8, until: 15, subsidy: {policy: p, share: 0.2, cities: {random: 90}}}"),
               many = with_more(texts, "{at: 8, until: 15, subsidy: {policy: p, share: 0.5, cities: {random: 90}}}");
    int moved = 0;
    for (std::int64_t r = 0; r < 10; ++r) {
      auto const a = test::run_one(*none, r, Lanes::full).policies[0],
                 b = test::run_one(*few, r, Lanes::full).policies[0],
                 c = test::run_one(*many, r, Lanes::full).policies[0];
      for (std::size_t t = 0; t < 7; ++t) CHECK(a.adopters[t] == c.adopters[t]);
      for (std::size_t i = 0; i < 300; ++i) {
        REQUIRE(late(b.adoption_time[i]) <= late(a.adoption_time[i]));
        REQUIRE(late(c.adoption_time[i]) <= late(b.adoption_time[i]));
        moved += late(c.adoption_time[i]) < late(b.adoption_time[i]);
      }
    }
    CHECK(moved > 0);
  }
}

TEST_CASE("a crew pays what one thread pays") {
  std::string const yaml =
      "hansa: 1\ntime: {start: 1, end: 8}\nseed: 3\ncities: {generate: 70000}\n"
      "policies: {p: {baseline: -4, cost: {amount: 10, per: step}, mechanisms: {m: {scale: {pool: all, progress_ratio: "
      "0.9}, strength: 0.3}}}}\n"
      "interventions: [{at: 2, subsidy: {policy: p, share: 0.3, budget: 20000, cities: {random: 30000}}}]\n";
  auto const question = test::ask({yaml, {}});
  auto const run = [&](int threads) {
    Recorder recorder(question->model, question->world, question->plan);
    Replicate state(question->model, question->world, Lanes::fast, threads);
    recorder.begin(0);
    state.run(0, recorder);
    return recorder.finish();
  };
  History const alone = run(1), together = run(3);
  CHECK(alone.policies[0].adoption_time == together.policies[0].adoption_time);
  CHECK(alone.policies[0].spending == together.policies[0].spending);
  CHECK(alone.policies[0].unit_cost == together.policies[0].unit_cost);
  CHECK(alone.policies[0].subsidies == together.policies[0].subsidies);
  CHECK(alone.subsidies == together.subsidies);
  CHECK(alone.subsidies[0].spent != never);
}

}  // namespace hansa::metamorphic
