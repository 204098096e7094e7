/// Tests of tell/statistics_report.
#include "tell/statistics_report.hpp"

#include <limits>

#include <doctest/doctest.h>

#include "io/json.hpp"
#include "statistics/statistic_words.hpp"

using namespace hansa;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

StatisticVariable variable(std::string const& name, bool by_city, bool by_time) {
  return {name, name, "kind", "what it is", by_city, by_time};
}

Cities two_cities() {
  Cities cities;
  cities.id = std::vector<std::string>{"a", "b"};
  cities.input_order = std::vector<Index>{1, 0};
  return cities;
}

/// Of one policy, two cities and three steps.
StatisticsTable of_data() {
  StatisticsTable table;
  table.policies = {"led"};
  table.variables = {variable("one", false, false), variable("course", false, true), variable("each", true, false),
                     variable("both", true, true), variable("class", true, false)};
  static constexpr std::string_view classes[] = {"never", "early"};
  table.variables[4].classes = classes;
  table.values = {{0.25}, {1, 3, 2}, {0.5, none}, {1, 2, 3, 3, 4, none}, {1, 0}};
  return table;
}

Clock const three_years{2001, 2003, "year"};

}  // namespace

TEST_CASE("numbers, series, cities and categories have a line each") {
  std::string const text = statistics_text(of_data(), {}, three_years, {{"one thing"}, "f.h5"});
  CHECK(text.starts_with("led\n\none  0.25  what it is\n"));
  CHECK(text.find("course     1     3     2        3  2002  what it is") != std::string::npos);
  CHECK(text.find("each               1   0.5   -     0.5      0.5  what it is") != std::string::npos);
  CHECK(text.find("both in 2003") != std::string::npos);
  CHECK(text.find("class  never 1, early 1") != std::string::npos);
  CHECK(text.ends_with("Note: one thing.\nf.h5\n"));
}

TEST_CASE("the tree has numbers by label and by city, and null for what is missing") {
  std::string const json = to_json(statistics_tree(of_data(), two_cities(), three_years, {}));
  CHECK(json.find(R"("one": 0.25)") != std::string::npos);
  CHECK(json.find(R"("2002": 3)") != std::string::npos);
  CHECK(json.find(R"("b": null)") != std::string::npos);
  CHECK(json.find(R"("early": 1)") != std::string::npos);
}

TEST_CASE("of replicates there are means and quantiles") {
  StatisticsTable table;
  table.policies = {"led"};
  table.simulated = true;
  table.replicates = {0, 1, 2};
  table.variables = {variable("one", false, false), variable("course", false, true), variable("each", true, false)};
  table.values = {{1, none, 3}, {1, 1, 1, 2, 2, 2, 3, 3, 3}, {0.5, 1}};
  table.known = {{}, {}, {3, 2}};
  std::string const text = statistics_text(table, {}, three_years, {});
  CHECK(text.find("replicates  mean  5 %  50 %  95 %") != std::string::npos);
  CHECK(text.find("one           2     2  1.1     2   2.9  what it is") != std::string::npos);
  CHECK(text.find("course     2     2     2        2  2001") != std::string::npos);
  std::string const json = to_json(statistics_tree(table, two_cities(), three_years, {}));
  CHECK(json.find(R"("mean": 2)") != std::string::npos);
}

TEST_CASE("every kind is a sentence with its source") {
  Reference const road{"road", {}};
  MoranStatistic moran;
  moran.of = MoranStatistic::Of::attribute;
  moran.attribute = {"size", {}};
  moran.network = road;
  moran.at = 2002;
  ClassesStatistic by_threshold;
  by_threshold.of = ClassesStatistic::Of::threshold;
  by_threshold.network = road;
  CHECK(
      statistic_sentence({"m", "moran", {}, moran}) ==
      "Moran's I of size among all cities, in network road, ties of a city summing to 1, in 2002 (Moran 1950; Cliff & "
      "Ord 1981).");
  CHECK(statistic_sentence({"c", "classes", {}, by_threshold}).find("thresholds in network road") != std::string::npos);
  CHECK(statistic_sentence({"b", "bass", {}, BassStatistic{}}).ends_with("(Bass 1969; Srinivasan & Mason 1986)."));
  ExposureStatistic seen;
  seen.network = road;
  seen.lag = 2;
  CHECK(statistic_sentence({"e", "exposure", {}, seen}) ==
        "share of adopters among those that a city observes in network road, by the adopters 2 steps before (Valente "
        "1995).");
  FollowingStatistic infected;
  infected.network = road;
  infected.periods = 3;
  infected.discount = 1.5;
  CHECK(statistic_sentence({"i", "infection", {}, infected})
            .find("within 3 steps in network road, k steps away counting 1/1.5^(k-1)") != std::string::npos);
}
