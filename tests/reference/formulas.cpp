/// The formulas of the model, term by term as they stand in the literature.
#include "reference/formulas.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/flat_math.hpp"

namespace hansa::reference {

namespace {

double sigmoid(double x) {
  return 1.0 / (1.0 + flat::exp(-x));
}

double cubed_above(double x) {
  return x > 0 ? x * x * x : 0.0;
}

/// Restricted cubic spline (Harrell 2015, section 2.4.5): a linear part in t - start, and knots - 2 cubic parts in
/// units of the squared distance of the outer knots.
double spline(Trend const& trend, std::int32_t start, std::int32_t t) {
  auto const& k = trend.knots;
  std::size_t const last = k.size() - 1;
  double const width = k[last] - k[last - 1];
  double const scale = (k[last] - k[0]) * (k[last] - k[0]);
  double sum = trend.coefficients[0] * (t - start);
  for (std::size_t j = 0; j + 2 < k.size(); ++j) {
    double const part = cubed_above(t - k[j]) - cubed_above(t - k[last - 1]) * (k[last] - k[j]) / width +
                        cubed_above(t - k[last]) * (k[last - 1] - k[j]) / width;
    sum += trend.coefficients[j + 1] * part / scale;
  }
  return sum;
}

}  // namespace

double shaped(Shape const& shape, double e) {
  switch (shape.form) {
    case Shape::Form::linear:
      return e;
    case Shape::Form::log1p:
      return flat::log1p(e);
    case Shape::Form::power:
      return e > 0 ? flat::pow(e, shape.a) : 0.0;
    case Shape::Form::step:
      return e >= shape.a ? 1.0 : 0.0;
    case Shape::Form::logistic: {
      double const at0 = sigmoid(-shape.b * shape.a);
      double const at1 = sigmoid(shape.b * (1.0 - shape.a));
      return (sigmoid(shape.b * (e - shape.a)) - at0) / (at1 - at0);
    }
  }
  throw std::logic_error("unknown shape");
}

double incentive(Shape const& production, Incentive kind, double s, double with, double own) {
  if (kind == Incentive::total) return shaped(production, s);
  return own == 0 ? 0.0 : (shaped(production, with) - shaped(production, s)) / own;
}

double experience(double progress_ratio, double n) {
  double const b = -flat::log(progress_ratio) / flat::log(2.0);
  return b * flat::log1p(n);
}

double platform(double fixed, double variable, double n) {
  return flat::log((variable + fixed) / (variable + fixed / (1.0 + n)));
}

double on_grid(double v) {
  return (v + 384.0) - 384.0;
}

double trend_at(Trend const& trend, std::int32_t start, std::int32_t t, std::optional<std::int32_t> first) {
  switch (trend.form) {
    case Trend::Form::none:
      return 0;
    case Trend::Form::polynomial: {
      // By Horner's rule: thresholds are compared exactly, so the order of rounding is part of the definition.
      double sum = 0;
      for (std::size_t k = trend.coefficients.size(); k > 0; --k) sum = (sum + trend.coefficients[k - 1]) * (t - start);
      return sum;
    }
    case Trend::Form::log_time:
      return first && t > *first ? trend.coefficients.at(0) * flat::log(static_cast<double>(t) - *first) : 0.0;
    case Trend::Form::periods: {
      auto const found = trend.periods.find(t);
      return found == trend.periods.end() ? 0.0 : found->second;
    }
    case Trend::Form::spline:
      return trend.coefficients.empty() ? 0.0 : spline(trend, start, t);
  }
  throw std::logic_error("unknown trend");
}

}  // namespace hansa::reference
