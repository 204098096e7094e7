/// Tests of scenario/read_policies and scenario/read_trend.
#include <cmath>

#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

PolicySpec good_policy(std::string const& keys) {
  Checked const checked = check_with("", "{p: {" + keys + "}}");
  CHECK(lines(checked.errors) == "");
  return checked.scenario.policies.at(0);
}

Trend policy_trend(std::string const& text) {
  return good_policy("baseline: 0, trend: " + text).trend;
}

}  // namespace

TEST_CASE("effects of attributes, sorted by name") {
  auto const effects =
      good_policy("baseline: 0, attributes: {size: 0.4, region: {Africa: 0.2, Asia: -0.1}}").attributes;
  REQUIRE(effects.size() == 2);
  CHECK(effects[0].attribute.name == "region");
  CHECK(std::get<1>(effects[0].effect).at("Asia") == -0.1);
  CHECK(std::get<double>(effects[1].effect) == 0.4);
  CHECK(policy_complaint("baseline: 0, attributes: {size: big}") ==
        "s.yaml:2:38: 'size' is 'big', a number was expected");
  CHECK(policy_complaint("baseline: 0, attributes: {region: {Asia: x}}") ==
        "s.yaml:2:47: 'Asia' is 'x', a number was expected");
  CHECK(policy_complaint("baseline: 0, attributes: {size: [1]}") ==
        "s.yaml:2:38: 'size' is a list, a number, or a map from values to numbers, was expected");
  CHECK(policy_complaint("baseline: 0, attributes: {size: 1, size: 2}") ==
        "s.yaml:2:41: 'size' is given twice, it stands already at s.yaml:2:32");
}

TEST_CASE("trends of all forms") {
  using Form = Trend::Form;
  CHECK(policy_trend("none").form == Form::none);
  CHECK(policy_trend("{linear: 0.1}").form == Form::polynomial);
  CHECK(policy_trend("{linear: 0.1}").coefficients == std::vector<double>{0.1});
  CHECK(policy_trend("{polynomial: [0.1, -0.002]}").coefficients == std::vector<double>{0.1, -0.002});
  CHECK(policy_trend("{log_time: 0.5}").form == Form::log_time);
  CHECK(policy_trend("{periods: {2008: 0.5, 2009: -1}}").periods ==
        std::map<std::int32_t, double>{{2008, 0.5}, {2009, -1}});
  Trend const spline = policy_trend("{spline: {knots: [2000, 2005, 2010], coefficients: [1, 2]}}");
  CHECK(spline.form == Form::spline);
  CHECK(spline.knots == std::vector<double>{2000, 2005, 2010});
  CHECK(spline.coefficients == std::vector<double>{1, 2});
}

TEST_CASE("coefficients left to estimation are 0 in simulation") {
  CHECK(policy_trend("linear").coefficients == std::vector<double>{0});
  CHECK(policy_trend("log_time").form == Trend::Form::log_time);
  CHECK(policy_trend("periods").form == Trend::Form::periods);
  CHECK(policy_trend("{polynomial: 2}").coefficients == std::vector<double>{0, 0});
  CHECK(policy_trend("{spline: {knots: [1, 2, 3]}}").coefficients == std::vector<double>{0, 0});
}

TEST_CASE("mistakes in trends") {
  auto one = [](std::string const& text) { return policy_complaint("baseline: 0, trend:\n" + text); };
  CHECK(one("quadratic") == "s.yaml:3:1: 'trend' is 'quadratic', one of none, linear, log_time, periods was expected");
  CHECK(one("[1]") ==
        "s.yaml:3:1: 'trend' is a list, none, or a map with one of linear, polynomial, log_time, periods, spline, was "
        "expected");
  CHECK(one("{polynomial: []}") == "s.yaml:3:14: 'polynomial' is a list, at least one number was expected");
  CHECK(one("{polynomial: 0}") == "s.yaml:3:14: 'polynomial' is '0', a whole number from 1 to 10 was expected");
  CHECK(one("{periods: {May: 1}}") == "s.yaml:3:12: 'May' is not a time label, a whole number was expected");
  CHECK(one("{spline: {knots: [1, 2]}}") == "s.yaml:3:18: a spline has 2 knots, at least 3 were expected");
  CHECK(one("{spline: {knots: [1, 3, 2]}}") == "s.yaml:3:25: 'knots' does not ascend, a number above 3 was expected");
  CHECK(one("{spline: {knots: [1, 2, 3], coefficients: [1]}}") ==
        "s.yaml:3:43: a spline with 3 knots has 1 coefficients, 2 were expected");
  CHECK(one("{linear: 1, log_time: 2}") ==
        "s.yaml:3:13: 'log_time' cannot stand beside 'linear', only one of them was expected");
}

TEST_CASE("a period outside the clock is odd, not wrong") {
  Checked const checked = check_with("", "{p: {baseline: 0, trend: {periods: {1999: 1}}}}");
  CHECK(checked.errors.empty());
  CHECK(lines(checked.warnings) == "s.yaml:2:89: the period 1999 is never reached, time runs from 2000 to 2010");
}

TEST_CASE("adopters from a file or by a selector") {
  AdoptersSpec const file =
      good_policy("baseline: 0, adopters: {file: a.csv, until: 2007, coverage: {members: c40}}").adopters;
  CHECK(std::get<FileRef>(file.source).given == "a.csv");
  CHECK(file.until == 2007);
  CHECK(file.coverage->form == Selector::Form::members);
  CHECK(std::get<Selector>(good_policy("baseline: 0, adopters: {random: 5}").adopters.source).count == 5);
  CHECK(std::get<Selector>(good_policy("baseline: 0, adopters: [a, b]").adopters.source).names.size() == 2);
  CHECK(good_policy("baseline: 0").adopters.source.index() == 0);
  CHECK(policy_complaint("baseline: 0, adopters: {until: 2007}") ==
        "s.yaml:2:19: 'file' is missing in 'adopters', the path of a file was expected");
  CHECK(policy_complaint("baseline: 0, adopters: {file: a, untill: 2007}") ==
        "s.yaml:2:39: unknown key 'untill', one of file, until, coverage was expected; did you mean 'until'?");
  CHECK(policy_complaint("baseline: 0, adopters: {randm: 5}") ==
        "s.yaml:2:30: unknown key 'randm', one of where, top, random, members, neighbours, or, and, not, … was "
        "expected; did you mean 'random'?");
}

TEST_CASE("who is at risk") {
  AtRiskSpec const risk =
      good_policy("baseline: 0, at_risk: {from: entry, until: exit, cities: {members: c40}}").at_risk;
  CHECK(risk.from->name == "entry");
  CHECK(risk.until->name == "exit");
  CHECK(risk.cities->form == Selector::Form::members);
  CHECK_FALSE(good_policy("baseline: 0").at_risk.cities);
  CHECK(policy_complaint("baseline: 0, at_risk: {from: [a]}") ==
        "s.yaml:2:35: 'from' is a list, the name of an attribute was expected");
  CHECK(policy_complaint("baseline: 0, at_risk: {city: all}") ==
        "s.yaml:2:29: unknown key 'city', one of from, until, cities was expected; did you mean 'cities'?");
}

TEST_CASE("how adopters leave, by a hazard or by log odds") {
  CHECK_FALSE(good_policy("baseline: 0").abandonment);
  CHECK(good_policy("baseline: 0, abandonment: {hazard: 0.02}").abandonment->hazard == 0.02);
  CHECK(good_policy("baseline: 0, abandonment: {logit: {base: 0}}").abandonment->hazard ==
        doctest::Approx(std::log(2)));
  CHECK(policy_complaint("baseline: 0, abandonment: {hazard: -1}") ==
        "s.yaml:2:41: 'hazard' is '-1', a number from 0 to 64 was expected");
  CHECK(policy_complaint("baseline: 0, abandonment: {hazard: often}").starts_with("s.yaml:2:41: 'hazard' is 'often'"));
  CHECK(policy_complaint("baseline: 0, abandonment: {}") ==
        "s.yaml:2:19: 'abandonment' states no hazard, one of 'hazard' and 'logit' was expected");
  CHECK(policy_complaint("baseline: 0, abandonment: {hazard: 1, logit: {base: 1}}") ==
        "s.yaml:2:19: 'hazard' cannot stand beside 'logit', one of 'hazard' and 'logit' was expected");
  CHECK(policy_complaint("baseline: 0, abandonment: 3") == "s.yaml:2:32: 'abandonment' is '3', a map was expected");
  CHECK(policy_complaint("baseline: 0, abandonment: {logit: {}}").find("'base' is missing") != std::string::npos);
}

TEST_CASE("policies have names, and there is at least one") {
  CHECK(lines(check_with("", "{\"a b\": {baseline: 0}}").errors) ==
        "s.yaml:2:54: 'a b' is not a name, letters, digits, '_' and '-' were expected");
  CHECK(lines(check_with("", "{}").errors) == "s.yaml:2:43: 'policies' is empty, at least one policy was expected");
  Checked const checked = check_with("", "{b: {baseline: 0}, a: {baseline: 1}}");
  CHECK(checked.scenario.policies.at(0).name == "a");
  CHECK(checked.scenario.policies.at(1).name == "b");
}

TEST_CASE("cities that cannot pay stop or queue") {
  CHECK(good_policy("baseline: -5").when_unaffordable == Affording::stop);
  CHECK(good_policy("baseline: -5, when_unaffordable: stop").when_unaffordable == Affording::stop);
  CHECK(good_policy("baseline: -5, when_unaffordable: queue").when_unaffordable == Affording::queue);
  CHECK(policy_complaint("baseline: -5, when_unaffordable: beg").find("'beg'") != std::string::npos);
}

TEST_CASE("given adoptions that end before the clock starts are warned of") {
  auto const warned = [](std::string_view until) {
    Checked const checked =
        check_with("", "{p: {baseline: -5, adopters: {file: a.csv, until: " + std::string(until) + "}}}");
    CHECK(checked.errors.empty());
    return lines(checked.warnings);
  };
  CHECK(warned("1999") == "");
  CHECK(warned("1998").ends_with(
      ": adoptions until 1998 are given, all those before 2000, in which time starts, are anyway"));
}

TEST_CASE("commas in numbers are told where an effect ends") {
  constexpr char const* mend = "is empty, a decimal point, and no separator of thousands, was expected";
  CHECK(policy_complaint("baseline: -5, attributes: {size: 0,4}") == std::string("s.yaml:2:41: '4' ") + mend);
  CHECK(policy_complaint("baseline: -5, attributes: {region: {Africa: 0,2}}") ==
        std::string("s.yaml:2:52: '2' ") + mend);
}
