/// Trends by hand.
#include "model/trend.hpp"

#include <doctest/doctest.h>

using namespace hansa;

namespace {
Clock const clock_of_six{2000, 2005, "year"};

Trend trend_of(Trend::Form form, std::vector<double> coefficients, std::vector<double> knots = {}) {
  Trend trend;
  trend.form = form;
  trend.coefficients = std::move(coefficients);
  trend.knots = std::move(knots);
  return trend;
}
}  // namespace

TEST_CASE("no trend, and log time, have no values of their own") {
  CHECK(trend_values({}, clock_of_six).empty());
  CHECK(trend_values(trend_of(Trend::Form::log_time, {1}), clock_of_six).empty());
}

TEST_CASE("a polynomial in time since the start") {
  auto const values = trend_values(trend_of(Trend::Form::polynomial, {0.5, -0.1}), clock_of_six);
  REQUIRE(values.size() == 6);
  CHECK(values[0] == 0);
  CHECK(values[1] == doctest::Approx(0.4));
  CHECK(values[3] == doctest::Approx(0.6));
}

TEST_CASE("periods act in their year only") {
  Trend trend = trend_of(Trend::Form::periods, {});
  trend.periods = {{2002, 1.5}, {2005, -1}};
  CHECK(trend_values(trend, clock_of_six) == std::vector<double>{0, 0, 1.5, 0, 0, -1});
}

TEST_CASE("a restricted cubic spline is linear outside its knots and smooth inside") {
  Clock const clock{1990, 2029, "year"};
  auto const values = trend_values(trend_of(Trend::Form::spline, {0.1, 2, -1}, {2000, 2005, 2010, 2015}), clock);
  auto const second_difference = [&](std::size_t t) { return values[t + 1] - 2 * values[t] + values[t - 1]; };
  for (std::size_t t = 1; t <= 9; ++t) CHECK(second_difference(t) == doctest::Approx(0).epsilon(1e-12));
  for (std::size_t t = 27; t <= 38; ++t) CHECK(second_difference(t) == doctest::Approx(0).scale(1).epsilon(1e-9));
  CHECK(std::abs(second_difference(15)) > 1e-3);
  CHECK(values[5] == doctest::Approx(0.5));
  // By hand at 2005: 0.1·15 + 2·(5³/15²).
  CHECK(values[15] == doctest::Approx(1.5 + 2 * 125.0 / 225));
}
