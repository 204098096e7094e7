/// Tests of quantiles against definition 7 of Hyndman & Fan (1996), worked by hand and as R prints them.
#include "measures/quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

namespace {

TEST_CASE("quantile interpolates between order statistics as R's type 7 does") {
  std::vector<double> const x = {1, 2, 4, 8};
  CHECK(hansa::quantile(x, 0) == 1);
  CHECK(hansa::quantile(x, 1) == 8);
  CHECK(hansa::quantile(x, 0.5) == 3);                      // quantile(c(1,2,4,8), 0.5)
  CHECK(hansa::quantile(x, 0.25) == 1.75);                  // h = 0.75
  CHECK(hansa::quantile(x, 0.95) == doctest::Approx(7.4));  // h = 2.85
  CHECK(hansa::quantile(std::vector<double>{7}, 0.05) == 7);
  CHECK(std::isnan(hansa::quantile({}, 0.5)));
}

TEST_CASE("quantiles rise with their probability and stay within the values") {
  std::vector<double> x;
  for (int i = 0; i < 137; ++i) x.push_back((i * i * 31) % 23 - 5);
  std::sort(x.begin(), x.end());
  double before = x.front();
  for (double p = 0; p <= 1.0; p += 0.0078125) {
    double const q = hansa::quantile(x, p);
    CHECK(q >= before);
    CHECK(q <= x.back());
    before = q;
  }
  CHECK(before == x.back());
}

}  // namespace
