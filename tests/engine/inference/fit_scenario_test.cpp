/// Fits of whole scenarios.
#include "inference/fit_scenario.hpp"

#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "five_cities.hpp"
#include "inference/hypotheses.hpp"
#include "support/says.hpp"

namespace hansa {

namespace {

using hansa::test::says;

/// What is wrong with a scenario that is to be fitted.
std::string complaints_of(std::string const& yaml, std::vector<std::string> const& settings = {}) {
  try {
    (void)test::pose(test::five_texts("city,year\nb,1995\nd,2001\n", yaml), settings);
  } catch (Error const& error) {
    return error.what();
  }
  return "";
}

std::string one_policy(std::string const& lines, std::string const& above = "") {
  return "hansa: 1\ntime: {start: 2000, end: 2005}\ncities: {file: cities.csv}\n"
         "networks: {sister: {file: ties.csv, directed: true}}\n" +
         above + "policies:\n  led:\n" + lines;
}

/// 400 cities in two classes, of which known numbers adopt in known years.
test::Texts classes() {
  test::Texts texts;
  texts.yaml =
      "hansa: 1\ntime: {start: 2000, end: 2001}\ncities: {file: cities.csv}\npolicies:\n  led:\n    rule: logit\n"
      "    baseline: -2\n    attributes: {rich: 0}\n    adopters: {file: led.csv}\n";
  std::string cities = "id,rich,country\n", led = "city,year\n";
  for (int i = 0; i < 400; ++i) {
    cities += fmt::format("c{:03},{},{}\n", i, i < 200 ? 1 : 0, i % 2 == 0 ? "X" : "Y");
    if (i < 40) led += fmt::format("c{:03},2000\n", i);
    if (i >= 200 && i < 210) led += fmt::format("c{:03},2001\n", i);
  }
  texts.files = {{"cities.csv", cities}, {"led.csv", led}};
  return texts;
}

}  // namespace

TEST_CASE("two classes have the estimates of their odds") {
  test::Posed const posed = test::pose(classes());
  FittedPolicies const fitted = fit_policies(posed.fit, {PolicyId{0}});
  EventHistoryFit const& fit = fitted.report.fit;
  REQUIRE(fit.estimated());
  CHECK(fit.rows == 760);
  CHECK(fit.events == 50);
  double const poor = std::log(10. / 390), rich = std::log(40. / 320);
  CHECK(fit.coefficients[0] == doctest::Approx(poor).epsilon(1e-9));
  CHECK(fit.coefficients[1] == doctest::Approx(rich - poor).epsilon(1e-9));
  CHECK(fitted.report.subject.name == "led");
  CHECK(fitted.report.cities == 400);
}

TEST_CASE("marginal effects are of all that cities differ in, whatever it is called") {
  test::Texts texts = test::five_texts(
      "city,year\nb,1995\nd,2001\na,2003\n",
      one_policy("    baseline: -2\n    attributes: {trend_of_size: 0, country_side: {near: 0, far: 0}}\n"
                 "    trend: {periods: {2001: 0}}\n    adopters: {file: led.csv}\n    mechanisms:\n"
                 "      baseline_pull: {exposure: {network: sister}, strength_by: {trend_of_size: 0}}\n"
                 "      period_look: {log_adopters: {pool: all}}\n"));
  texts.files["cities.csv"] =
      "id,trend_of_size,country_side,country\na,1,near,X\nb,2,far,X\nc,3,far,Y\nd,4,none,Y\ne,5,none,\n";
  test::Posed const posed = test::pose(texts, {"fit.fixed_effects=[country]"});
  ObservedDesign const observed = design_of(posed.fit, {PolicyId{0}});
  FitSubject const subject = subject_of(posed.fit, {PolicyId{0}}, observed);
  std::vector<std::string> told, excluding;
  for (std::size_t const c : subject.effects) told.push_back(observed.design.names[c]);
  CHECK(told == std::vector<std::string>{"country_side_far", "country_side_near", "trend_of_size", "baseline_pull",
                                         "baseline_pull_by_trend_of_size", "period_look"});
  REQUIRE(subject.alternatives.size() == 1);
  for (std::size_t const c : subject.alternatives[0]) excluding.push_back(observed.design.names[c]);
  CHECK(excluding == std::vector<std::string>{"country_side_far", "country_side_near"});
}

TEST_CASE("intervals that the scored decisions divide are told") {
  auto const notes = [](std::string const& led, std::vector<std::string> const& settings) {
    test::Posed const posed = test::pose(test::five_texts("city,year,after\nb,1995,\n" + led), settings);
    std::string told;
    for (std::string const& each : subject_of(posed.fit, {PolicyId{0}}, design_of(posed.fit, {PolicyId{0}})).notes)
      told += each + "\n";
    return told;
  };
  CHECK(says(notes("d,2005,1999\n", {"fit.from=2002"}), "1 of these may have happened before the first scored"));
  CHECK(says(notes("d,2003,1999\n", {"fit.from=2002"}), "1 adoption may have happened in a scored step, but has its"));
  CHECK(says(notes("d,2015,2001\n", {}), "1 adoption is censored at the beginning of its interval"));
  CHECK_FALSE(says(notes("d,2005,2002\n", {}), "before the first"));
}

TEST_CASE("another link, a penalty, clusters and a city's frailty are asked for in the scenario") {
  test::Posed const posed = test::pose(classes(), {"fit.link=probit", "fit.penalty=firth", "fit.information=observed",
                                                   "fit.cluster=[city, period]", "policies.led.frailty.city=1"});
  EventHistoryOptions const options = options_of(posed.fit, {PolicyId{0}});
  CHECK(options.link == FitLink::probit);
  CHECK(options.penalty == Penalty::firth);
  CHECK(options.information == Information::observed);
  CHECK(options.clusters == std::vector<ErrorCluster>{ErrorCluster::city, ErrorCluster::period});
  CHECK(options.city_intercept);
}

TEST_CASE("hypotheses are ranked on the same rows") {
  test::Texts texts = classes();
  texts.yaml +=
      "    mechanisms:\n      others: {log_adopters: {pool: {same: country}}, strength: 0.1}\n"
      "      all: {log_adopters: {pool: all}, strength: 0.1}\n"
      "fit: {hypotheses: {none: [], country: [others], both: [others, all]}}\n";
  texts.files["led.csv"] += "c399,1999\n";
  test::Posed const posed = test::pose(texts);
  FittedPolicies const whole = fit_policies(posed.fit, {PolicyId{0}});
  Ranking const ranking = rank_hypotheses(posed.fit, whole);
  REQUIRE(ranking.fits.size() == 3);
  double weights = 0;
  for (Ranked const& each : ranking.fits) weights += each.weight;
  CHECK(weights == doctest::Approx(1));
  auto const none =
      std::find_if(ranking.fits.begin(), ranking.fits.end(), [](auto const& f) { return f.name == "none"; });
  REQUIRE(none != ranking.fits.end());
  CHECK(none->parameters == 2);
}

TEST_CASE("what cannot be fitted is refused, all at once, with what to do") {
  CHECK(
      says(complaints_of(one_policy("    baseline: -2\n    adopters: {random: 2}\n")), "no adoptions to be fitted to"));
  CHECK(says(complaints_of(one_policy("    rule: threshold\n    threshold: {normal: [1, 1]}\n"
                                      "    adopters: {file: led.csv}\n")),
             "has no likelihood"));
  CHECK(says(complaints_of(one_policy("    baseline: -2\n    adopters: {file: led.csv}\n    frailty: {country: 1}\n")),
             "only a city's frailty"));
  std::string const drawn =
      complaints_of(one_policy("    baseline: -2\n    adopters: {file: led.csv}\n", "")
                        .replace(one_policy("").find("networks: {"), 11,
                                 "networks: {chance: {erdos_renyi: {degree: 2}, redraw: replicate}, "));
  CHECK(says(drawn, "drawn anew in each replicate"));
  std::string const learning =
      "    baseline: -2\n    adopters: {file: led.csv}\n    mechanisms:\n"
      "      talk: {learning: {network: sister";
  CHECK(says(complaints_of(one_policy(learning + "}, strength: 1}\n")), "keeps what no data tell"));
  std::string const both =
      complaints_of(one_policy("    baseline: -2\n    adopters: {random: 2}\n    frailty: {period: 1}\n"));
  CHECK(says(both, "no adoptions"));
  CHECK(says(both, "only a city's frailty"));
}

TEST_CASE("learning from performance that data tell is fitted, whatever cities make of its spread") {
  auto const told = [](std::string const& merit, std::string const& learning) {
    return complaints_of(one_policy("    baseline: -2\n    adopters: {file: led.csv}\n    merit: {" + merit +
                                    "}\n    mechanisms:\n      talk: {learning: {network: sister" + learning +
                                    "}, strength: 1}\n"));
  };
  std::string const data = "performance: {attribute: size}";
  CHECK(told(data, ", noise: none") == "");
  CHECK(told(data + ", spread: 0.5", ", noise: none") == "");
  for (std::string const& refused :
       {told(data, ""), told(data, ", noise: none, prior: {spread: 1}"), told("spread: 0", ", noise: none")})
    CHECK(says(refused, "give performance as data (merit: {performance: …}) with noise: none and a prior spread of 0"));
}

TEST_CASE("learning that is fitted draws nothing") {
  auto const news = [](std::string const& spread, int seed) {
    test::Texts const texts = test::five_texts(
        "city,year\nb,1995\nd,2001\n",
        one_policy(
            "    baseline: -2\n    adopters: {file: led.csv}\n    merit: {performance: {attribute: size}, spread: " +
            spread + "}\n    mechanisms:\n      talk: {learning: {network: sister, noise: none}, strength: 1}\n"));
    test::Posed const posed = test::pose(texts, {fmt::format("seed={}", seed)});
    return test::column(design_of(posed.fit, {PolicyId{0}}).design, "talk");
  };
  std::vector<double> const once = news("0.5", 1);
  CHECK(*std::max_element(once.begin(), once.end()) > 0);
  CHECK(once == news("0.5", 2));
  CHECK(once != news("0", 1));
}

TEST_CASE("what a city has seen of its own is fitted too, from when it left on") {
  auto const news = [](std::string const& learning) {
    // e, of size 5, observes nobody.
    test::Texts const texts = test::five_texts(
        "city,year,left\nb,1995,\nd,2001,\ne,2001,2003\n",
        one_policy(
            "    baseline: -2\n    adopters: {file: led.csv}\n    merit: {performance: {attribute: size}, spread: "
            "0.5}\n    abandonment: {logit: {base: -2, own_belief: 1}}\n    mechanisms:\n      talk: {learning: "
            "{network: sister" +
            learning + "}, strength: 1}\n"));
    test::Posed const posed = test::pose(texts);
    return test::column(design_of(posed.fit, {PolicyId{0}}).design, "talk");
  };
  std::vector<double> const none = news(", noise: none"), own = news(", noise: none, own_precision: 2");
  REQUIRE(none.size() == own.size());
  int differ = 0;
  double const worth = 1 / (0.25 + 1 / (2 * 2.0));  // seen in 2001 and 2002
  for (std::size_t k = 0; k < none.size(); ++k) {
    if (none[k] == own[k]) continue;
    differ += 1;
    CHECK(none[k] == 0);
    CHECK(own[k] == doctest::Approx(worth * 5 / (1 + worth)).epsilon(1e-6));
  }
  CHECK(differ == 2);  // 2004 and 2005
  std::vector<double> const averages = news(", model: degroot");
  CHECK(*std::max_element(averages.begin(), averages.end()) > 0);
  CHECK(averages != none);
}

TEST_CASE("a gain that is drawn cannot be fitted") {
  auto const told = [](std::string const& reinvention) {
    return complaints_of(
        one_policy("    baseline: -2\n    adopters: {file: led.csv}\n    merit: {performance: "
                   "{attribute: size}}\n    reinvention: {" +
                   reinvention + "}\n    mechanisms:\n      talk: {learning: {network: sister, noise: none}}\n"));
  };
  CHECK(says(told("probability: 0.5, gain: 1"), "keeps what no data tell"));
  CHECK(told("probability: 1, gain: 1") == "");
}

TEST_CASE("only the policies that are asked for are fitted, and judged") {
  std::string const two = one_policy("    baseline: -2\n    adopters: {file: led.csv}\n") +
                          "  other:\n    rule: threshold\n    threshold: {normal: [1, 1]}\n    adopters: {random: 1}\n";
  CHECK(says(complaints_of(two), "'other' has no adoptions"));
  CHECK(complaints_of(two, {"fit.policies=[led]"}) == "");
}

TEST_CASE("policies that are pressed upon in a scored step are refused, with the reason; otherwise they are fitted") {
  std::string const led =
      one_policy("    baseline: -2\n    adopters: {file: led.csv}\n    mechanisms: {m: {log_adopters: {pool: all}}}\n");
  auto const told = [&](std::string const& act, std::string const& dates = "at: 2003") {
    return complaints_of("interventions: [{" + dates + ", name: x, " + act + "}]\n" + led);
  };
  std::string const push = "push: {policy: led, strength: 1, cities: [c]}";
  CHECK(says(told(push), "'x' pushes 'led', whose decisions are to be fitted, its strength is given"));
  CHECK(says(told("campaign: {policy: led, mechanism: m, factor: 2}"), "'x' changes a strength of 'led', whose"));
  CHECK(told("mandate: {policy: led, compliance: 0.1}").empty());
  CHECK(told("seed: {policy: led, cities: [c]}").empty());
  std::string const set = "set: {policies.led.baseline: -1, policies.led.mechanisms.m.strength: 2}";
  CHECK(says(told(set), "'x' sets a number of 'led', whose decisions are to be fitted, a fit estimates one number"));
  CHECK(complaints_of("fit: {from: 2003}\ninterventions: [{at: 2000, until: 2002, " + set + "}]\n" + led).empty());
  CHECK(says(told("subsidy: {policy: led, share: 0.1}"), "'x' subsidises 'led', whose decisions are to be fitted"));
  CHECK(complaints_of("fit: {until: 2002}\ninterventions: [{at: 2003, " + push + "}]\n" + led).empty());
  CHECK(complaints_of("fit: {from: 2003}\ninterventions: [{at: 2000, until: 2002, " + push + "}]\n" + led).empty());
}

TEST_CASE("laws that are enacted at a share, or dated by a file, are covariates; no others are fitted") {
  auto const with_law = [](std::string const& law) {
    return one_policy("    baseline: -2\n    adopters: {file: led.csv}\n    mechanisms:\n      law: {national: {" +
                      law + "}}\n");
  };
  // a and b are in X, c and d in Y, e in no country; b has it from the beginning, d from 2001, c from 2003.
  auto const column_of = [&](std::string const& law) {
    test::Texts texts = test::five_texts("city,year\nb,1995\nd,2001\nc,2003\n", with_law(law));
    texts.files["laws.csv"] = "country,policy,from\nX,led,2002\n";
    test::Posed const posed = test::pose(texts);
    Design const design = design_of(posed.fit, {PolicyId{0}}).design;
    return test::column(design, "law");
  };
  // Rows by city and year: a, 2000 to 2005; c, 2000 to 2003; d, 2000 and 2001; e, 2000 to 2005.
  CHECK(column_of("kind: enabling, enact: {share: 0.5}, delay: 1") ==
        std::vector<double>{0, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0});
  CHECK(column_of("kind: enabling, enact: {file: laws.csv}") ==
        std::vector<double>{0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
  CHECK(says(complaints_of(with_law("kind: enabling, enact: {hazard: {base: 0.1, share: 0}}")),
             "'law' cannot be fitted: national keeps what no data tell"));
  CHECK(says(complaints_of(with_law("kind: mandate, enact: {hazard: {base: 0.1, share: 0}}")),
             "'law' cannot be fitted: national keeps what no data tell, give the dates of the laws"));
  CHECK(complaints_of(with_law("kind: mandate, enact: {share: 0.5}")).empty());
  CHECK(complaints_of(with_law("kind: preempt, enact: {file: laws.csv}")).find("cannot be fitted") ==
        std::string::npos);
}

TEST_CASE("members and ties that interventions change are scored as those that data date") {
  std::string const led =
      "    baseline: -2\n    adopters: {file: led.csv}\n    mechanisms:\n      see: {exposure: {network: sister}, "
      "strength: 1}\n      club: {membership: {collaborations: [x]}, strength: 1}\n";
  std::string const clubs = "collaborations: {file: clubs.csv}\n";
  std::string const acts =
      "interventions:\n"
      "  - {at: 2003, name: tie, add_ties: {network: sister, sources: [a, b], targets: [d, e], weight: 2}}\n"
      "  - {at: 2002, name: untie, remove_ties: {network: sister, targets: [a]}}\n"
      "  - {at: 2002, name: in, join: {collaboration: x, cities: [d]}}\n"
      "  - {at: 2004, name: end, dissolve: {collaboration: x}}\n";
  auto const posed = [&](std::string const& above, std::string const& ties, std::string const& members) {
    test::Texts texts = test::five_texts("city,year\nb,1995\nd,2004\na,2003\n", one_policy(led, above));
    if (!ties.empty()) texts.files["ties.csv"] = ties;
    texts.files["clubs.csv"] = members;
    return test::pose(texts);
  };
  std::string const members = "city,collaboration,joined,left\na,x,,\ne,x,,\n";
  test::Posed const done = posed(clubs + acts, "", members), idle = posed(clubs, "", members);
  test::Posed const dated =
      posed(clubs,
            "source,target,weight,from,until\nb,a,1,,2001\nc,a,1,,2001\nd,a,1,,2001\na,b,1,,\nd,c,1,,\n"
            "a,d,2,2003,\na,e,2,2003,\nb,d,2,2003,\nb,e,2,2003,\n",
            "city,collaboration,joined,left\na,x,,2004\ne,x,,2004\nd,x,2002,2004\n");
  auto const design = [](test::Posed const& each) { return design_of(each.fit, {PolicyId{0}}).design; };
  CHECK(design(done).x == design(dated).x);
  CHECK(test::column(design(done), "see") != test::column(design(idle), "see"));
  CHECK(test::column(design(done), "club") != test::column(design(idle), "club"));
  // Worlds that a fit builds anew have them too.
  CHECK(done.fit.scenario->interventions.size() == 4);
}

}  // namespace hansa
