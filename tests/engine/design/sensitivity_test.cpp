/// Tests of design/sensitivity: one analysis from table to warnings.
#include "design/sensitivity.hpp"

#include <cmath>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "functions.hpp"
#include "samples.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

/// A row for each point and replicate, with columns point, replicate, x1 …, Y.
Table table_of_runs(Sampled const& sampled) {
  std::vector<std::string> header = {"point", "replicate"}, cells;
  for (std::string const& each : sampled.inputs) header.push_back(each);
  header.emplace_back("Y");
  for (std::size_t k = 0; k < sampled.points; ++k)
    for (std::size_t r = 0; r < sampled.replicates; ++r) {
      cells.push_back(std::to_string(k));
      cells.push_back(std::to_string(r));
      for (auto const& column : sampled.columns) cells.push_back(fmt::format("{}", column[k]));
      cells.push_back(fmt::format("{}", sampled.output(k, r)));
    }
  return table_of("t.csv", header, cells);
}

Sensitivity analysed(Sampled const& sampled, SensitivityMethod method) {
  SensitivityOptions options;
  options.method = method;
  options.draws = 100;
  options.interest = Interest{Interest::Side::at_least, 8};
  Complaints complaints;
  Sensitivity made = analyse(table_of_runs(sampled), sampled.inputs, "Y", options, complaints);
  complaints.throw_if_any();
  return made;
}

bool warns_of(Sensitivity const& made, std::string_view words) {
  for (std::string const& each : made.warnings)
    if (each.find(words) != std::string::npos) return true;
  return false;
}

}  // namespace

TEST_CASE("a table of runs is analysed as its sample") {
  Luck const luck = [](std::size_t k, std::size_t r) { return normal_luck(1, k, r); };
  Sampled const sampled = sampled_of(saltelli_points(keys_of(3), 64, true), ishigami, 3, luck);
  Sensitivity const made = analysed(sampled, SensitivityMethod::saltelli);
  auto const& report = std::get<SobolReport>(made.result);
  Complaints complaints;
  SobolIndices const own = sobol_indices(sampled, saltelli_rows(sampled, complaints));
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(report.first[i].value == own.first[i]);
    CHECK(report.total[i].value == own.total[i]);
    CHECK(report.total[i].low < own.total[i]);
    CHECK(std::fabs(report.total[i].high + report.total[i].low - 2 * own.total[i]) < 1e-12);
  }
  CHECK(report.second.size() == 9);
  REQUIRE(report.before.size() == 3);
  CHECK(report.before[0].first == 8);
  CHECK(report.before[2].first == 32);
  REQUIRE(report.of_means);
  CHECK(report.of_means->total[2] != own.total[2]);
  REQUIRE(made.parts);
  CHECK(made.replicates == 3);
}

TEST_CASE("what has no intervals is warned of") {
  Luck const luck = [](std::size_t k, std::size_t r) { return normal_luck(1, k, r); };
  UnitColumns const points = saltelli_points(keys_of(3), 256, false);
  Sensitivity const two = analysed(sampled_of(points, ishigami, 2, luck), SensitivityMethod::saltelli);
  CHECK(warns_of(two, "there are no intervals: of 2 replicates none can be left out"));
  CHECK(std::isnan(std::get<SobolReport>(two.result).total[0].low));
  CHECK_FALSE(warns_of(analysed(sampled_of(points, ishigami, 3, luck), SensitivityMethod::saltelli), "no intervals"));
}

TEST_CASE("few points warn that nothing has converged, many do not") {
  CHECK(warns_of(analysed(sampled_of(independent_saltelli(3, 16, false, 3), ishigami), SensitivityMethod::saltelli),
                 "has not converged"));
  CHECK(analysed(sampled_of(saltelli_points(keys_of(3), 4096, false), g_function), SensitivityMethod::saltelli)
            .warnings.empty());
}

TEST_CASE("negative indices, measures that do not vary and noise are warned of") {
  bool negative = false;
  for (std::uint64_t seed = 1; seed < 20 && !negative; ++seed)
    negative =
        warns_of(analysed(sampled_of(independent_saltelli(3, 32, false, seed), ishigami), SensitivityMethod::saltelli),
                 "which no share of a variance is");
  CHECK(negative);
  auto const flat = [](auto const&) { return 1.0; };
  CHECK(warns_of(analysed(sampled_of(saltelli_points(keys_of(2), 8, false), flat), SensitivityMethod::saltelli),
                 "does not vary between points"));
  Luck const loud = [](std::size_t k, std::size_t r) { return 100 * normal_luck(1, k, r); };
  CHECK(warns_of(
      analysed(sampled_of(saltelli_points(keys_of(3), 64, false), ishigami, 2, loud), SensitivityMethod::saltelli),
      "more replicates are needed"));
}

TEST_CASE("the other methods find what is there") {
  Sensitivity const screened =
      analysed(sampled_of(morris_points(keys_of(6), 50, 4), g_function), SensitivityMethod::morris);
  auto const& effects = std::get<MorrisReport>(screened.result).effects;
  CHECK(effects.mu_star[0] > effects.mu_star[1]);
  CHECK(effects.mu_star[1] > effects.mu_star[3]);
  Sensitivity const regressed =
      analysed(sampled_of(latin_hypercube(keys_of(3), 100), ishigami), SensitivityMethod::regression);
  CHECK(std::get<RegressionEffects>(regressed.result).standardized[0] > 0.3);
  CHECK(warns_of(regressed, "a straight line in every input explains"));
  Sensitivity const found = analysed(sampled_of(sobol_points(keys_of(3), 1024), ishigami), SensitivityMethod::prim);
  auto const& report = std::get<PrimReport>(found.result);
  CHECK(report.hits > 60);
  CHECK(report.boxes[0].limits[0].input == 0);
}

TEST_CASE("values are of interest on their side of a limit") {
  using Side = Interest::Side;
  CHECK(Interest{Side::at_least, 2}.holds(2));
  CHECK_FALSE(Interest{Side::above, 2}.holds(2));
  CHECK(Interest{Side::at_most, 2}.holds(2));
  CHECK_FALSE(Interest{Side::below, 2}.holds(2));
  CHECK(Interest{Side::below, 2}.holds(1));
  CHECK_FALSE(Interest{Side::at_least, 2}.holds(1));
}
