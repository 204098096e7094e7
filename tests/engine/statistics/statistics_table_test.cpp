/// Tests of statistics/statistics_table.
#include "statistics/statistics_table.hpp"

#include <doctest/doctest.h>

#include "engine/statistics/three_cities.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

Texts const two{R"(hansa: 1
time: {start: 2001, end: 2002}
cities: {file: cities.csv}
networks: {road: {file: ties.csv}}
policies: {led: {baseline: -1}}
stats: {c: {classes: {of: adoption_time}}, k: {survival: {}}, t: {threshold: {network: road}}}
)",
                {{"cities.csv", "id\na\nb\n"}, {"ties.csv", "source,target\na,b\n"}}};

struct Asked {
  std::unique_ptr<Question> question = ask(two);
  Complaints complaints;
  DiffusionStatistics statistics{question->scenario, question->world, complaints};

  [[nodiscard]] StatisticValues of(std::vector<std::int32_t> const& labels) const {
    return statistics.of(adopted_in(labels, 2), "led", 0);
  }
};

}  // namespace

TEST_CASE("of replicates cities have means over those that have a value, and categories shares") {
  Asked const asked;
  ReplicateTable gathered(asked.statistics, {"led"});
  gathered.add(0, {asked.of({2001, 2002})});
  gathered.add(3, {asked.of({2001, never})});
  StatisticsTable const table = std::move(gathered).finish();
  CHECK(table.replicates == std::vector<std::int64_t>{0, 3});
  // categories: a is second of two (early_majority), then one alone (late_majority); b laggard-side, then never
  CHECK(table.values[0] == std::vector<double>{0, 0, 0.5, 0.5, 0, 0.5, 0, 0, 0.5, 0});
  CHECK(table.known[0] == std::vector<std::int32_t>{2, 2});
  CHECK(table.values[1] == std::vector<double>{0.5, 0, 0.5, 0.5});  // survival: replicate × time
  CHECK(table.values[6][1] == 1);                                   // b saw a when it adopted
  CHECK(table.known[6] == std::vector<std::int32_t>{2, 1});
  CHECK(table.known[1].empty());
}

TEST_CASE("of data the values stand as they are") {
  Asked const asked;
  StatisticsTable const table = table_of(asked.statistics, {"led"}, {asked.of({2001, 2002})});
  CHECK_FALSE(table.simulated);
  CHECK(table.values[0] == std::vector<double>{2, 3});
  CHECK(table.variables[0].name == "c");
  CHECK(table.variables[4].counts);
}
