/// Tests of measures/ratio_of_means: its ends are where the data begin to contradict the ratio, and it covers the
/// truth.
#include "measures/ratio_of_means.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "base/random.hpp"

using namespace hansa;

namespace {

/// A normal number by twelve uniform ones.
double normal(std::uint64_t sample, std::uint32_t number) {
  double sum = -6;
  for (std::uint32_t k = 0; k < 12; ++k) sum += draw_uniform(0x7a710, sample, 12 * number + k);
  return sum;
}

/// What is told of over − ratio · under.
Interval off(std::vector<double> const& over, std::vector<double> const& under, double ratio, std::int64_t per_draw) {
  NestedMoments moments;
  for (std::size_t r = 0; r < over.size(); ++r)
    moments.add(over[r] - ratio * under[r], per_draw > 0 ? static_cast<std::int64_t>(r) / per_draw : no_draw);
  return moments.interval();
}

}  // namespace

TEST_CASE("at its ends a ratio begins to contradict the numbers") {
  for (std::int64_t const per_draw : {0, 5}) {
    CAPTURE(per_draw);
    std::vector<double> over, under;
    RatioOfMeans ratio;
    for (std::uint32_t r = 0; r < 60; ++r) {
      under.push_back(10 + 2 * normal(1, r));
      over.push_back(1e6 * (3 + under.back() + normal(2, r)));
      ratio.add(over.back(), under.back(), per_draw > 0 ? r / per_draw : no_draw);
    }
    Interval const found = ratio.interval();
    CHECK(found.low < found.mean);
    CHECK(found.mean < found.high);
    CHECK(std::fabs(off(over, under, found.mean, per_draw).mean) < 1e-6);
    CHECK(std::fabs(off(over, under, found.low, per_draw).low) < 1e-3);
    CHECK(std::fabs(off(over, under, found.high, per_draw).high) < 1e-3);
  }
}

TEST_CASE("of a certain sum the ends are those of what it is divided by") {
  RatioOfMeans ratio;
  Moments under;
  for (std::uint32_t r = 0; r < 30; ++r) {
    double const each = 4 + normal(3, r);
    ratio.add(1000, each);
    under.add(each);
  }
  Interval const found = ratio.interval(), of = under.interval();
  CHECK(found.mean == doctest::Approx(1000 / of.mean));
  CHECK(found.low == doctest::Approx(1000 / of.high));
  CHECK(found.high == doctest::Approx(1000 / of.low));
}

TEST_CASE("what may be divided by nothing is not told") {
  RatioOfMeans none, one, near_zero, certain;
  CHECK(std::isnan(none.interval().mean));
  one.add(1, 2);
  CHECK(std::isnan(one.interval().mean));
  for (std::uint32_t r = 0; r < 30; ++r) {
    near_zero.add(1, 0.1 + normal(4, r));
    certain.add(12, 4);
  }
  CHECK(std::isnan(near_zero.interval().mean));
  CHECK(std::isnan(near_zero.interval().high));
  CHECK(certain.interval().mean == 3);
  CHECK(certain.interval().low == doctest::Approx(3));
  CHECK(certain.interval().high == doctest::Approx(3));
}

// Of normal numbers Fieller's interval is exact: 3000 samples miss the ratio 150 times, within ± 59 but for 1e-6 of all
// seeds.
TEST_CASE("it covers the ratio as often as it says") {
  int missed = 0;
  for (std::uint64_t sample = 0; sample < 3000; ++sample) {
    RatioOfMeans ratio;
    for (std::uint32_t r = 0; r < 12; ++r) {
      double const under = 5 + normal(100 + sample, 2 * r);
      ratio.add(30 + 2 * (under - 5) + normal(100 + sample, 2 * r + 1), under);
    }
    Interval const found = ratio.interval();
    missed += found.low <= 6 && 6 <= found.high ? 0 : 1;
  }
  CHECK(missed > 90);
  CHECK(missed < 210);
}
