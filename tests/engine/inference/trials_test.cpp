/// Rows and spells as trials.
#include "inference/trials.hpp"

#include <doctest/doctest.h>

#include "engine/inference/observed_rows.hpp"

using namespace hansa;

TEST_CASE("the rows of an interval-censored adoption are one trial") {
  Design design = test::rows_of({{"baseline", {1, 1, 1, 1, 1}}}, {0, 0, 0, 1, 0});
  design.spell = {-1, 4, 4, 4, -1};
  design.city = {3, 7, 7, 7, 9};
  Eigen::VectorXd chances(5);
  chances << 0.1, 0.2, 0.5, 0.25, 0.3;
  Trials const trials = trials_of(design, chances);
  REQUIRE(trials.size() == 3);
  CHECK(trials.chance[0] == 0.1);
  CHECK(trials.chance[1] == doctest::Approx(1 - 0.8 * 0.5 * 0.75).epsilon(1e-14));
  CHECK(trials.chance[2] == 0.3);
  CHECK(trials.event == std::vector<std::uint8_t>{0, 1, 0});
  CHECK(trials.city == std::vector<Index>{3, 7, 9});
}

TEST_CASE("neighbouring spells stay apart, and a spell without a decision is so many rows") {
  Design design = test::rows_of({{"baseline", {1, 1, 1, 1}}}, {0, 1, 0, 0});
  design.spell = {0, 0, 1, 1};
  Eigen::VectorXd const chances = Eigen::VectorXd::Constant(4, 0.5);
  Trials const trials = trials_of(design, chances);
  REQUIRE(trials.size() == 3);
  CHECK(trials.chance[0] == doctest::Approx(0.75));
  CHECK(trials.chance[1] == 0.5);
  CHECK(trials.event == std::vector<std::uint8_t>{1, 0, 0});
}

TEST_CASE("a certain row makes its spell certain") {
  Design design = test::rows_of({{"baseline", {1, 1}}}, {0, 1});
  design.spell = {0, 0};
  Eigen::VectorXd chances(2);
  chances << 1, 0.5;
  CHECK(trials_of(design, chances).chance == std::vector<double>{1});
}
