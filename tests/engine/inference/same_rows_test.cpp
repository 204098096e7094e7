/// Rows of two scenarios side by side.
#include "inference/same_rows.hpp"

#include <doctest/doctest.h>

using namespace hansa;

namespace {

RowNames rows() {
  return {{"led", "ams", 2001, false, 0},
          {"led", "ams", 2002, true, 0},
          {"led", "bonn", 2001, false, 0},
          {"led", "bonn", 2002, false, 1},
          {"led", "bonn", 2003, true, 2}};
}

}  // namespace

TEST_CASE("equal rows differ in nothing") {
  CHECK(row_difference(rows(), rows()).empty());
}

TEST_CASE("what is missing, further and otherwise is counted, with the first of each") {
  RowNames other = rows();
  other.erase(other.begin() + 2);
  other[1].event = false;
  for (std::int32_t year = 2004; year < 2009; ++year) other.push_back({"led", "bonn", year, false, 0});
  std::string const told = row_difference(rows(), other);
  CHECK(told ==
        "it has not the 5 rows of the first scenario: it lacks 1 (bonn in 2001), has 5 more (bonn in 2004, bonn in "
        "2005, bonn in 2006, …), tells of other decisions in 1 (ams in 2002)");
}

TEST_CASE("dates known as intervals are not dates known to the year") {
  RowNames other = rows();
  other[3].spell = 0;
  other[4].spell = 0;
  CHECK(row_difference(rows(), other).find("tells of other decisions in 2 (bonn in 2002, bonn in 2003)") !=
        std::string::npos);
}

TEST_CASE("rows are named by policy and city, whatever their numbers") {
  Scenario scenario;
  scenario.policies.resize(2);
  scenario.policies[0].name = "bikes";
  scenario.policies[1].name = "led";
  Cities cities;
  cities.id = {"ams", "bonn"};
  Design design;
  design.event = {0, 0, 1, 0};
  design.spell = {-1, 4, 4, -1};
  design.policy = {1, 1, 1, 0};
  design.city = {0, 1, 1, 1};
  design.period = {2001, 2002, 2003, 2001};
  CHECK(row_names(design, scenario, cities) == RowNames{{"bikes", "bonn", 2001, false, 0},
                                                        {"led", "ams", 2001, false, 0},
                                                        {"led", "bonn", 2002, false, 1},
                                                        {"led", "bonn", 2003, true, 2}});
}
