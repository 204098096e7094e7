/// Costs by hand: what cities pay when, and what a policy costs on average.
#include "run/costs.hpp"

#include <cmath>
#include <cstdlib>

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "support/question.hpp"

namespace hansa {

namespace {

/// Cities a … d, clock 1 … 4; whoever adopts does so on the dates of the data: a before the first step, b in 2, c in 3
/// (and until 4, where `left` says so), d never.
test::Texts costly(std::string const& policy, std::string const& more = {}) {
  test::Texts texts;
  texts.yaml =
      "hansa: 1\ntime: {start: 1, end: 4}\nreplicates: 1\ncurrency: EUR\ncities: {file: cities.csv}\n"
      "collaborations: {file: clubs.csv}\nnetworks: {ties: {file: ties.csv}}\n"
      "policies:\n  p: {baseline: -30, adopters: {file: p.csv, until: 3}, " +
      policy + "}\n" + more;
  texts.files["cities.csv"] = "id,country,price,entry,exit\na,X,100,,\nb,X,200,2,\nc,Y,300,,2\nd,Y,400,,\n";
  texts.files["p.csv"] = "city,year,left\na,0,\nb,2,\nc,3,\n";
  texts.files["clubs.csv"] = "city,collaboration,joined,left\na,club,,3\nb,club,,\nd,club,3,\n";
  texts.files["ties.csv"] = "source,target\na,b\na,c\nb,c\nb,d\nc,d\n";
  return texts;
}

PolicyHistory run(test::Texts const& texts, Lanes lanes = Lanes::fast) {
  return test::run_one(*test::ask(texts), 0, lanes).policies.at(0);
}

void check_near(std::vector<double> const& found, std::vector<double> const& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t t = 0; t < found.size(); ++t) {
    CAPTURE(t);
    CHECK(found[t] == doctest::Approx(expected[t]).epsilon(1e-14));
  }
}

}  // namespace

TEST_CASE("a cost is paid once, in the step of adoption, and not by who had adopted before") {
  PolicyHistory const history = run(costly("cost: {amount: 50}"));
  CHECK(history.spending == std::vector<double>{0, 50, 50, 0});
  CHECK(history.unit_cost == std::vector<double>{50, 50, 50, 50});
}

TEST_CASE("a cost that is another from a date on is paid as it is then, in each replicate") {
  auto const question = test::ask(costly("cost: {amount: 50, per: step}",
                                         "interventions: [{at: 2, until: 3, set: {policies.p.cost.amount: 20}}]\n"));
  for (History const& each : test::run_many(*question, 0, 3, 1, Lanes::fast)) {
    CHECK(each.policies[0].spending == std::vector<double>{50, 40, 60, 150});
    CHECK(each.policies[0].unit_cost == std::vector<double>{50, 20, 20, 50});
  }
}

TEST_CASE("a cost per step is paid by all who have the policy, early adopters included") {
  PolicyHistory const history = run(costly("cost: {amount: 50, per: step}"));
  CHECK(history.spending == std::vector<double>{50, 100, 150, 150});
}

TEST_CASE("who leaves pays no more, and pays again when it comes back") {
  test::Texts texts = costly("cost: {amount: 50, per: step}");
  texts.files["p.csv"] = "city,year,left\na,0,2\na,3,\nb,1,3\n";
  CHECK(run(texts).spending == std::vector<double>{100, 50, 50, 50});
  texts.yaml.replace(texts.yaml.find(", per: step"), 11, "");
  CHECK(run(texts).spending == std::vector<double>{50, 0, 50, 0});
}

TEST_CASE("each city pays its own cost, and the mean is over those in the world") {
  PolicyHistory const history = run(costly("cost: {amount: {attribute: price}}, at_risk: {from: entry, until: exit}"));
  CHECK(history.spending == std::vector<double>{0, 200, 300, 0});
  check_near(history.unit_cost, {800 / 3.0, 250, 700 / 3.0, 700 / 3.0});  // b is there from 2, c until 2
}

TEST_CASE("where nobody is in the world there is no mean cost") {
  test::Texts texts = costly("cost: {amount: 7}, at_risk: {from: entry}");
  texts.files["cities.csv"] = "id,country,entry\na,X,2\nb,X,3\nc,Y,4\nd,Y,9\n";
  PolicyHistory const history = run(texts);
  CHECK(std::isnan(history.unit_cost[0]));
  CHECK(history.unit_cost[1] == 7);
}

TEST_CASE("costs change with their attribute") {
  test::Texts texts = costly("cost: {amount: {attribute: price}}");
  texts.yaml.replace(texts.yaml.find("{file: cities.csv}"), 18, "{file: cities.csv, panel: panel.csv}");
  texts.files["panel.csv"] = "city,year,price\nb,2,20\nc,4,0\nd,1,40\n";
  auto const question = test::ask(texts);
  for (int again = 0; again < 2; ++again) {
    PolicyHistory const history = test::run_one(*question, again, Lanes::fast).policies[0];
    CHECK(history.spending == std::vector<double>{0, 20, 300, 0});
    check_near(history.unit_cost, {160, 115, 115, 40});
  }
}

TEST_CASE("experience lowers the cost for those who adopt, by the adoptions before the step") {
  std::string const scale = "mechanisms: {s: {scale: {pool: all, progress_ratio: 0.5}, strength: 0}}";
  PolicyHistory const history = run(costly("cost: {amount: 120}, " + scale));
  // N = 1 in steps 1 and 2, then 2, then 3; adopters do not count themselves.
  check_near(history.spending, {0, 60, 40, 0});
  check_near(history.unit_cost,
             {(120 + 3 * 60) / 4.0, (120 + 3 * 60) / 4.0, (2 * 60 + 2 * 40) / 4.0, (3 * 40 + 30) / 4.0});
  PolicyHistory const by_step = run(costly("cost: {amount: 120, per: step}, " + scale));
  check_near(by_step.spending, {120, 120 + 60, 60 + 60 + 40, 3 * 40});
}

TEST_CASE("several scale mechanisms multiply") {
  PolicyHistory const history =
      run(costly("cost: {amount: 120}, mechanisms: {s: {scale: {pool: all, progress_ratio: 0.5}, strength: 0}, t: "
                 "{scale: {pool: country, progress_ratio: 0.25}, strength: 0}}"));
  check_near(history.spending, {0, 120 / 2.0 / 4, 120 / 3.0, 0});  // b: a in both; c: a and b, nobody of its country
}

TEST_CASE("a shared cost is the cost, in every step, by the other adopters of now") {
  PolicyHistory const history =
      run(costly("mechanisms: {s: {scale: {pool: all, shared: {fixed: 90, variable: 10}}, strength: 0}}"));
  // 100 alone, 55 with one other, 40 with two, 32.5 with three; others as of the step before.
  check_near(history.spending, {100, 100 + 55, 55 + 55 + 40, 3 * 40});
  check_near(history.unit_cost,
             {(100 + 3 * 55) / 4.0, (100 + 3 * 55) / 4.0, (2 * 55 + 2 * 40) / 4.0, (3 * 40 + 32.5) / 4});
}

TEST_CASE("the pool says whose adoptions lower the cost, of adopters too") {
  auto const spent = [](std::string const& pool) {
    return run(costly("cost: {amount: 120, per: step}, mechanisms: {s: {scale: {pool: " + pool +
                      ", progress_ratio: 0.5}, strength: 0}}"))
        .spending;
  };
  check_near(spent("country"), {120, 120 + 60, 60 + 60 + 120, 60 + 60 + 120});
  check_near(spent("{network: ties}"), {120, 120 + 60, 120 + 60 + 40, 120 + 60 + 40});
  // a is a member until 2, b always: from 3 on b is alone with what it has done itself.
  check_near(spent("{collaboration: club}"), {120, 120 + 60, 120 + 120 + 120, 120 + 120 + 120});
}

TEST_CASE("seeded cities pay nothing for adopting, but keep the policy up like others") {
  for (std::string const rule : {"logit, baseline: -30", "cascade"}) {
    CAPTURE(rule);
    std::string const policy = "rule: " + rule + ", adopters: [a], cost: {amount: 50";
    std::string const seeds =
        "interventions:\n  - {at: 2, seed: {policy: p, cities: [b, c]}}\n  - {at: 4, seed: {policy: p, cities: [d]}}\n";
    test::Texts texts = costly("");
    auto const with = [&](std::string const& per) {
      std::size_t const at = texts.yaml.find("  p: {");
      return test::Texts{texts.yaml.substr(0, at) + "  p: {" + policy + per + "}}\n" + seeds, texts.files};
    };
    CHECK(run(with("")).spending == std::vector<double>{0, 0, 0, 0});
    CHECK(run(with(", per: step")).spending == std::vector<double>{50, 150, 150, 200});
  }
}

TEST_CASE("deciders pay under every rule") {
  for (std::string const rule : {"logit, baseline: 40", "cloglog, baseline: 40", "additive, baseline: 40",
                                 "linear, baseline: 1", "threshold, threshold: -1"}) {
    CAPTURE(rule);
    test::Texts texts = costly("");
    std::size_t const at = texts.yaml.find("  p: {");
    texts.yaml =
        texts.yaml.substr(0, at) + "  p: {rule: " + rule + ", adopters: [a], cost: {amount: {attribute: price}}}\n";
    for (Lanes const lanes : {Lanes::fast, Lanes::full})
      CHECK(run(texts, lanes).spending == std::vector<double>{900, 0, 0, 0});
  }
  test::Texts cascade = costly("");
  cascade.yaml = cascade.yaml.substr(0, cascade.yaml.find("  p: {")) +
                 "  p: {rule: cascade, adopters: [a], cost: {amount: {attribute: price}}, mechanisms: {m: {exposure: "
                 "{network: ties}}}}\n";
  CHECK(run(cascade).spending == std::vector<double>{500, 400, 0, 0});
}

TEST_CASE("policies without a cost tell nothing, and a cost changes no decision") {
  auto const without = test::ask(costly("trend: {linear: 0.1}"));
  auto const with = test::ask(costly("trend: {linear: 0.1}, cost: {amount: 9}"));
  PolicyHistory const plain = test::run_one(*without, 0, Lanes::fast).policies[0];
  PolicyHistory const priced = test::run_one(*with, 0, Lanes::fast).policies[0];
  CHECK(plain.spending.empty());
  CHECK(plain.unit_cost.empty());
  CHECK(plain.adoption_time == priced.adoption_time);
  CHECK(plain.adoptions_by_mechanism == priced.adoptions_by_mechanism);
}

TEST_CASE("who adapts a policy pays the more for it, at adoption or in every step") {
  // Probability 1: all adapt. What others would pay is told as it is.
  PolicyHistory const once = run(costly("cost: {amount: 50}, reinvention: {probability: 1, cost: 0.2}"));
  CHECK(once.spending == std::vector<double>{0, 60, 60, 0});
  CHECK(once.unit_cost == std::vector<double>{50, 50, 50, 50});
  PolicyHistory const by_step = run(costly("cost: {amount: 50, per: step}, reinvention: {probability: 1, cost: 0.2}"));
  CHECK(by_step.spending == std::vector<double>{60, 120, 180, 180});
  CHECK(run(costly("cost: {amount: 50}, reinvention: {probability: 1, cost: -1}")).spending ==
        std::vector<double>{0, 0, 0, 0});
  CHECK(run(costly("cost: {amount: 50}, reinvention: {probability: 0, cost: 3}")).spending ==
        std::vector<double>{0, 50, 50, 0});
  // Under rule cascade too.
  test::Texts cascade = costly("cost: {amount: 50}, reinvention: {probability: 1, cost: 0.2}");
  cascade.yaml.replace(cascade.yaml.find("baseline: -30"), 13, "rule: cascade");
  CHECK(run(cascade).spending == std::vector<double>{0, 60, 60, 0});
}

TEST_CASE("whether a city adapts a policy is drawn by city and adoption, and anew when it comes back") {
  test::Texts texts = costly("cost: {amount: 1, per: step}, reinvention: {probability: 0.5, cost: 1}");
  texts.files["p.csv"] = "city,year,left\na,0,2\na,3,\n";
  auto const question = test::ask(texts);
  int first = 0, both = 0, second = 0;
  constexpr std::int64_t replicates = 200;
  for (std::int64_t r = 0; r < replicates; ++r) {
    std::vector<double> const spending = test::run_one(*question, r, Lanes::fast).policies[0].spending;
    auto const adapts = [&](std::uint32_t episode) {
      std::uint64_t const key = make_key(1, static_cast<std::uint64_t>(r), Purpose::reinvention, hash_id("p"));
      return draw_uniform(key, hash_id("a"), episode) < 0.5;
    };
    CHECK(spending == std::vector<double>{adapts(0) ? 2.0 : 1.0, 0, adapts(1) ? 2.0 : 1.0, adapts(1) ? 2.0 : 1.0});
    first += adapts(0);
    second += adapts(1);
    both += adapts(0) && adapts(1);
  }
  for (int const count : {first, second}) CHECK(std::abs(count - 100) < 35);  // 5 sd
  CHECK(std::abs(both - 50) < 31);
}

TEST_CASE("a scale lowers what adapting costs, and a subsidy pays its share of it") {
  PolicyHistory const scaled =
      run(costly("cost: {amount: 100}, reinvention: {probability: 1, cost: 0.5}, mechanisms: {s: {scale: {pool: all, "
                 "progress_ratio: 0.5}, strength: 0}}"));
  CHECK(scaled.spending[1] == doctest::Approx(0.5 * 150).epsilon(1e-14));  // a had adopted
  PolicyHistory const subsidised = run(costly("cost: {amount: 100}, reinvention: {probability: 1, cost: 0.5}",
                                              "interventions:\n  - {at: 1, subsidy: {policy: p, share: 0.4}}\n"));
  check_near(subsidised.spending, {0, 90, 90, 0});
  check_near(subsidised.subsidies, {0, 60, 60, 0});
  check_near(subsidised.unit_cost, {60, 60, 60, 60});
}

}  // namespace hansa
