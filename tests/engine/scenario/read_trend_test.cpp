/// Tests of scenario/read_trend.
#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

Trend trend(std::string const& text) {
  Checked const checked = check_with("", "{p: {baseline: 0, trend: " + text + "}}");
  CHECK(lines(checked.errors) == "");
  return checked.scenario.policies.at(0).trend;
}

std::string trend_complaint(std::string const& text) {
  return policy_complaint("baseline: 0, trend: " + text);
}

}  // namespace

TEST_CASE("a form named alone leaves its coefficients at 0") {
  CHECK(trend("none").form == Trend::Form::none);
  CHECK(trend("linear").coefficients == std::vector{0.0});
  CHECK(trend("log_time").form == Trend::Form::log_time);
  CHECK(trend("log_time").coefficients == std::vector{0.0});
  CHECK(trend("periods").form == Trend::Form::periods);
  CHECK(trend("{polynomial: 3}").coefficients == std::vector{0.0, 0.0, 0.0});
  CHECK(trend("{spline: {knots: [2001, 2003, 2007, 2009]}}").coefficients == std::vector{0.0, 0.0, 0.0});
}

TEST_CASE("forms with their coefficients") {
  CHECK(trend("{linear: 0.5}").form == Trend::Form::polynomial);
  CHECK(trend("{linear: 0.5}").coefficients == std::vector{0.5});
  CHECK(trend("{polynomial: [0.1, -0.002]}").coefficients == std::vector{0.1, -0.002});
  CHECK(trend("{log_time: 2}").coefficients == std::vector{2.0});
  CHECK(trend("{periods: {2003: 1.5, 2004: -1}}").periods == std::map<std::int32_t, double>{{2003, 1.5}, {2004, -1}});
  Trend const spline = trend("{spline: {knots: [2001, 2003, 2007], coefficients: [1, 2]}}");
  CHECK(spline.knots == std::vector{2001.0, 2003.0, 2007.0});
  CHECK(spline.coefficients == std::vector{1.0, 2.0});
}

TEST_CASE("mistakes in trends") {
  CHECK(trend_complaint("linaer") ==
        "s.yaml:2:26: 'trend' is 'linaer', one of none, linear, log_time, periods was "
        "expected; did you mean 'linear'?");
  CHECK(trend_complaint("{linear: 1, log_time: 2}") ==
        "s.yaml:2:38: 'log_time' cannot stand beside 'linear', only one of them was expected");
  CHECK(trend_complaint("{polynomial: 0}") ==
        "s.yaml:2:39: 'polynomial' is '0', a whole number from 1 to 10 was expected");
  CHECK(trend_complaint("{polynomial: []}") == "s.yaml:2:39: 'polynomial' is a list, at least one number was expected");
  CHECK(trend_complaint("{periods: {soon: 1}}") ==
        "s.yaml:2:37: 'soon' is not a time label, a whole number was expected");
  CHECK(trend_complaint("{spline: {knots: [1, 2]}}") == "s.yaml:2:43: a spline has 2 knots, at least 3 were expected");
  CHECK(trend_complaint("{spline: {knots: [1, 3, 2]}}") ==
        "s.yaml:2:50: 'knots' does not ascend, a number above 3 was expected");
  CHECK(trend_complaint("{spline: {knots: [1, 2, 3], coefficients: [1]}}") ==
        "s.yaml:2:68: a spline with 3 knots has 1 coefficients, 2 were expected");
}

TEST_CASE("a spline without knots that can be used is no spline, since later stages run in spite of complaints") {
  for (std::string const keys :
       {"{coefficients: [1]}", "{knots: [1, 2]}", "{knots: [1, 3, 2]}", "{knots: []}", "{knots: x}"}) {
    Checked const checked = check_with("", "{p: {baseline: 0, trend: {spline: " + keys + "}}}");
    CHECK(checked.errors.size() == 1);
    CHECK(checked.scenario.policies.at(0).trend.form == Trend::Form::none);
  }
}

TEST_CASE("a period outside time is told, and given twice refused") {
  Checked const checked = check_with("", "{p: {baseline: 0, trend: {periods: {1999: 1}}}}");
  REQUIRE(checked.warnings.size() == 1);
  CHECK(checked.warnings[0].ends_with("the period 1999 is never reached, time runs from 2000 to 2010"));
  CHECK(trend_complaint("{periods: {2003: 1, +2003: 2}}") == "s.yaml:2:46: the time 2003 is given twice");
}
