/// Quantiles from frequencies against those of the values themselves.
#include "tell/frequencies.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "measures/quantiles.hpp"

using namespace hansa;

TEST_CASE("no values have no quantile, one value is all of them") {
  Frequencies none;
  CHECK(std::isnan(none.quantile(0.5)));
  none.add(-3);
  CHECK(none.quantile(0.05) == -3);
  CHECK(none.quantile(1) == -3);
}

TEST_CASE("frequencies give the quantiles of the sorted values, repeated ones included") {
  Frequencies frequencies;
  std::vector<double> values;
  std::uint32_t state = 12345;
  for (int n = 1; n <= 60; ++n) {
    state = state * 1664525u + 1013904223u;
    auto const value = static_cast<std::int32_t>(state >> 28) - 8;
    frequencies.add(value);
    values.push_back(value);
    std::sort(values.begin(), values.end());
    for (double const p : {0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0}) {
      CHECK(frequencies.quantile(p) == doctest::Approx(quantile(values, p)));
    }
  }
  CHECK(frequencies.count() == 60);
}
