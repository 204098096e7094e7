/// Designs of folds, and groups that they do not know.
#include "inference/fold_designs.hpp"

#include <doctest/doctest.h>

#include "engine/inference/observed_rows.hpp"

using namespace hansa;

namespace {

using Columns = std::vector<std::pair<std::string, std::vector<double>>>;

/// Three countries of four rows each; X is what the others are compared with.
Design three_countries(std::vector<std::uint8_t> event) {
  std::vector<double> y(12, 0), z(12, 0), size;
  for (std::size_t r = 0; r < 12; ++r) {
    if (r / 4 == 1) y[r] = 1;
    if (r / 4 == 2) z[r] = 1;
    size.push_back(static_cast<double>(r));
  }
  return test::rows_of({{"baseline", std::vector<double>(12, 1)}, {"country_Y", y}, {"country_Z", z}, {"size", size}},
                       std::move(event));
}

std::vector<Family> const of_countries = {Family::none, Family::country, Family::country, Family::none};

}  // namespace

TEST_CASE("a country without an adoption among the fitted rows leaves them, and is not predicted") {
  Design const design = three_countries({1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1});
  Fold const fold{"", {0, 1, 2, 4, 5, 8, 9, 10}, {3, 6, 7, 11}};
  FoldDesigns const found = fold_designs(design, of_countries, fold, LeaveOut::cities);
  CHECK(found.training.names == std::vector<std::string>{"baseline", "country_Z", "size"});
  CHECK(found.training.rows() == 6);  // those of Y are gone
  CHECK(found.test.rows() == 4);
  CHECK(found.test.names == found.training.names);
  CHECK(found.scored == std::vector<std::uint8_t>{1, 0, 0, 1});
  CHECK(found.test.x(3, 1) == 1);
  CHECK(found.test.x(3, 2) == 11);
}

TEST_CASE("if that is the country of comparison, the next takes its place") {
  Design const design = three_countries({0, 0, 0, 1, 1, 0, 1, 0, 1, 0, 0, 1});
  Fold const fold{"", {0, 1, 2, 4, 5, 8, 9, 10}, {3, 6, 7, 11}};
  FoldDesigns const found = fold_designs(design, of_countries, fold, LeaveOut::cities);
  CHECK(found.training.names == std::vector<std::string>{"baseline", "country_Z", "size"});
  CHECK(found.training.rows() == 5);  // of Y and Z
  CHECK(found.scored == std::vector<std::uint8_t>{0, 1, 1, 1});
}

TEST_CASE("a trial with a row that cannot be predicted is not scored at all") {
  Design design = three_countries({1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1});
  design.spell[3] = design.spell[4] = design.spell[5] = design.spell[6] = 0;
  Fold const fold{"", {0, 1, 2, 8, 9, 10}, {3, 4, 5, 6, 7, 11}};
  CHECK(fold_designs(design, of_countries, fold, LeaveOut::cities).scored ==
        std::vector<std::uint8_t>{0, 0, 0, 0, 0, 1});
}

TEST_CASE("policies that are left out are predicted with the baseline that the others share") {
  Design design = test::rows_of({{"baseline_a", {1, 1, 0, 0, 0, 0}},
                                 {"baseline_b", {0, 0, 1, 1, 0, 0}},
                                 {"baseline_c", {0, 0, 0, 0, 1, 1}},
                                 {"size", {1, 2, 3, 4, 5, 6}}},
                                {1, 0, 1, 0, 1, 0});
  design.policy = {0, 0, 1, 1, 2, 2};
  std::vector<Family> const families = {Family::baseline, Family::baseline, Family::baseline, Family::none};
  Fold const fold{"c", {0, 1, 2, 3}, {4, 5}};
  FoldDesigns const found = fold_designs(design, families, fold, LeaveOut::policies);
  CHECK(found.training.names == std::vector<std::string>{"baseline", "size"});
  CHECK(found.training.x.col(0) == Eigen::VectorXd::Ones(4));
  CHECK(found.test.x.col(0) == Eigen::VectorXd::Ones(2));
  CHECK(found.test.x(1, 1) == 6);
  CHECK(found.scored == std::vector<std::uint8_t>{1, 1});
  // Where cities or years are left out, each keeps its own, and one that did not begin yet is not predicted.
  FoldDesigns const years = fold_designs(design, families, fold, LeaveOut::years);
  CHECK(years.training.names == std::vector<std::string>{"baseline_a", "baseline_b", "size"});
  CHECK(years.scored == std::vector<std::uint8_t>{0, 0});
}

TEST_CASE("families follow from the kinds of coefficients, never from names") {
  ObservedDesign observed;
  observed.coefficients = {{{"policies.a.baseline"}, "", CoefficientKind::baseline},
                           {{"policies.b.baseline"}, "", CoefficientKind::baseline},
                           {{"policies.a.trend.periods.2008"}, "", CoefficientKind::period},
                           {{"policies.a.attributes.country.DEU"}, "", CoefficientKind::country},
                           {{"policies.a.attributes.country_size"}, "", CoefficientKind::slope, "country_size"},
                           {{"policies.a.mechanisms.baseline.strength"}, "baseline", CoefficientKind::strength}};
  CHECK(families_of(observed) == std::vector<Family>{Family::baseline, Family::baseline, Family::period,
                                                     Family::country, Family::none, Family::none});
  observed.coefficients.erase(observed.coefficients.begin());
  CHECK(families_of(observed)[0] == Family::none);  // one for all is no group
}
