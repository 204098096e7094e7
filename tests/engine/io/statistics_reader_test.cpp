/// Tests of io/statistics_reader: tables of statistics come back, cities in canonical order, and what is none is
/// refused.
#include "io/statistics_reader.hpp"

#include <array>
#include <cmath>
#include <string_view>

#include <doctest/doctest.h>

#include "engine/io/files.hpp"
#include "io/hdf5.hpp"
#include "io/seal.hpp"
#include "io/statistics_file.hpp"
#include "support/fit_samples.hpp"
#include "support/result_samples.hpp"

namespace {

namespace fs = std::filesystem;
using namespace hansa;
using namespace hansa::test;

constexpr std::array<std::string_view, 2> classes{"never", "early"};

/// Two policies. Of data, or of three replicates.
StatisticsTable table_over(std::size_t cities, std::size_t steps, bool simulated) {
  std::vector<StatisticVariable> const variables{
      {.name = "seen", .entry = "seen", .kind = "exposure", .meaning = "exposure", .by_city = true, .by_time = true},
      {.name = "km_se", .entry = "km", .kind = "survival", .meaning = "error", .by_time = true},
      {.name = "alike", .entry = "alike", .kind = "moran", .meaning = "Moran's I"},
      {.name = "rogers",
       .entry = "rogers",
       .kind = "classes",
       .meaning = "categories",
       .by_city = true,
       .classes = classes}};
  StatisticsTable table;
  table.policies = {"led", "tram"};
  table.variables = variables;
  table.simulated = simulated;
  std::size_t const runs = simulated ? 3 : 1;
  if (simulated) table.replicates = {0, 1, 2};
  for (StatisticVariable const& each : variables) {
    bool const classed = !each.classes.empty();
    std::size_t const size =
        2 * (each.by_city ? cities : runs) * (each.by_time ? steps : 1) * (classed && simulated ? classes.size() : 1);
    std::vector<double> values(size);
    for (std::size_t k = 0; k < size; ++k)
      values[k] = classed ? static_cast<double>(k % 2) : 0.001 * static_cast<double>(k);
    values.back() = std::nan("");
    table.values.push_back(std::move(values));
    table.known.emplace_back(each.by_city && simulated ? 2 * cities * (each.by_time ? steps : 1) : 0, 3);
  }
  return table;
}

StatisticsTable write_table(fs::path const& file, Sample const& sample, bool simulated) {
  Clock const& clock = sample.scenario.clock;
  StatisticsTable table = table_over(sample.world.cities.size(), static_cast<std::size_t>(clock.steps()), simulated);
  StatisticsFileOptions options;
  options.file = file;
  options.title = "A sample";
  options.scenario_text = "hansa: 1\n";
  options.histories = simulated ? "r.h5" : "";
  write_statistics_file(table, sample.world.cities, clock, options);
  return table;
}

bool same(std::vector<double> const& a, std::vector<double> const& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t k = 0; k < a.size(); ++k)
    if (a[k] != b[k] && !(std::isnan(a[k]) && std::isnan(b[k]))) return false;
  return true;
}

}  // namespace

TEST_CASE("statistics of data and of replicates come back as they were written") {
  Sample const sample(1);
  for (bool const simulated : {false, true}) {
    Scratch const scratch;
    StatisticsTable const table = write_table(scratch / "s.h5", sample, simulated);
    StatisticsContents const found = read_statistics_file(scratch / "s.h5");
    CHECK(found.title == "A sample");
    CHECK(found.histories == (simulated ? "r.h5" : "observed"));
    CHECK(found.policies == table.policies);
    CHECK(found.cities.id == sample.world.cities.id);
    CHECK(found.replicates == (simulated ? 3 : 0));
    CHECK(found.time.size() == static_cast<std::size_t>(sample.scenario.clock.steps()));
    REQUIRE(found.statistics.size() == table.variables.size());
    for (std::size_t k = 0; k < found.statistics.size(); ++k) {
      CHECK(found.statistics[k].name == table.variables[k].name);
      CHECK(found.statistics[k].entry == table.variables[k].entry);
      CHECK(found.statistics[k].by_city == table.variables[k].by_city);
      CHECK_MESSAGE(same(found.statistics[k].values, table.values[k]), found.statistics[k].name);
    }
    CHECK(found.statistics[3].classes == std::vector<std::string>{"never", "early"});
    CHECK(found.too_large.empty());
  }
}

TEST_CASE("a file that holds no statistics, or others than it says, is refused with its name") {
  Sample const sample(1);
  Scratch const scratch;
  write_fit_file(sample_fits(), sample_fit_options(scratch / "f.h5"));
  CHECK(error_of([&] {
          (void)read_statistics_file(scratch / "f.h5");
        }).ends_with("f.h5: holds no statistics, a file that hansa stats wrote was expected"));
  for (auto const& [name, other, problem] :
       {std::array{"seen", "alike", "the variable 'seen' is of an unknown kind"},
        std::array{"lat", "time", "the variable 'lat' does not have the lengths of its dimensions"}}) {
    fs::path const file = scratch / (std::string(name) + ".h5");
    write_table(file, sample, false);
    std::string const bytes = bytes_of(file);
    write_bytes(file, bytes.substr(0, bytes.size() - seal_bytes));
    {
      H5Quiet const quiet;
      H5File const h5(H5Fopen(file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), "open");
      if (std::string_view(name) == "seen") {
        H5Dataset const seen(H5Dopen2(h5.id(), name, H5P_DEFAULT), "open");
        REQUIRE(H5Adelete(seen.id(), "statistic") >= 0);
        h5_set_text(seen.id(), "statistic", "gossip");
      } else {
        REQUIRE(H5Ldelete(h5.id(), name, H5P_DEFAULT) >= 0);
        REQUIRE(H5Lcreate_hard(h5.id(), other, h5.id(), name, H5P_DEFAULT, H5P_DEFAULT) >= 0);
      }
    }
    append_seal(file);
    std::string const said = error_of([&] { (void)read_statistics_file(file); });
    CHECK_MESSAGE(said.find(problem) != std::string::npos, said);
  }
}
