/// Polynomials, periods and restricted cubic splines of time.
#include "model/trend.hpp"

#include <cstddef>

namespace hansa {

namespace {

double polynomial_at(std::vector<double> const& coefficients, double x) {
  double y = 0;
  for (std::size_t k = coefficients.size(); k > 0; --k) y = (y + coefficients[k - 1]) * x;
  return y;
}

double positive_cube(double x) {
  return x > 0 ? x * x * x : 0;
}

double spline_at(Trend const& trend, double label, double start) {
  std::vector<double> const& k = trend.knots;
  std::size_t const m = k.size();
  double const last = k[m - 1];
  double const before = k[m - 2];
  double y = trend.coefficients[0] * (label - start);
  for (std::size_t j = 0; j + 2 < m; ++j) {
    double const x = positive_cube(label - k[j]) - positive_cube(label - before) * (last - k[j]) / (last - before) +
                     positive_cube(label - last) * (before - k[j]) / (last - before);
    y += trend.coefficients[j + 1] * (x / ((last - k[0]) * (last - k[0])));
  }
  return y;
}

double value_at(Trend const& trend, std::int32_t label, Clock const& clock) {
  switch (trend.form) {
    case Trend::Form::polynomial:
      return polynomial_at(trend.coefficients, double(label) - clock.start);
    case Trend::Form::spline:
      return spline_at(trend, label, clock.start);
    case Trend::Form::periods: {
      auto const found = trend.periods.find(label);
      return found == trend.periods.end() ? 0 : found->second;
    }
    case Trend::Form::none:
    case Trend::Form::log_time:
      break;
  }
  return 0;
}

}  // namespace

std::vector<double> trend_values(Trend const& trend, Clock const& clock) {
  if (trend.form == Trend::Form::none || trend.form == Trend::Form::log_time) return {};
  std::vector<double> values;
  for (std::int32_t step = 1; step <= clock.steps(); ++step) {
    values.push_back(value_at(trend, clock.start + step - 1, clock));
  }
  return values;
}

}  // namespace hansa
