/// Tests of design/unit_points: what each design is made of, and which keep their first points.
#include "design/unit_points.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <doctest/doctest.h>

#include "samples.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

bool begins_with(UnitColumns const& more, UnitColumns const& fewer) {
  for (std::size_t d = 0; d < fewer.size(); ++d)
    if (!std::equal(fewer[d].begin(), fewer[d].end(), more[d].begin())) return false;
  return true;
}

}  // namespace

TEST_CASE("designs that can be extended keep their first points") {
  CHECK(begins_with(random_points(keys_of(3), 100), random_points(keys_of(3), 40)));
  CHECK(begins_with(sobol_points(keys_of(3), 100), sobol_points(keys_of(3), 40)));
  CHECK(begins_with(saltelli_points(keys_of(3), 64, true), saltelli_points(keys_of(3), 16, true)));
  CHECK(begins_with(morris_points(keys_of(3), 50, 4), morris_points(keys_of(3), 20, 4)));
  CHECK(begins_with(radial_points(keys_of(3), 50), radial_points(keys_of(3), 20)));
  CHECK_FALSE(begins_with(latin_hypercube(keys_of(3), 50), latin_hypercube(keys_of(3), 20)));
}

TEST_CASE("a dimension that is added moves no random point, and another seed moves all") {
  CHECK(begins_with(random_points(keys_of(5), 40), random_points(keys_of(3), 40)));
  CHECK(random_points(keys_of(3), 40) == random_points(keys_of(3), 40));
  CHECK(random_points(keys_of(3, 5), 40) != random_points(keys_of(3, 6), 40));
  CHECK(sobol_points(keys_of(3, 5), 40) != sobol_points(keys_of(3, 6), 40));
}

TEST_CASE("a Saltelli design is A, AB, BA and B") {
  constexpr std::size_t dimensions = 3, stride = 2 * dimensions + 2;
  UnitColumns const x = saltelli_points(keys_of(dimensions), 32, true);
  UnitColumns const first = saltelli_points(keys_of(dimensions), 32, false);
  for (std::size_t n = 0; n < 32; ++n)
    for (std::size_t d = 0; d < dimensions; ++d) {
      double const a = x[d][n * stride], b = x[d][n * stride + stride - 1];
      CHECK(a != b);
      for (std::size_t i = 0; i < dimensions; ++i) {
        CHECK(x[d][n * stride + 1 + i] == (i == d ? b : a));
        CHECK(x[d][n * stride + 1 + dimensions + i] == (i == d ? a : b));
        CHECK(first[d][n * (dimensions + 2) + 1 + i] == (i == d ? b : a));
      }
      CHECK(first[d][n * (dimensions + 2)] == a);
      CHECK(first[d][n * (dimensions + 2) + dimensions + 1] == b);
    }
}

TEST_CASE("A and B of 2^m base points have one point in each stratum") {
  UnitColumns const x = saltelli_points(keys_of(4), 64, false);
  for (auto const& column : x)
    for (std::size_t const row : {0, 5}) {
      std::vector<int> count(64, 0);
      for (std::size_t n = 0; n < 64; ++n) ++count[static_cast<std::size_t>(column[n * 6 + row] * 64)];
      CHECK(std::ranges::count(count, 1) == 64);
    }
}

TEST_CASE("trajectories step once in each coordinate, by half of the levels") {
  constexpr std::size_t dimensions = 5, block = dimensions + 1;
  for (std::int64_t const levels : {2, 4, 10}) {
    double const delta = static_cast<double>(levels) / (2 * static_cast<double>(levels - 1));
    UnitColumns const x = morris_points(keys_of(dimensions), 200, levels);
    std::vector<std::vector<int>> first(dimensions, std::vector<int>(dimensions, 0));
    for (std::size_t t = 0; t < 200; ++t) {
      std::vector<int> steps(dimensions, 0);
      for (std::size_t k = 0; k < dimensions; ++k) {
        int changed = 0;
        for (std::size_t d = 0; d < dimensions; ++d) {
          double const before = x[d][t * block + k], after = x[d][t * block + k + 1];
          CHECK(std::fabs(before * static_cast<double>(levels - 1) -
                          std::round(before * static_cast<double>(levels - 1))) < 1e-12);
          if (before == after) continue;
          CHECK(std::fabs(std::fabs(after - before) - delta) < 1e-12);
          ++changed;
          ++steps[d];
          ++first[k][d];
        }
        CHECK(changed == 1);
      }
      CHECK(std::ranges::count(steps, 1) == dimensions);
    }
    // In each turn each coordinate comes in about 40 of 200: below 15 or above 70 with chance 1e-5.
    for (auto const& turn : first)
      for (int const count : turn) CHECK((count > 15 && count < 70));
  }
}

TEST_CASE("all levels of Morris's grid are as likely") {
  UnitColumns const x = morris_points(keys_of(3), 4000, 4);
  for (auto const& column : x) {
    std::vector<double> count(4, 0);
    for (std::size_t t = 0; t < 4000; ++t) ++count[static_cast<std::size_t>(std::lround(column[t * 4] * 3))];
    double chi = 0;
    for (double const each : count) chi += (each - 1000) * (each - 1000) / 1000;
    CHECK(chi < 21.1);  // 3 degrees of freedom: above with chance 1e-4
  }
}

TEST_CASE("radial blocks differ from their first point in one coordinate each") {
  UnitColumns const x = radial_points(keys_of(3), 30);
  for (std::size_t n = 0; n < 30; ++n)
    for (std::size_t k = 1; k <= 3; ++k)
      for (std::size_t d = 0; d < 3; ++d) CHECK((x[d][n * 4 + k] != x[d][n * 4]) == (k == d + 1));
}

TEST_CASE("random points are uniform and coordinates do not depend on each other") {
  UnitColumns const x = random_points(keys_of(2), 20000);
  double sum = 0, square = 0, product = 0;
  for (std::size_t k = 0; k < 20000; ++k) {
    sum += x[0][k] - 0.5;
    square += (x[0][k] - 0.5) * (x[0][k] - 0.5);
    product += (x[0][k] - 0.5) * (x[1][k] - 0.5);
  }
  // Within four standard errors: chance of a false alarm 6e-5 each.
  CHECK(std::fabs(sum / 20000) < 4 * 0.2887 / 141.42);
  CHECK(std::fabs(square / 20000 - 1.0 / 12) < 4 * 0.0745 / 141.42);
  CHECK(std::fabs(product / 20000) < 4 / 12.0 / 141.42);
}
