/// How much policies differ, told.
#include "tell/intercept_report.hpp"

#include <doctest/doctest.h>

#include "support/says.hpp"

using namespace hansa;

namespace {

using hansa::test::says;

InterceptReport policies() {
  InterceptReport report;
  report.of = InterceptReport::Of::policies;
  report.sd = 0.75;
  report.error = 0.25;
  report.interval = {{0.4, 1.5}};
  report.test = ChiSquareTest{7.5, 1, 0.0031};
  report.effects = {{"led", 0.5, 0.2, 0.108, 0.892}, {"tram", -0.5, 0.25, -0.99, -0.01}};
  return report;
}

}  // namespace

TEST_CASE("lines have the deviation, the test with its law, and the effects") {
  std::string const text = intercept_text(policies(), 0.95);
  CHECK(says(text, "standard deviation of the policy intercept 0.7500, s.e. 0.2500 (95 %: 0.4000 to 1.500)"));
  CHECK(says(text, "against no differences between policies: 7.50, p = 0.0031"));
  CHECK(says(text, "Self & Liang"));
  CHECK(says(text, "led"));
  CHECK(says(text, "-0.9900 to -0.01000"));
}

TEST_CASE("of cities there are no effects, and of a deviation of 0 no error") {
  InterceptReport report;
  std::string const text = intercept_text(report, 0.95);
  CHECK(says(text, "standard deviation of the city intercept 0"));
  CHECK_FALSE(says(text, "s.e."));
  CHECK_FALSE(says(text, "effects"));
  std::vector<std::pair<std::string, Node>> entries;
  add_intercept(report, entries);
  REQUIRE(entries.size() == 1);
  CHECK(entries[0].first == "city_sd");
}

TEST_CASE("entries of the tree") {
  std::vector<std::pair<std::string, Node>> entries;
  add_intercept(policies(), entries);
  REQUIRE(entries.size() == 5);
  CHECK(entries[0].first == "policy_sd");
  CHECK(entries[1].first == "policy_sd_se");
  CHECK(entries[2].second.items.at(1).text == "1.5");
  CHECK(entries[3].second.find("p")->text == "0.0031");
  CHECK(entries[4].second.find("tram")->find("effect")->text == "-0.5");
}
