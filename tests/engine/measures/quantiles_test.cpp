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

TEST_CASE("a Distribution has the quantiles and the mean of its values, in whatever order they came") {
  std::vector<std::int64_t> values;
  for (std::int64_t i = 0; i < 137; ++i) values.push_back((i * i * 31) % 23 - 5);
  hansa::Distribution forward, backward;
  for (std::int64_t const v : values) forward.add(v);
  std::reverse(values.begin(), values.end());
  for (std::int64_t const v : values) backward.add(v);
  CHECK(forward.counts() == backward.counts());
  CHECK(forward.count() == 137);

  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  double sum = 0;
  for (double const v : sorted) sum += v;
  CHECK(forward.mean() == sum / 137);
  for (double p = 0; p <= 1.0; p += 0.0078125) {
    CHECK(forward.quantile(p) == hansa::quantile(sorted, p));
    CHECK(forward.quantile(p) == backward.quantile(p));
  }
}

TEST_CASE("an empty Distribution has no mean and no quantile") {
  hansa::Distribution const none;
  CHECK(none.count() == 0);
  CHECK(std::isnan(none.mean()));
  CHECK(std::isnan(none.quantile(0.5)));
}

}  // namespace
