/// Tests of scenario/read_fit: what a section `fit` becomes, and what is said of its mistakes.
#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

/// Two policies, one network of which the shape can be profiled.
constexpr std::string_view two_policies =
    "{led: {rule: cloglog, baseline: -5, mechanisms: {peers: {exposure: {pool: all, lag: 1, cost: 2, shape: {power: "
    "3}}}, cheap: {scale: "
    "{progress_ratio: 0.8}, strength: 2}}}, solar: {baseline: -4, mechanisms: {others: {exposure: {pool: all}}, peers: "
    "{exposure: {pool: all, cost: 1}}}}}";

FitSpec fit(std::string const& keys) {
  Checked const checked = check_with("fit: {" + keys + "},", two_policies);
  CHECK(lines(checked.errors) == "");
  REQUIRE(checked.scenario.fit);
  return *checked.scenario.fit;
}

/// Complaints about a section with these keys, from column 8 of line 1.
std::string told(std::string const& keys, std::string_view policies = two_policies) {
  return lines(check_with("fit: {" + keys + "},", policies).errors);
}

std::vector<std::string> names(std::vector<Reference> const& references) {
  std::vector<std::string> names;
  for (Reference const& each : references) names.push_back(each.name);
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("an empty section has the defaults, and without one there is none") {
  FitSpec const spec = fit("");
  CHECK_FALSE(spec.from);
  CHECK_FALSE(spec.until);
  CHECK(spec.policies.empty());
  CHECK_FALSE(spec.pooled);
  CHECK_FALSE(spec.link);
  CHECK(spec.information == Information::expected);
  CHECK(spec.clusters == std::vector{ErrorCluster::city});
  CHECK(spec.fixed_effects.empty());
  CHECK(spec.intervals == Intervals::wald);
  CHECK(spec.penalty == Penalty::none);
  CHECK(spec.imputations == 0);
  CHECK(spec.profile.empty());
  CHECK(spec.hypotheses.empty());
  CHECK_FALSE(spec.cross_validation);
  CHECK(spec.where == Place{"s.yaml", 1, 2});
  CHECK_FALSE(check_with("").scenario.fit);
}

TEST_CASE("every key is read") {
  FitSpec const spec = fit(
      "from: 2001, until: 2010, policies: [solar, led], pooled: true, link: probit, information: observed, cluster: "
      "[country, period], fixed_effects: [period, country], intervals: profile, penalty: firth, imputations: 20, "
      "profile: [policies.led.mechanisms.peers.exposure.cost, policies.led.mechanisms.cheap.scale.progress_ratio], "
      "hypotheses: {none: [], all: [peers, cheap, others], costs: [cheap]}, cross_validation: {leave: cities, folds: "
      "7}");
  CHECK(spec.from == 2001);
  CHECK(spec.until == 2010);
  CHECK(names(spec.policies) == Names{"solar", "led"});
  CHECK(spec.pooled);
  CHECK(spec.link == FitLink::probit);
  CHECK(spec.information == Information::observed);
  CHECK(spec.clusters == std::vector{ErrorCluster::country, ErrorCluster::period});
  CHECK(spec.fixed_effects == std::vector{FixedEffect::period, FixedEffect::country});
  CHECK(spec.intervals == Intervals::profile);
  CHECK(spec.penalty == Penalty::firth);
  CHECK(spec.imputations == 20);
  CHECK(names(spec.profile) ==
        Names{"policies.led.mechanisms.peers.exposure.cost", "policies.led.mechanisms.cheap.scale.progress_ratio"});
  REQUIRE(spec.hypotheses.size() == 3);
  CHECK(spec.hypotheses[0].name == "all");
  CHECK(names(spec.hypotheses[0].mechanisms) == Names{"peers", "cheap", "others"});
  CHECK(spec.hypotheses[1].name == "costs");
  CHECK(spec.hypotheses[2].name == "none");
  CHECK(spec.hypotheses[2].mechanisms.empty());
  REQUIRE(spec.cross_validation);
  CHECK(spec.cross_validation->leave == LeaveOut::cities);
  CHECK(spec.cross_validation->folds == 7);
}

TEST_CASE("words stand alone or in a list") {
  CHECK(fit("cluster: none").clusters.empty());
  CHECK(fit("cluster: country").clusters == std::vector{ErrorCluster::country});
  CHECK(fit("cluster: [period, city]").clusters == std::vector{ErrorCluster::period, ErrorCluster::city});
  CHECK(fit("fixed_effects: none").fixed_effects.empty());
  CHECK(fit("fixed_effects: period").fixed_effects == std::vector{FixedEffect::period});
  CHECK(fit("cross_validation: {leave: years}").cross_validation->folds == 5);
  CHECK(told("cluster: []") == "s.yaml:1:17: 'cluster' is empty, 'none' was expected");
  CHECK(told("cluster: town") == "s.yaml:1:17: 'cluster' is 'town', one of none, city, country, period was expected");
  CHECK(told("cluster: [citty]") ==
        "s.yaml:1:18: item 1 of 'cluster' is 'citty', one of city, country, period was expected; did you mean 'city'?");
  CHECK(told("cluster: [none, city]").starts_with("s.yaml:1:18: item 1 of 'cluster' is 'none'"));
  CHECK(told("cluster: [city, city]").starts_with("s.yaml:1:24: 'city' is given twice"));
  CHECK(told("cluster: [city, country, period]") == "s.yaml:1:17: 'cluster' has 3 words, at most two were expected");
  CHECK(told("fixed_effects: {a: b}").starts_with("s.yaml:1:23: 'fixed_effects' is a map"));
  CHECK(told("fixed_effects: city").starts_with("s.yaml:1:23: 'fixed_effects' is 'city'"));
}

TEST_CASE("steps lie within the clock, in order") {
  CHECK(told("from: 1999") == "s.yaml:1:14: 'from' is 1999, a step from 2000 to 2010 was expected");
  CHECK(told("until: 2011") == "s.yaml:1:15: 'until' is 2011, a step from 2000 to 2010 was expected");
  CHECK(told("from: 2005, until: 2004") ==
        "s.yaml:1:27: decisions are scored from 2005 until 2004, the last step was expected not to be before the "
        "first");
  CHECK(fit("from: 2010, until: 2010").from == 2010);
}

TEST_CASE("nothing is held against a clock that was not understood") {
  auto const told_of = [](std::string const& time) {
    return lines(
        check("{hansa: 1, cities: {file: c.csv}, fit: {from: 2008, until: 2018},\npolicies: {p: {baseline: -5, "
              "trend: {periods: {2009: 1}}, adopters: {file: a.csv, until: 2007}}},\n" +
              time + "}")
            .errors);
  };
  CHECK(told_of("time: {start: 1998, end: 2024}") == "");
  CHECK(told_of("time: 1998-2024") == "s.yaml:3:7: 'time' is '1998-2024', a map was expected");
  CHECK(told_of("tiem: {start: 1998, end: 2024}").starts_with("s.yaml:3:1: unknown key 'tiem'"));
  for (std::string const wrong : {"start: \"1998\", end: 2024", "start: 1998, end: now", "start: 2024, end: 1998"}) {
    CAPTURE(wrong);
    std::string const all = told_of("time: {" + wrong + "}");
    CHECK(all.starts_with("s.yaml:3:"));
    CHECK(all.find('\n') == std::string::npos);
  }
}

TEST_CASE("names are no mistakes where what defines them was not understood") {
  auto const told_of = [](std::string const& policies) {
    return lines(
        check("{hansa: 1, cities: {file: c.csv}, time: {start: 2000, end: 2010}, fit: {policies: [led, solar], "
              "pooled: true, policy_effects: random, cross_validation: {leave: policies}, "
              "profile: [policies.led.mechanisms.peers.exposure.cost], hypotheses: {h: [peers]}},\n" +
              policies + "}")
            .errors);
  };
  std::string const mechanisms = "{peers: {exposure: {pool: all, cost: 2}}}";
  std::string const led = "led: {baseline: -4, mechanisms: " + mechanisms + "}";
  CHECK(told_of("policies: {" + led + ", solar: {baseline: -3}}") == "");
  CHECK(told_of("policys: {" + led + "}").starts_with("s.yaml:2:1: unknown key 'policys', one of "));
  for (std::string const& wrong :
       {"policys: {" + led + "}", std::string("policies: 3"), std::string("policies: "), std::string("sources: {}")}) {
    CAPTURE(wrong);
    std::string const all = told_of(wrong);
    CHECK(all.find("olic") != std::string::npos);
    CHECK(all.find('\n') == std::string::npos);
  }
  std::string const misspelt =
      told_of("policies: {led: {baseline: -4, mechanism: " + mechanisms + "}, solar: {baseline: -3, mechanisms: {}}}");
  CHECK(misspelt.find("unknown key 'mechanism'") != std::string::npos);
  CHECK(misspelt.find('\n') == std::string::npos);
}

TEST_CASE("policies and mechanisms are those of the scenario") {
  CHECK(told("policies: [leds]") ==
        "s.yaml:1:19: unknown policy 'leds', one of led, solar was expected; did you mean 'led'?");
  CHECK(told("policies: []") == "s.yaml:1:18: 'policies' is empty, at least one policy was expected");
  CHECK(told("hypotheses: {h: [peer]}") ==
        "s.yaml:1:25: unknown mechanism 'peer', one of cheap, others, peers was expected; did you mean 'peers'?");
  CHECK(told("policies: [led], hypotheses: {h: [others]}") ==
        "s.yaml:1:42: unknown mechanism 'others', one of cheap, peers was expected");
  CHECK(told("hypotheses: {a b: []}").starts_with("s.yaml:1:21: 'a b' is not a name"));
  CHECK(told("hypotheses: {}") == "s.yaml:1:8: 'hypotheses' is empty, at least one was expected");
  CHECK(told("hypotheses: {h: peers}") == "s.yaml:1:24: 'h' is 'peers', a list of texts was expected");
}

TEST_CASE("what is profiled is a number that is there and not estimated anyway") {
  CHECK(told("profile: [policies.led.mechanisms.peers.exposure.lagg]") ==
        "s.yaml:1:18: the path 'policies.led.mechanisms.peers.exposure.lagg' leads to 'lagg', which is not there, a "
        "number that is written in this scenario was expected; did you mean 'lag'?");
  CHECK(told("profile: [policies.led.mechanisms.peers.exposure.pool]")
            .starts_with("s.yaml:1:18: the path 'policies.led.mechanisms.peers.exposure.pool' leads to no number"));
  CHECK(told("profile: [policies.led.mechanisms.cheap.strength]")
            .starts_with("s.yaml:1:18: 'policies.led.mechanisms.cheap.strength' is estimated anyway"));
  CHECK(told("profile: [policies.led.baseline]").find("is estimated anyway") != std::string::npos);
  CHECK(told("profile: [hansa]").starts_with("s.yaml:1:18: the path 'hansa' leads to no number of a policy"));
  CHECK(told("profile: [policies..led]").find("has an empty key") != std::string::npos);
  CHECK(told("profile: []") == "s.yaml:1:17: 'profile' is empty, at least one path was expected");
  CHECK(told("profile: [policies.led.mechanisms.peers.exposure.shape.power]") == "");
  CHECK(told("profile: [policies.led.mechanisms.peers.exposure.lag]")
            .starts_with("s.yaml:1:18: 'policies.led.mechanisms.peers.exposure.lag' is a whole number"));
}

TEST_CASE("what is profiled is of a policy that is fitted, and once where policies are pooled") {
  constexpr std::string_view led = "policies.led.mechanisms.peers.exposure.cost";
  CHECK(told("policies: [solar], profile: [" + std::string(led) + "]") ==
        "s.yaml:1:37: 'policies.led.mechanisms.peers.exposure.cost' is of a policy that is not fitted, name 'led' in "
        "'policies' of 'fit', or leave the path out");
  std::string const both = "profile: [" + std::string(led) + ", policies.solar.mechanisms.peers.exposure.cost]";
  CHECK(told(both) == "");
  CHECK(told("pooled: true, link: logit, " + both).find("are one number in a pooled fit, leave one of them out") !=
        std::string::npos);
  constexpr std::string_view nothing = "{p: {baseline: -5, mechanisms: {m: {exposure: {pool: all, cost: 0}}}}}";
  CHECK(told("profile: [policies.p.mechanisms.m.exposure.cost]", nothing) ==
        "s.yaml:1:18: 'policies.p.mechanisms.m.exposure.cost' is 0, from where no factor leads away, a number above 0, "
        "where the search begins, was expected");
}

TEST_CASE("of networks distances are profiled, where a fitted policy observes along them") {
  auto const of = [](std::string const& network, std::string const& mechanism, std::string const& path) {
    return lines(check_with("fit: {profile: [" + path + "]}, networks: {n: {" + network + "}},",
                            "{p: {baseline: -5, mechanisms: {m: {exposure: {" + mechanism + "}}}}}")
                     .errors);
  };
  CHECK(of("within: {km: 30}", "network: n", "networks.n.within.km") == "");
  CHECK(of("nearest: {k: 3}, weight: {decay_km: 30}", "network: n", "networks.n.weight.decay_km") == "");
  CHECK(of("nearest: {k: 3}", "network: n", "networks.n.nearest.k").find("leads to no distance of a network") !=
        std::string::npos);
  CHECK(of("within: {km: 30}", "pool: all", "networks.n.within.km")
            .find("no mechanism of a fitted policy observes along network 'n'") != std::string::npos);
}

TEST_CASE("rules that no regression scores are told") {
  constexpr std::string_view others =
      "{a: {rule: linear, baseline: 0.1}, b: {rule: cascade, mechanisms: {}}, c: {rule: threshold, threshold: 1}}";
  CHECK(told("policies: [a]", others) ==
        "s.yaml:1:19: policy 'a' has rule linear, and 'fit' no 'link', one of logit, cloglog, probit, additive was "
        "expected");
  CHECK(told("policies: [a], link: logit", others) == "");
  CHECK(told("policies: [b], link: logit", others).starts_with("s.yaml:1:19: policy 'b' has rule cascade"));
  CHECK(told("policies: [c]", others).starts_with("s.yaml:1:19: policy 'c' has rule threshold"));
  CHECK(told("link: logit", others).starts_with("s.yaml:1:2: policy 'b' has rule cascade"));
}

TEST_CASE("what is pooled or left out goes together") {
  CHECK(told("pooled: true") ==
        "s.yaml:1:2: policies 'led' and 'solar' have different rules, 'link', or the same rule, was expected of "
        "policies that are pooled");
  CHECK(told("pooled: true, link: cloglog") == "");
  CHECK(told("pooled: true, policies: [led]") == "");
  CHECK(told("policies: [led], cross_validation: {leave: policies}")
            .starts_with("s.yaml:1:51: 'leave: policies' leaves nothing of one policy"));
  CHECK(told("cross_validation: {folds: 1}") ==
        "s.yaml:1:8: 'leave' is missing in 'cross_validation', one of policies, cities, years was expected\n"
        "s.yaml:1:34: 'folds' is '1', a whole number from 2 to 1000000 was expected");
}

TEST_CASE("all mistakes are told at once, unknown keys among them") {
  CHECK(told("form: 2001, nulls: {}, link: logitt, penalty: fith, imputations: -1, pooled: yes, information: true") ==
        "s.yaml:1:8: unknown key 'form', one of from, until, policies, pooled, policy_effects, link, information, "
        "cluster, … was expected; did you mean 'from'?\n"
        "s.yaml:1:20: 'nulls' asks for nothing, 'permutations' or 'rewirings' was expected\n"
        "s.yaml:1:37: 'link' is 'logitt', one of logit, cloglog, probit, additive was expected; did you mean 'logit'?\n"
        "s.yaml:1:54: 'penalty' is 'fith', one of none, firth was expected; did you mean 'firth'?\n"
        "s.yaml:1:73: 'imputations' is '-1', a whole number from 0 to 1000 was expected\n"
        "s.yaml:1:85: 'pooled' is 'yes', true or false was expected\n"
        "s.yaml:1:103: 'information' is 'true', one of expected, observed was expected");
  CHECK(lines(check_with("fit: [a],").errors) == "s.yaml:1:7: 'fit' is a list, a map was expected");
}

TEST_CASE("tests against drawn networks, and the goodness of a fit, are asked for by numbers") {
  FitSpec const spec = fit("nulls: {permutations: 99, within: region, rewirings: 19}, goodness: 200");
  REQUIRE(spec.nulls);
  CHECK(spec.nulls->permutations == 99);
  CHECK(spec.nulls->rewirings == 19);
  REQUIRE(spec.nulls->within);
  CHECK(spec.nulls->within->name == "region");
  CHECK(spec.goodness == 200);
  CHECK_FALSE(fit("").nulls);
  CHECK(fit("").goodness == 0);
  CHECK(told("nulls: {within: region, rewirings: 19}") ==
        "s.yaml:1:24: 'within' is of permutations, and there are none, 'permutations' was expected beside it");
  CHECK(told("nulls: {permutations: -1}").find("'permutations' is '-1', a whole number") != std::string::npos);
  CHECK(told("goodness: many").starts_with("s.yaml:1:18: 'goodness' is 'many', a whole number"));
}
