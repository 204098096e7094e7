/// Numbers of failures before a success.
#include "world/skips.hpp"

#include <cmath>
#include <vector>

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("gaps are geometric") {
  // Each count within 5 standard deviations: false-alarm rate below 1e-5.
  int const draws = 20000;
  for (double p : {0.9, 0.3, 0.01}) {
    std::vector<int> count(8, 0);
    double sum = 0;
    Skips skips(3, 4, p);
    for (int k = 0; k < draws; ++k) {
      std::uint64_t const gap = skips.next();
      if (gap < count.size()) ++count[gap];
      sum += static_cast<double>(gap);
    }
    for (std::size_t gap = 0; gap < count.size(); ++gap) {
      double const share = p * std::pow(1 - p, static_cast<double>(gap));
      CHECK(std::fabs(count[gap] - draws * share) <= 5 * std::sqrt(draws * share));
    }
    CHECK(std::fabs(sum / draws - (1 - p) / p) < 5 * std::sqrt((1 - p) / draws) / p);
  }
}

TEST_CASE("certain and all but impossible successes") {
  Skips always(1, 2, 1);
  Skips never(1, 2, 5e-324);
  for (int k = 0; k < 100; ++k) {
    CHECK(always.next() == 0);
    CHECK(never.next() == std::uint64_t{1} << 62);
  }
}

TEST_CASE("numbers below a count are alike") {
  std::vector<int> count(7, 0);
  for (std::uint64_t k = 0; k < 70000; ++k) ++count[below(mix64(k + 1), 7)];
  for (int each : count) CHECK(std::abs(each - 10000) < 5 * std::sqrt(10000 * 6 / 7.0));
  CHECK(below(~std::uint64_t{0}, 10) == 9);
  CHECK(below(0, 10) == 0);
}
