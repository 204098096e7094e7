/// Tests of measures/moments.
#include "measures/moments.hpp"

#include <cmath>
#include <initializer_list>

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("mean, variance and interval by hand") {
  Moments moments;
  CHECK(std::isnan(moments.mean()));
  moments.add(1);
  CHECK(moments.mean() == 1);
  CHECK(std::isnan(moments.variance()));
  CHECK(std::isnan(moments.interval().low));
  for (double const each : {2.0, 6.0}) moments.add(each);
  CHECK(moments.count() == 3);
  CHECK(moments.mean() == 3);
  CHECK(moments.variance() == doctest::Approx(7));
  // t with 2 degrees of freedom is 4.302653 at 97.5 %.
  CHECK(moments.interval().high == doctest::Approx(3 + 4.302653 * std::sqrt(7.0 / 3)).epsilon(1e-6));
  CHECK(moments.interval().low == doctest::Approx(6 - moments.interval().high));
}

TEST_CASE("equal numbers vary by exactly nothing") {
  Moments moments;
  for (int k = 0; k < 1000; ++k) moments.add(0.1);
  CHECK(moments.variance() == 0);
  CHECK(moments.interval().low == moments.interval().high);
}

TEST_CASE("a large offset takes no digits from the variance") {
  Moments moments;
  for (double const each : {4.0, 7.0, 13.0, 16.0}) moments.add(1e9 + each);
  CHECK(moments.variance() == 30);
}
