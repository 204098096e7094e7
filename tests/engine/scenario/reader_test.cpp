/// Tests of scenario/reader: keys that stand where they do not belong.
#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

TEST_CASE("the rest of a number is no key") {
  std::string const mend = ", a decimal point, and no separator of thousands, was expected";
  std::string const where =
      "output: {quantiles: [5, 50]}, cities: {generate: 3}, policies: {p: {baseline: -5, "
      "adopters: {where: {size: {min: ";
  auto const told = [&](std::string const& range) {
    return lines(check("{hansa: 1, time: {start: 1, end: 2},\n" + where + range + "}}}}}}").errors);
  };
  CHECK(told("300000") == "");
  CHECK(told("300,000") == "s.yaml:2:118: unknown key '000'" + mend);
  CHECK(told("300,000, max: 500,000") ==
        "s.yaml:2:118: unknown key '000'" + mend + "\ns.yaml:2:132: unknown key '000'" + mend);
  CHECK(complaint("7:,").find("a decimal point") != std::string::npos);
  CHECK(complaint("7: a,").find("a decimal point") == std::string::npos);
}

TEST_CASE("a blank is missed where a key holds its value") {
  CHECK(complaint("\"seed:3\",") == "s.yaml:1:2: unknown key 'seed:3', a blank was expected after 'seed:'");
  CHECK(mechanism_complaint("exposure: {\"network:sister\"}") ==
        "s.yaml:3:13: unknown key 'network:sister', a blank was expected after 'network:'");
  CHECK(mechanism_complaint("exposure: {pool: all}, \"strength:2\"") ==
        "s.yaml:3:25: unknown key 'strength:2', a blank was expected after 'strength:'");
  CHECK(mechanism_complaint("exposure: {pool: all}, strength_by: {\"size:2\"}").find("after 'size:'") !=
        std::string::npos);
  CHECK(policy_complaint("baseline: -5, attributes: {\"size:2\"}").find("a blank was expected after 'size:'") !=
        std::string::npos);
  CHECK(complaint("\"a:b\": 3,").find("a blank") == std::string::npos);
}

TEST_CASE("what was not indented is told where it should belong") {
  Checked const checked = check(
      "{hansa: 1, time: {start: 1, end: 2}, cities: {generate: 3}, policies: {p: {\n"
      "baseline: -5,\n"
      "mechanisms:,\n"
      "imitation: {},\n"
      "advocacy: {},\n"
      "rul: logit,\n"
      "trend: none,\n"
      "other: 1}}}");
  std::string const keys =
      ", one of rule, baseline, attributes, trend, threshold, entry, adopters, at_risk, … was expected";
  std::string const hint = "; indent what belongs to 'mechanisms' further";
  CAPTURE(lines(checked.errors));
  REQUIRE(checked.errors.size() == 5);
  CHECK(checked.errors[0] == "s.yaml:3:12: 'mechanisms' is empty, a map of mechanisms by name was expected");
  CHECK(checked.errors[1] == "s.yaml:4:1: unknown key 'imitation'" + keys + hint);
  CHECK(checked.errors[2] == "s.yaml:5:1: unknown key 'advocacy'" + keys + hint);
  CHECK(checked.errors[3] == "s.yaml:6:1: unknown key 'rul'" + keys + "; did you mean 'rule'?");
  CHECK(checked.errors[4] == "s.yaml:8:1: unknown key 'other'" + keys);
}
