/// Fading by hand.
#include "mechanisms/exposure_fading.hpp"

#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>

using hansa::Fading;
using hansa::spare_bits;

TEST_CASE("whole half-lives halve exactly") {
  Fading const year(1);
  CHECK(year.later(1024) == 512);
  CHECK(year.at_age(3)(1024) == 128);
  CHECK(year.at_age(0)(1023) == 1023);
  CHECK(year.at_age(64)(std::uint64_t{1} << 63) == 1);  // half a unit rounds up
  CHECK(year.at_age(100)(std::uint64_t{1} << 63) == 0);
}

TEST_CASE("half-lives of several steps halve as far as the share of a step is known") {
  Fading const decade(10);
  CHECK(static_cast<double>(decade.at_age(20)(std::uint64_t{1} << 62)) ==
        doctest::Approx(0x1p60).epsilon(20 * 0x1p-53));
}

TEST_CASE("step by step and at once agree to a unit a step") {
  for (double half_life : {0.3, 2.5, 7.0, 1000.0, 1e12}) {
    Fading const fading(half_life);
    std::uint64_t const whole = std::uint64_t{3} << 60;
    std::uint64_t sum = whole;
    for (int age = 1; age <= 40; ++age) {
      sum = fading.later(sum);
      std::uint64_t const at_once = fading.at_age(age)(whole);
      CHECK(std::max(sum, at_once) - std::min(sum, at_once) <= 2u * static_cast<unsigned>(age));
      double const expected = 0x3p60 * std::exp2(-age / half_life);
      if (expected > 1e6) CHECK(static_cast<double>(sum) == doctest::Approx(expected).epsilon(1e-6));
    }
  }
}

TEST_CASE("without a half-life nothing fades; a tiny one leaves nothing") {
  CHECK_FALSE(Fading().fades());
  CHECK(Fading().at_age(50)(7) == 7);
  CHECK(Fading(1e-300).later(1000) == 0);
  CHECK(Fading(1e300).later(1000) == 1000);
}

TEST_CASE("sums are raised as far as they fit") {
  CHECK(spare_bits(1) == 61);
  CHECK(spare_bits(255) == 54);
  CHECK(spare_bits(256) == 53);
  CHECK(spare_bits(~std::uint64_t{0}) == 0);
}
