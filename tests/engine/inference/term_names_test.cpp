/// Terms that cannot be told apart are refused with the places of both.
#include "inference/term_names.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "five_cities.hpp"
#include "support/says.hpp"

namespace hansa {

namespace {

using hansa::test::says;

std::string policy_lines(std::string const& name, std::string const& lines) {
  return "  " + name + ":\n    baseline: -2\n    adopters: {file: led.csv}\n" + lines;
}

test::Texts texts(std::string const& policies) {
  std::string const head =
      "hansa: 1\ntime: {start: 2000, end: 2005}\ncities: {file: cities.csv}\n"
      "networks: {sister: {file: ties.csv, directed: true}}\npolicies:\n";
  return test::five_texts("city,year\nb,1995\nd,2001\n", head + policies);
}

/// One line for each mistake.
std::string complaints_of_policies(std::string const& policies, std::vector<std::string> const& settings = {}) {
  try {
    (void)test::pose(texts(policies), settings);
  } catch (Error const& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("two terms of one policy have two names") {
  std::string const told = complaints_of_policies(
      policy_lines("led", "    attributes: {size: 0.5}\n    mechanisms:\n      size: {exposure: {network: sister}}\n"));
  CHECK(says(told, "two terms of 'led' are called 'size': the attribute 'size' and the mechanism 'size' (exposure)"));
  CHECK(says(told, ":11"));  // the mechanism
  CHECK(says(told, ":9)"));  // the attribute
  CHECK(says(complaints_of_policies(policy_lines("led",
                                                 "    attributes: {region: {north: 1}}\n    mechanisms:\n"
                                                 "      region_north: {exposure: {network: sister}}\n")),
             "the value 'north' of the attribute 'region' and the mechanism 'region_north' (exposure)"));
  CHECK(says(complaints_of_policies(policy_lines("led",
                                                 "    trend: {polynomial: [0.1]}\n    mechanisms:\n"
                                                 "      trend_1: {exposure: {network: sister}}\n")),
             "the trend (polynomial) and the mechanism 'trend_1' (exposure)"));
  CHECK(says(complaints_of_policies(
                 policy_lines("led",
                              "    mechanisms:\n      m: {exposure: {network: sister}, strength_by: {size: 1}}\n"
                              "      m_by_size: {exposure: {network: sister}}\n")),
             "the mechanism 'm' (exposure) by 'size' and the mechanism 'm_by_size' (exposure)"));
}

TEST_CASE("fixed effects have names too") {
  std::string const country = policy_lines("led",
                                           "    mechanisms:\n      country_Y: {exposure: {network: sister}}\n"
                                           "      period_2003: {exposure: {network: sister}}\n");
  CHECK(complaints_of_policies(country).empty());
  std::string const told = complaints_of_policies(country, {"fit.fixed_effects=[country, period]"});
  CHECK(says(told, "the mechanism 'country_Y' (exposure) and the fixed effect of country 'Y'"));
  CHECK(says(told, "the mechanism 'period_2003' (exposure) and the fixed effect of 2003"));
}

TEST_CASE("pooled policies share what has one name and is of one kind") {
  std::string const led = policy_lines("led", "    mechanisms:\n      m: {exposure: {network: sister}}\n");
  std::string const same =
      policy_lines("bike", "    mechanisms:\n      m: {exposure: {network: sister, half_life: 3}}\n");
  std::string const other = policy_lines("bike", "    mechanisms:\n      m: {log_adopters: {pool: all}}\n");
  CHECK(complaints_of_policies(led + same, {"fit.pooled=true"}).empty());
  CHECK(complaints_of_policies(led + other).empty());
  CHECK(complaints_of_policies(led + other, {"fit.pooled=true", "fit.policies=[led]"}).empty());
  std::string const told = complaints_of_policies(led + other, {"fit.pooled=true"});
  CHECK(says(told, "'m' is the mechanism 'm' (log_adopters) in 'bike', but the mechanism 'm' (exposure) in 'led'"));
  CHECK(says(told, ":10"));   // of led
  CHECK(says(told, ":15)"));  // of bike
  std::string const size = policy_lines("bike", "    attributes: {size: 1}\n");
  CHECK(says(
      complaints_of_policies(policy_lines("led", "    mechanisms:\n      size: {exposure: {network: sister}}\n") + size,
                             {"fit.pooled=true"}),
      "the attribute 'size' in 'bike', but the mechanism 'size' (exposure) in 'led'"));
  CHECK(says(complaints_of_policies(
                 policy_lines("led", "    trend: {log_time: 1}\n") + policy_lines("bike", "    trend: {linear: 1}\n"),
                 {"fit.pooled=true"}),
             "the trend (polynomial) in 'bike', but the trend (log_time) in 'led'"));
  CHECK(says(complaints_of_policies(
                 policy_lines("led", "    mechanisms:\n      baseline_bike: {exposure: {network: sister}}\n") +
                     policy_lines("bike", ""),
                 {"fit.pooled=true"}),
             "'baseline_bike' is the baseline of 'bike' in 'bike', but the mechanism 'baseline_bike' (exposure)"));
}

TEST_CASE("rows in a file have columns of their own") {
  std::string const event = policy_lines("led", "    mechanisms:\n      event: {exposure: {network: sister}}\n");
  test::Posed const posed = test::pose(texts(event));
  Complaints complaints;
  check_panel_names(*posed.fit.scenario, posed.fit.spec, *posed.fit.world, complaints);
  REQUIRE(complaints.size() == 1);
  CHECK(says(complaints.errors()[0].problem, "the mechanism 'event' (exposure) is called as a column"));
  CHECK(complaints.errors()[0].where.line == 10);
}

}  // namespace hansa
