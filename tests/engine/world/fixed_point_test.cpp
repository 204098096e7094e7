/// Units of weights: decimals as written, else a power of two.
#include "world/fixed_point.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

/// One row a tie.
FixedPoint convert(std::vector<double> const& weights) {
  std::vector<std::size_t> first(weights.size() + 1);
  for (std::size_t k = 0; k < first.size(); ++k) first[k] = k;
  return to_fixed_point(weights, first);
}

}  // namespace

TEST_CASE("decimals of at most six places take the smallest power of ten that holds them") {
  CHECK(convert({1, 1}).unit == 1);
  CHECK(convert({3, 70}).weights == std::vector<std::uint32_t>{3, 70});
  FixedPoint const tenths = convert({0.1, 0.2, 0.3, 2});
  CHECK(tenths.unit == 0.1);
  CHECK(tenths.weights == std::vector<std::uint32_t>{1, 2, 3, 20});
  FixedPoint const millionths = convert({0.000001, 0.123456, 4294.967295});
  CHECK(millionths.unit == 1e-6);
  CHECK(millionths.weights == std::vector<std::uint32_t>{1, 123456, 4294967295u});
}

TEST_CASE("duplicates add as decimals, not as doubles") {
  std::vector<double> const weights{0.1, 0.2, 0.3};
  std::vector<std::size_t> const first{0, 2, 3};
  FixedPoint const sum = to_fixed_point(weights, first);
  CHECK(sum.unit == 0.1);
  CHECK(sum.weights == std::vector<std::uint32_t>{3, 3});
  CHECK(0.1 + 0.2 != 0.3);  // what adding doubles would have made of them
}

TEST_CASE("anything else takes a power of two, with the largest near 2^24") {
  for (std::vector<double> const& weights :
       {std::vector<double>{0.1, 1 / 3.0}, {0.1 + 0.2, 1}, {1e-7}, {4294.967296, 0.000001}, {5e9, 1}, {1e300, 1e299}}) {
    CAPTURE(weights.front());
    FixedPoint const fixed = convert(weights);
    int exponent = 0;
    CHECK(std::frexp(fixed.unit, &exponent) == 0.5);
    std::uint32_t top = 0;
    for (std::size_t k = 0; k < weights.size(); ++k) {
      top = std::max(top, fixed.weights[k]);
      CHECK(std::abs(fixed.weights[k] * fixed.unit - weights[k]) <= fixed.unit / 2);
    }
    CHECK(top >= (1u << 23));
    CHECK(top <= (1u << 24));
  }
}

TEST_CASE("weights that vanish beside the largest round to nothing, and the smallest double survives alone") {
  CHECK(convert({1 / 3.0, 1e-9}).weights[1] == 0);
  FixedPoint const least = convert({5e-324});
  CHECK(least.unit == 5e-324);
  CHECK(least.weights == std::vector<std::uint32_t>{1});
}

TEST_CASE("a sum of decimals that does not fit 32 bits changes the unit") {
  std::vector<double> const weights{4e9, 4e9};
  std::vector<std::size_t> const first{0, 2};
  FixedPoint const sum = to_fixed_point(weights, first);
  CHECK(sum.unit == 512);
  CHECK(sum.weights == std::vector<std::uint32_t>{15625000});
}
