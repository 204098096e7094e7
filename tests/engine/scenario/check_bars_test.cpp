/// Tests of scenario/check_bars, and of how requirements, exclusions and attention are read.
#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

std::string told_of_bars(std::string const& policies) {
  return lines(check_with("", policies).errors);
}

}  // namespace

TEST_CASE("policies name what they require and exclude") {
  Checked const checked =
      check_with("", "{a: {baseline: -5, requires: [b, c]}, b: {baseline: -5, excludes: [c]}, c: {baseline: -5}}");
  CHECK(lines(checked.errors) == "");
  std::vector<PolicySpec> const& policies = checked.scenario.policies;
  REQUIRE(policies[0].required.size() == 2);
  CHECK(policies[0].required[1].name == "c");
  CHECK(policies[0].excluded.empty());
  CHECK(policies[1].excluded.at(0).name == "c");
}

TEST_CASE("unknown policies are told with the nearest name, and each once") {
  CHECK(told_of_bars("{lanes: {baseline: -5, requires: [lane]}, trams: {baseline: -5}}")
            .find("unknown policy 'lane', one of lanes, trams was expected; did you mean 'lanes'?") !=
        std::string::npos);
  CHECK(told_of_bars("{a: {baseline: -5, requires: [b, b]}, b: {baseline: -5}}").find("'b' is given twice") !=
        std::string::npos);
  CHECK(told_of_bars("{a: {baseline: -5, excludes: b}, b: {baseline: -5}}").find("a list of names of policies") !=
        std::string::npos);
}

TEST_CASE("what could never be adopted is refused with its place") {
  CHECK(told_of_bars("{a: {baseline: -5, requires: [a]}}")
            .find("policy 'a' requires itself, another policy was expected") != std::string::npos);
  CHECK(told_of_bars("{a: {baseline: -5, excludes: [a]}}").find("policy 'a' excludes itself") != std::string::npos);
  CHECK(told_of_bars("{a: {baseline: -5, requires: [b], excludes: [b]}, b: {baseline: -5}}")
            .find("policy 'a' requires and excludes 'b', so that no city could ever adopt it") != std::string::npos);
  std::string const circle = told_of_bars(
      "{a: {baseline: -5, requires: [b]}, b: {baseline: -5, requires: [c]}, c: {baseline: -5, requires: [a]},"
      " d: {baseline: -5, requires: [a]}}");
  CHECK(circle.find("policies require each other in a circle: a, b, c, a") != std::string::npos);
  CHECK(circle.find("circle", circle.find("circle") + 1) == std::string::npos);
  CHECK(told_of_bars("{a: {baseline: -5, requires: [b]}, b: {baseline: -5}, c: {baseline: -5, requires: [a, b]}}") ==
        "");
  CHECK(told_of_bars("{a: {rule: cascade, requires: [b]}, b: {baseline: -5}}")
            .find("policy 'a' with the rule cascade requires others") != std::string::npos);
}

TEST_CASE("a long chain of requirements is walked without a deep stack") {
  std::string policies = "{p0: {baseline: -5}";
  for (int k = 1; k < 20'000; ++k)
    policies += ", p" + std::to_string(k) + ": {baseline: -5, requires: [p" + std::to_string(k - 1) + "]}";
  CHECK(told_of_bars(policies + "}") == "");
}

TEST_CASE("attention is a whole number from 1 on, or an attribute") {
  auto const with = [](std::string const& attention) {
    return check(
        "{hansa: 1, time: {start: 2000, end: 2010}, policies: {p: {baseline: -5}}, cities: {file: c.csv, attention: " +
        attention + "}}");
  };
  CHECK(std::get<double>(*with("2").scenario.cities.attention) == 2);
  CHECK(std::get<Reference>(*with("{attribute: staff}").scenario.cities.attention).name == "staff");
  CHECK(lines(with("1.5").errors).find("a whole number was expected") != std::string::npos);
  CHECK(lines(with("0").errors) != "");
  CHECK_FALSE(check_with("").scenario.cities.attention);
}
