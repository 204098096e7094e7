/// Tests of measures/replicate_statistics by hand.
#include "measures/replicate_statistics.hpp"

#include <array>
#include <cmath>
#include <limits>

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("missing numbers are counted, and are in no mean") {
  double const none = std::numeric_limits<double>::quiet_NaN();
  std::array values{4.0, none, 1.0, 3.0, none, 2.0};
  std::array<double, 2> quantiles{};
  auto const found = replicate_statistics(values, std::array{0.0, 50.0}, quantiles);
  CHECK(found.mean == 2.5);
  CHECK(found.sd == doctest::Approx(std::sqrt(5.0 / 3)));
  CHECK(found.se == doctest::Approx(std::sqrt(5.0 / 3) / 2));
  CHECK(found.missing == 2);
  CHECK(quantiles[0] == 1);
  CHECK(quantiles[1] == 2.5);
}

TEST_CASE("too few numbers have no mean, or no spread") {
  std::array<double, 1> quantiles{};
  std::array one{2.0};
  auto const alone = replicate_statistics(one, std::array{50.0}, quantiles);
  CHECK(alone.mean == 2);
  CHECK(std::isnan(alone.sd));
  CHECK(std::isnan(alone.se));
  auto const nobody = replicate_statistics({}, std::array{50.0}, quantiles);
  CHECK(std::isnan(nobody.mean));
  CHECK(std::isnan(quantiles[0]));
  CHECK(nobody.missing == 0);
}
