/// Solves Fieller's quadratic.
#include "measures/ratio_of_means.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hansa {

namespace {

/// Half the interval of a mean, squared.
double half_squared(NestedMoments const& of) {
  Interval const each = of.interval();
  double const half = (each.high - each.low) / 2;
  return half * half;
}

/// By what numbers are divided to be of the order of 1.
double scale_of(std::vector<double> const& values) {
  double most = 0;
  for (double const each : values) most = std::fmax(most, std::fabs(each));
  return most > 0 ? most : 1;
}

}  // namespace

void RatioOfMeans::add(double over, double under, std::int64_t draw) {
  over_.push_back(over);
  under_.push_back(under);
  if (draw != no_draw) draws_.push_back(draw);
}

Interval RatioOfMeans::interval() const {
  double const unknown = std::numeric_limits<double>::quiet_NaN();
  double const unit_over = scale_of(over_), unit_under = scale_of(under_);
  NestedMoments over, under, sum, difference;
  for (std::size_t r = 0; r < over_.size(); ++r) {
    double const c = over_[r] / unit_over, a = under_[r] / unit_under;
    std::int64_t const draw = draws_.empty() ? no_draw : draws_[r];
    over.add(c, draw);
    under.add(a, draw);
    sum.add(c + a, draw);
    difference.add(c - a, draw);
  }
  double const both = (half_squared(sum) - half_squared(difference)) / 4;
  double const square = under.mean() * under.mean() - half_squared(under);
  if (!(square > 0)) return {unknown, unknown, unknown};
  double const middle = over.mean() * under.mean() - both;
  double const root =
      std::sqrt(std::fmax(0, middle * middle - square * (over.mean() * over.mean() - half_squared(over))));
  double const unit = unit_over / unit_under, mean = unit * (over.mean() / under.mean());
  return {mean, std::min(mean, unit * ((middle - root) / square)), std::max(mean, unit * ((middle + root) / square))};
}

}  // namespace hansa
