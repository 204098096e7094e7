/// Tests of tell/strengths.
#include "tell/strengths.hpp"

#include <cmath>

#include "asked.hpp"
#include "base/flat_math.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

Chances chances(std::string_view policies, std::string_view more = "") {
  Asked const question = asked_about(policies, more);
  return chances_of(*question.scenario, *question.world, question.model);
}

Lever const& lever(Chances const& all, std::string_view name) {
  for (Lever const& each : all.policies.at(0).levers)
    if (each.name == name) return each;
  FAIL("no lever ", name);
  return all.policies.at(0).levers.front();
}

double logistic(double x) {
  return 1 / (1 + flat::exp(-x));
}

}  // namespace

TEST_CASE("logit: a chance without pressure, and with half and all of those observed") {
  Chances const all =
      chances("{led: {baseline: {chance: 0.15 %}, mechanisms: {peers: {exposure: {network: near}, strength: 1.5}}}}");
  double const eta = flat::log(0.0015 / 0.9985);
  CHECK(lever(all, "nothing presses").chances[0].chance == doctest::Approx(0.0015));
  auto const& levels = lever(all, "peers").chances;
  REQUIRE(levels.size() == 3);
  CHECK(levels[0].chance == doctest::Approx(0.0015));
  CHECK(levels[1].chance == doctest::Approx(logistic(eta + 0.75)));
  CHECK(levels[2].chance == doctest::Approx(logistic(eta + 1.5)));
  CHECK(lever(all, "peers").kind == "exposure");
  CHECK(all.warnings.empty());
}

TEST_CASE("cloglog, linear and additive") {
  std::string const peers = "mechanisms: {peers: {exposure: {network: near}, strength: 0.5}}";
  Chances const cloglog = chances("{led: {rule: cloglog, baseline: -3, " + peers + "}}");
  CHECK(lever(cloglog, "peers").chances[2].chance == doctest::Approx(1 - flat::exp(-flat::exp(-2.5))));
  Chances const linear = chances("{led: {rule: linear, baseline: 0.01, " + peers + "}}");
  CHECK(lever(linear, "peers").chances[1].chance == doctest::Approx(0.26));
  Chances const additive = chances("{led: {rule: additive, baseline: -3, " + peers + "}}");
  CHECK(lever(additive, "peers").chances[2].chance == doctest::Approx(1 - flat::exp(-flat::exp(-3.0) - 0.5)));
  Chances const contagion = chances("{led: {rule: additive, " + peers + "}}");
  CHECK(lever(contagion, "nothing presses").chances[0].chance == 0);
}

TEST_CASE("cascade: one source, two, five") {
  Chances const all = chances(
      "{led: {rule: cascade, adopters: [c1], mechanisms: {peers: {exposure: {network: near}, strength: 0.3}}}}");
  auto const& levels = lever(all, "peers").chances;
  REQUIRE(levels.size() == 3);
  CHECK(levels[0].chance == doctest::Approx(0.3));
  CHECK(levels[1].chance == doctest::Approx(0.51));
  CHECK(levels[2].chance == doctest::Approx(0.83193));
}

TEST_CASE("threshold: the share that is needed") {
  Chances const all = chances(
      "{led: {rule: threshold, threshold: {uniform: [0, 1]}, mechanisms: {peers: {exposure: {network: near}, strength: "
      "2}}}}");
  auto const& levels = lever(all, "peers").chances;
  std::string words;
  for (ChanceAt const& each : levels) words += each.when + "; ";
  CHECK(words.find("12.5 % of them, as 25 % of the cities need") != std::string::npos);
  CHECK(words.find("25 % of them, as 50 % of the cities need") != std::string::npos);
  CHECK(words.find("37.5 % of them, as 75 % of the cities need") != std::string::npos);
  CHECK(levels.back().chance == 1);
  Chances const normal = chances(
      "{led: {rule: threshold, threshold: {normal: [0.25, 0.1]}, mechanisms: {peers: {exposure: {network: near}}}}}");
  CHECK(lever(normal, "nothing presses").chances[0].chance == doctest::Approx(0.0062097).epsilon(1e-4));
  Chances const given =
      chances("{led: {rule: threshold, threshold: 0.3, mechanisms: {peers: {exposure: {network: near}}}}}");
  CHECK(lever(given, "nothing presses").chances[0].chance == 0);
}

TEST_CASE("attributes one standard deviation up, and value by value") {
  std::string const classes =
      "{generate: 30, coordinates: square, attributes: {half: {bins: x, at: [0.5], labels: [low, high]}}}";
  Asked const question = asked("hansa: 1\ntime: {start: 2000, end: 2009}\ncities: " + classes +
                               "\npolicies: {led: {baseline: -3, attributes: {x: 2, half: {high: 1}}}}\n");
  Chances const all = chances_of(*question.scenario, *question.world, question.model);
  double const base = lever(all, "nothing presses").chances[0].chance;
  auto const& x = lever(all, "x").chances;
  CHECK(x[0].chance == doctest::Approx(base));
  CHECK(x[1].chance > base);
  auto const& half = lever(all, "half").chances;
  REQUIRE(half.size() == 2);
  CHECK(half[0].when == "high");
  CHECK(half[1].when == "any other");
  auto const odds = [](double p) { return flat::log(p / (1 - p)); };
  CHECK(odds(half[0].chance) - odds(half[1].chance) == doctest::Approx(1));
  CHECK(lever(all, "nothing presses").chances[0].when.find("half ") != std::string::npos);
}

TEST_CASE("trends at the first decision and at the end") {
  Chances const all = chances("{led: {baseline: -3, trend: {linear: 0.1}}}");
  auto const& trend = lever(all, "trend").chances;
  REQUIRE(trend.size() == 2);
  CHECK(trend[0].when == "year 2000");
  CHECK(trend[1].chance == doctest::Approx(logistic(-2.1)));
  Chances const late = chances("{led: {baseline: -3, trend: {log_time: 1}}}");
  CHECK(lever(late, "trend").chances.back().chance == doctest::Approx(logistic(-3 + flat::log(10.0))));
  CHECK(lever(late, "trend").chances.front().when == "1 year after the first adoption");
  CHECK(lever(late, "trend").chances.back().when == "10 years after the first adoption");
}

TEST_CASE("a strength that differs between cities") {
  Chances const all = chances(
      "{led: {baseline: -3, mechanisms: {peers: {exposure: {network: near}, strength: 1, strength_by: {x: 2}}}}}");
  auto const& levels = lever(all, "peers").chances;
  REQUIRE(levels.size() == 4);
  CHECK(levels[3].when == "all of those observed, x one sd up");
  CHECK(levels[3].chance > levels[2].chance);
}

TEST_CASE("strengths that lead to certainty or out of bounds are warned of") {
  Chances const sure = chances("{led: {baseline: -3, mechanisms: {peers: {exposure: {network: near}, strength: 30}}}}");
  REQUIRE(sure.warnings.size() == 1);
  CHECK(sure.warnings[0].problem.find("mechanism 'peers' of policy 'led' alone makes adoption certain") == 0);
  Chances const beyond =
      chances("{led: {baseline: -3, mechanisms: {peers: {exposure: {network: near}, strength: 90}}}}");
  REQUIRE(beyond.warnings.size() == 2);
  CHECK(beyond.warnings[1].problem.find("the linear predictor of policy 'led' can reach") == 0);
  Chances const below =
      chances("{led: {baseline: -3, mechanisms: {peers: {exposure: {network: near}, strength: -90}}}}");
  REQUIRE(below.warnings.size() == 1);
  CHECK(below.warnings[0].problem.find("can reach -93") != std::string::npos);
  Chances const negative =
      chances("{led: {rule: linear, baseline: 0.1, mechanisms: {peers: {exposure: {network: near}, strength: -0.5}}}}");
  REQUIRE(negative.warnings.size() == 1);
  CHECK(negative.warnings[0].problem.find("can fall to -0.4") != std::string::npos);
}

TEST_CASE("where a run would stop there is no chance") {
  Chances const additive = chances(
      "{led: {rule: additive, baseline: -3, mechanisms: {peers: {exposure: {network: near}, strength: 0.1, "
      "strength_by: "
      "{x: -2}}, pool: {exposure: {pool: all}, strength: 1}}}}");
  CHECK(lever(additive, "peers").chances[0].chance == doctest::Approx(1 - flat::exp(-flat::exp(-3.0))));
  CHECK(std::isnan(lever(additive, "peers").chances[1].chance));
  CHECK(std::isnan(lever(additive, "peers").chances[2].chance));
  CHECK(!std::isnan(lever(additive, "pool").chances[2].chance));
  REQUIRE(additive.warnings.size() == 1);
  CHECK(additive.warnings[0].problem.find(
            "what mechanism 'peers' adds to the hazard of policy 'led' can fall to -1.") == 0);
  CHECK(additive.warnings[0].mend == "a run stops below 0: look at strengths, attributes and units");
  CHECK(chances_words(additive, {2000, 2009, "year"}).find("  the run stops\n") != std::string::npos);
  Node const tree = chances_tree(additive);
  Node const& levels = *tree.items.at(0).find("levers")->items.at(1).find("chances");
  CHECK(levels.items.at(1).find("chance")->form == Node::Form::null);
  Chances const linear =
      chances("{led: {rule: linear, baseline: 0.1, mechanisms: {peers: {exposure: {network: near}, strength: -0.5}}}}");
  CHECK(std::isnan(lever(linear, "peers").chances[2].chance));
  Chances const logit =
      chances("{led: {baseline: -3, mechanisms: {peers: {exposure: {network: near}, strength: -90}}}}");
  CHECK(lever(logit, "peers").chances[1].chance == doctest::Approx(flat::exp(-48.0)));
  CHECK(std::isnan(lever(logit, "peers").chances[2].chance));
}

TEST_CASE("news of what is learned may be bad, which no additive hazard takes") {
  std::string const policy =
      ", merit: {mean: -1.5}, mechanisms: {lessons: {learning: {network: near, observation_sd: 2, prior: {mean: 0, "
      "precision: 1}}, strength: 6}}}}";
  Chances const additive = chances("{led: {rule: additive, baseline: -3" + policy);
  CHECK(chance_words(lever(additive, "lessons").chances.back().chance) == "the run stops");
  REQUIRE(additive.warnings.size() == 1);
  CHECK(additive.warnings[0].problem == "what mechanism 'lessons' adds to the hazard of policy 'led' can fall to -9");
  Chances const logit = chances("{led: {baseline: -3" + policy);
  CHECK(lever(logit, "lessons").chances.at(2).when == "a belief one worse than the prior");
  CHECK(lever(logit, "lessons").chances.at(2).chance == doctest::Approx(logistic(-9)));
}

TEST_CASE("chances in words") {
  CHECK(chance_words(std::nan("")) == "the run stops");
  CHECK(chance_words(0.0015) == "0.15 %");
  CHECK(chance_words(0.0032) == "0.32 %");
  CHECK(chance_words(0.007) == "0.7 %");
  CHECK(chance_words(0.256) == "26 %");
  CHECK(chance_words(0) == "0 %");
  CHECK(chance_words(-0.0) == "0 %");
  CHECK(chance_words(1) == "100 %");
  CHECK(chance_words(0.99999) == "99.99 %");
  CHECK(chance_words(1e-9) == "1e-07 %");
}

TEST_CASE("a table, and the same as a tree") {
  Chances const all = chances("{led: {baseline: {chance: 0.01}, mechanisms: {peers: {exposure: {network: near}}}}}");
  CHECK(chances_words(all, {2000, 2009, "year"}) ==
        "Policy led: the chance that a city adopts in a year\n"
        "  nothing presses                             1 %\n"
        "  peers (exposure)  none of those observed    1 %\n"
        "                    half of those observed  1.6 %\n"
        "                    all of those observed   2.7 %\n");
  Node const tree = chances_tree(all);
  CHECK(tree.items.at(0).find("levers")->items.at(1).find("kind")->text == "exposure");
  CHECK(tree.items.at(0).find("levers")->items.at(1).find("chances")->items.size() == 3);
}

TEST_CASE("numbers that are set have chances of their own, from their date on") {
  std::string const led =
      "{led: {baseline: -5, mechanisms: {peers: {exposure: {network: near, shape: {power: 1}}, strength: 2}}}}";
  Chances const all = chances(led,
                              "interventions: [{at: 2003, until: 2004, set: {policies.led.baseline: -4}},\n"
                              "{at: 2007, set: {policies.led.mechanisms.peers.exposure.shape.power: 2}}]\n");
  CHECK(lever(all, "nothing presses").chances[0].chance == doctest::Approx(logistic(-5)));
  CHECK(lever(all, "peers").chances.at(1).chance == doctest::Approx(logistic(-4)));
  auto const& later = all.policies.at(0).later;
  REQUIRE(later.size() == 2);  // from 2005 on all is as at first
  CHECK(later[0].from == 2003);
  CHECK(later[0].levers.at(0).chances.at(0).chance == doctest::Approx(logistic(-4)));
  CHECK(later[1].from == 2007);
  CHECK(later[1].levers.at(1).chances.at(1).chance == doctest::Approx(logistic(-4.5)));  // 2 * 0.5^2
  CHECK(chances_words(all, {2000, 2009, "year"}).find("Policy led from 2003 on: the chance that a city adopts") !=
        std::string::npos);
  CHECK(chances_tree(all).items.at(0).find("later")->items.at(1).find("from")->text == "2007");
  Chances const far = chances(led, "interventions: [{at: 2003, set: {policies.led.mechanisms.peers.strength: 90}}]\n");
  REQUIRE(far.warnings.size() == 2);
  CHECK(far.warnings[0].problem.find("'peers' of policy 'led' alone makes adoption certain") != std::string::npos);
  CHECK(far.warnings[1].problem == "the linear predictor of policy 'led' can reach 85");
}

TEST_CASE("pushes and campaigns that can stop a run are warned of") {
  std::string const led = "{led: {baseline: -5, mechanisms: {peers: {exposure: {network: near}, strength: 4}}}}";
  CHECK(chances(led).warnings.empty());
  Chances const pushed = chances(led, "interventions: [{at: 2003, push: {policy: led, strength: 90}}]\n");
  REQUIRE(pushed.warnings.size() == 1);
  CHECK(pushed.warnings[0].problem == "the linear predictor of policy 'led' can reach 89");
  CHECK(chances(led, "interventions: [{at: 2003, push: {policy: led, strength: -80}}]\n").warnings.size() == 1);
  Chances const campaign =
      chances(led, "interventions: [{at: 2003, campaign: {policy: led, mechanism: peers, factor: 25}}]\n");
  REQUIRE(campaign.warnings.size() == 1);
  CHECK(campaign.warnings[0].problem == "the linear predictor of policy 'led' can reach 95");
  CHECK(chances("{led: {rule: linear, baseline: 0.01}}",
                "interventions: [{at: 2003, push: {policy: led, strength: -0.02}}]\n")
            .warnings.at(0)
            .problem == "the probability of policy 'led' can fall to -0.01");
}
