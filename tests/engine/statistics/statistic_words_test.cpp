/// Tests of statistics/statistic_words.
#include "statistics/statistic_words.hpp"

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("variables have the names of their entry, axes and a meaning") {
  StatisticSpec const km{"km", "survival", {}, SurvivalStatistic{}};
  std::vector<StatisticVariable> const found = described_variables(km);
  REQUIRE(found.size() == 5);
  CHECK(found[1].name == "km_se");
  CHECK(found[1].by_time);
  CHECK_FALSE(found[1].counts);
  CHECK(found[4].counts);
  for (StatisticVariable const& each : found) CHECK_FALSE(each.meaning.empty());
  CHECK(statistic_source(km) == "Kaplan & Meier 1958; Greenwood 1926; Nelson 1972; Aalen 1978");
}

TEST_CASE("categories have words, and permutations a variable") {
  ClassesStatistic by_threshold;
  by_threshold.of = ClassesStatistic::Of::threshold;
  CHECK(described_variables({"v", "classes", {}, by_threshold})[0].classes[1] == "very_low");
  CHECK(described_variables({"v", "classes", {}, ClassesStatistic{}})[0].classes[4] == "laggards");
  MoranStatistic moran;
  CHECK(described_variables({"m", "moran", {}, moran}).size() == 4);
  moran.permutations = 9;
  CHECK(described_variables({"m", "moran", {}, moran}).back().name == "m_p_permutation");
}
