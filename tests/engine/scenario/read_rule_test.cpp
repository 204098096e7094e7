/// Tests of scenario/read_rule.
#include "base/flat_math.hpp"
#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

PolicySpec good_rule(std::string const& keys) {
  Checked const checked = check_with("networks: {sister: {file: t.csv}},", "{p: {" + keys + "}}");
  CHECK(lines(checked.errors) == "");
  return checked.scenario.policies.at(0);
}

double baseline(std::string const& keys) {
  return good_rule(keys).baseline.value();
}

/// The one complaint about a mechanism of a policy of this rule, from column 7 of line 3.
std::string of_mechanism(std::string const& rule, std::string const& keys) {
  return policy_complaint("rule: " + rule + ", mechanisms: {m:\n{" + keys + "}}");
}

}  // namespace

TEST_CASE("the baseline may be a chance") {
  CHECK(baseline("baseline: -6.5") == -6.5);
  CHECK(baseline("baseline: {chance: 0.5}") == 0);
  CHECK(baseline("baseline: {chance: 0.0015}") == doctest::Approx(-6.500789).epsilon(1e-6));
  for (std::string const rule : {"cloglog", "additive"}) {  // of both e^baseline is the hazard
    double const eta = baseline("rule: " + rule + ", baseline: {chance: 0.0015}");
    CHECK(-flat::expm1(-flat::exp(eta)) == doctest::Approx(0.0015).epsilon(1e-12));
  }
  CHECK(baseline("rule: linear, baseline: {chance: 0.0015}") == 0.0015);
  CHECK(baseline("rule: linear, baseline: 0.02") == 0.02);
  CHECK(policy_complaint("baseline: {chance: 1}")
            .starts_with("s.yaml:2:25: 'chance' is '1', a number above 0 and below 1"));
  CHECK(policy_complaint("baseline: {chance: 0}")
            .starts_with("s.yaml:2:25: 'chance' is '0', a number above 0 and below 1"));
  CHECK(policy_complaint("baseline: [1]") == "s.yaml:2:16: 'baseline' is a list, a number or {chance: p} was expected");
}

TEST_CASE("every rule has its name") {
  CHECK(good_rule("baseline: 0").rule == Rule::logit);
  CHECK(good_rule("rule: logit, baseline: 0").rule == Rule::logit);
  CHECK(good_rule("rule: cloglog, baseline: 0").rule == Rule::cloglog);
  CHECK(good_rule("rule: additive").rule == Rule::additive);
  CHECK(good_rule("rule: linear, baseline: 0").rule == Rule::linear);
  CHECK(good_rule("rule: cascade").rule == Rule::cascade);
  CHECK(good_rule("rule: threshold, threshold: 1").rule == Rule::threshold);
  CHECK(policy_complaint("rule: logitt") ==
        "s.yaml:2:12: 'rule' is 'logitt', one of logit, cloglog, additive, linear, cascade, threshold was expected; "
        "did you mean 'logit'?");
}

TEST_CASE("which rule needs a baseline, and which takes none") {
  CHECK_FALSE(good_rule("rule: threshold, threshold: 0.3").baseline);
  CHECK_FALSE(good_rule("rule: cascade").baseline);
  CHECK_FALSE(good_rule("rule: additive").baseline);
  CHECK(baseline("rule: additive, baseline: -4, attributes: {size: 1}, trend: {linear: 1}, frailty: {city: 1}") == -4);
  for (std::string const rule : {"logit", "cloglog", "linear"}) {
    CHECK(policy_complaint("rule: " + rule) ==
          "s.yaml:2:2: 'baseline' is missing in 'p', rule " + rule + " needs a number or {chance: p}");
  }
  CHECK(policy_complaint("rule: threshold, threshold: 1, baseline: 3") ==
        "s.yaml:2:37: 'baseline' cannot stand beside rule threshold, pressure is compared with thresholds alone");
}

TEST_CASE("without a baseline an additive hazard has nothing that attributes could multiply") {
  CHECK(policy_complaint("rule: additive, attributes: {size: 1}") ==
        "s.yaml:2:22: 'attributes' has nothing to act on without 'baseline', rule additive multiplies the hazard "
        "exp(baseline) by it");
  CHECK(policy_complaint("rule: additive, trend: {linear: 1}").starts_with("s.yaml:2:22: 'trend' has nothing"));
  CHECK(policy_complaint("rule: additive, frailty: {city: 1}").starts_with("s.yaml:2:22: 'frailty' has nothing"));
}

TEST_CASE("a cascade is nothing but ties") {
  PolicySpec const spec = good_rule("rule: cascade, mechanisms: {m: {exposure: {network: sister}, strength: 0.3}}");
  CHECK(spec.mechanisms.at(0).strength == 0.3);
  constexpr char const* because =
      " cannot stand beside rule cascade, each tie of a new adopter gives one chance, and nothing else presses";
  CHECK(policy_complaint("rule: cascade, baseline: 1") == std::string("s.yaml:2:21: 'baseline'") + because);
  CHECK(policy_complaint("rule: cascade, attributes: {a: 1}") == std::string("s.yaml:2:21: 'attributes'") + because);
  CHECK(policy_complaint("rule: cascade, trend: {linear: 1}") == std::string("s.yaml:2:21: 'trend'") + because);
  CHECK(policy_complaint("rule: cascade, frailty: {city: 1}") == std::string("s.yaml:2:21: 'frailty'") + because);
  CHECK(of_mechanism("cascade", "scale: {progress_ratio: 0.9}") ==
        "s.yaml:3:2: 'scale' cannot stand beside rule cascade, exposure on a network was expected");
  for (std::string const key : {"pool: all", "normalize: weight", "shape: log1p"}) {
    CHECK(of_mechanism("cascade", "exposure: {" + key + "}") ==
          "s.yaml:3:13: '" + key.substr(0, key.find(':')) +
              "' cannot stand beside rule cascade, a tie of weight w is one chance of min(1, strength w)");
  }
  for (std::string const strength : {"0", "1.01", "-0.5"}) {
    CHECK(of_mechanism("cascade", "exposure: {network: sister}, strength: " + strength) ==
          "s.yaml:3:41: 'strength' is '" + strength +
              "', under rule cascade the chance of a tie of weight 1, a number above 0 and at most 1, was expected");
  }
}

TEST_CASE("mechanisms that the rule cannot take are told, and dropped") {
  auto const kept = [](std::string const& policy) {
    return check_with("networks: {sister: {file: t.csv}},", "{p: {" + policy + "}}").scenario.policies.at(0).mechanisms;
  };
  CHECK(kept("rule: cascade, mechanisms: {m: {scale: {progress_ratio: 0.9}}, n: {exposure: {pool: all}}}").empty());
  std::vector<MechanismSpec> const one = kept(
      "rule: cascade, mechanisms: {m: {exposure: {network: sister}, strength: 2}, n: {exposure: {network: sister}}}");
  REQUIRE(one.size() == 1);
  CHECK(one[0].name == "n");
  CHECK(kept("rule: additive, mechanisms: {m: {exposure: {network: sister}, strength: -1}}").empty());
}

TEST_CASE("additive hazards are not taken away") {
  CHECK(of_mechanism("additive", "exposure: {network: sister}, strength: -0.5") ==
        "s.yaml:3:41: 'strength' is '-0.5', under rule additive, which adds hazards, a number of at least 0 was "
        "expected");
  CHECK(good_rule("rule: additive, mechanisms: {m: {exposure: {network: sister}, strength: 0}}").mechanisms.size() ==
        1);
}

TEST_CASE("thresholds and entry go only with rule threshold") {
  CHECK(good_rule("rule: threshold, threshold: 0.3, entry: burst").threshold.a == 0.3);
  CHECK(good_rule("rule: threshold, threshold: {uniform: [0, 1]}").entry == EntryLaw::burst);
  CHECK(good_rule("rule: threshold, threshold: {uniform: [0, 1]}, entry: settled").entry == EntryLaw::settled);
  CHECK(good_rule("rule: threshold, threshold: {normal: [0, 1]}, entry: settled").entry == EntryLaw::settled);
  CHECK(policy_complaint("baseline: 3, threshold: 1") == "s.yaml:2:19: 'threshold' goes only with rule threshold");
  CHECK(policy_complaint("baseline: 3, entry: burst") == "s.yaml:2:19: 'entry' goes only with rule threshold");
  for (std::string const law : {"1", "{attribute: a}"}) {
    CHECK(policy_complaint("entry: settled, rule: threshold, threshold: " + law) ==
          "s.yaml:2:6: 'entry: settled' needs thresholds that are drawn, {uniform: [a, b]} or {normal: [mean, sd]} was "
          "expected under 'threshold'");
  }
  CHECK(policy_complaint("rule: threshold") ==
        "s.yaml:2:2: 'threshold' is missing in 'p', rule threshold needs a number, {uniform: [a, b]}, {normal: "
        "[mean, sd]} or {attribute: NAME}");
}

TEST_CASE("laws of thresholds") {
  ThresholdLaw const uniform = good_rule("rule: threshold, threshold: {uniform: [0, 1]}").threshold;
  CHECK(uniform.form == ThresholdLaw::Form::uniform);
  CHECK(uniform.b == 1);
  ThresholdLaw const normal = good_rule("rule: threshold, threshold: {normal: [0.25, 0.1]}").threshold;
  CHECK(normal.form == ThresholdLaw::Form::normal);
  CHECK(normal.a == 0.25);
  ThresholdLaw const own = good_rule("rule: threshold, threshold: {attribute: r}").threshold;
  CHECK(own.form == ThresholdLaw::Form::attribute);
  CHECK(own.attribute.name == "r");
  CHECK(policy_complaint("rule: threshold, threshold: {uniform: [1, 0]}") ==
        "s.yaml:2:44: 'uniform' is [1, 0], [a, b] with a below b was expected");
  CHECK(policy_complaint("rule: threshold, threshold: {normal: [1]}") ==
        "s.yaml:2:43: 'normal' is [1], [mean, sd] with a standard deviation above 0 was expected");
  CHECK(policy_complaint("rule: threshold, threshold: high") ==
        "s.yaml:2:34: 'threshold' is 'high', a number was expected");
}

TEST_CASE("standard deviations of frailty") {
  FrailtySpec const some = good_rule("baseline: 0, frailty: {city: 0.5, period: 0.1}").frailty;
  CHECK(some.city == 0.5);
  CHECK(some.city_policy == 0);
  CHECK(some.country == 0);
  CHECK(some.period == 0.1);
  CHECK(some.where.column > 1);
  FrailtySpec const rest = good_rule("baseline: 0, frailty: {city_policy: 0.2, country: 0.3}").frailty;
  CHECK(rest.city_policy == 0.2);
  CHECK(rest.country == 0.3);
  CHECK(good_rule("baseline: 0").frailty.city == 0);
  CHECK(policy_complaint("baseline: 0, frailty: {city: -1}") ==
        "s.yaml:2:35: 'city' is '-1', a number of at least 0 was expected");
  CHECK(policy_complaint("baseline: 0, frailty: {town: 1}") ==
        "s.yaml:2:29: unknown key 'town', one of city, city_policy, country, period was expected");
}
