/// Tests of measures/nested_moments: without draws nothing else than Moments, with draws an interval over draws.
#include "measures/nested_moments.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "base/student.hpp"

using namespace hansa;

TEST_CASE("without draws the interval is that of independent numbers, to the bit") {
  NestedMoments nested;
  Moments plain;
  for (int k = 0; k < 30; ++k) {
    double const value = 0.1 * (k * k % 17);
    nested.add(value);
    plain.add(value);
  }
  CHECK(nested.interval().low == plain.interval().low);
  CHECK(nested.interval().high == plain.interval().high);
  CHECK(nested.variance() == plain.variance());
  CHECK_FALSE(nested.interval().draws);
}

TEST_CASE("numbers of one draw count together") {
  NestedMoments nested;
  // Draw means 1, 2, 6 of two each: mean 3, their variance 7, the error √(7/3).
  for (double const each : {0.0, 2.0}) nested.add(each, 0);
  for (double const each : {2.0, 2.0}) nested.add(each, 1);
  for (double const each : {5.0, 7.0}) nested.add(each, 4);
  Interval const found = nested.interval();
  CHECK(found.mean == doctest::Approx(3));
  double const half = flat::inverse_student(0.975, 2) * std::sqrt(7.0 / 3);
  CHECK(found.low == doctest::Approx(3 - half));
  CHECK(found.high == doctest::Approx(3 + half));
  REQUIRE(found.draws);
  CHECK(found.draws->share > 0.5);
}

TEST_CASE("one draw tells no error, and nothing differs by exactly nothing") {
  NestedMoments one, zero;
  for (int k = 0; k < 5; ++k) one.add(k, 7);
  CHECK(std::isnan(one.interval().low));
  CHECK(one.interval().mean == 2);
  for (int k = 0; k < 20; ++k) zero.add(0, k / 4);
  Interval const found = zero.interval();
  CHECK((found.mean == 0 && found.low == 0 && found.high == 0 && found.draws->low == 0 && found.draws->high == 0));
}
