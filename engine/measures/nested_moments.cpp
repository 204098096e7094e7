/// Keeps the moments of each draw.
#include "measures/nested_moments.hpp"

#include <cmath>
#include <limits>

#include "base/student.hpp"
#include "measures/between_draws.hpp"

namespace hansa {

void NestedMoments::add(double value, std::int64_t draw) {
  all_.add(value);
  if (draw == no_draw) return;
  if (draws_.empty() || draw != last_) draws_.emplace_back();
  last_ = draw;
  draws_.back().add(value);
}

Interval NestedMoments::interval() const {
  if (draws_.empty()) return all_.interval();
  double const unknown = std::numeric_limits<double>::quiet_NaN(), mean = all_.mean();
  Interval made{mean, unknown, unknown, between_draws(draws_)};
  if (draws_.size() < 2) return made;
  double squares = 0;
  for (Moments const& each : draws_) {
    double const off = static_cast<double>(each.count()) * (each.mean() - mean);
    squares += off * off;
  }
  auto const draws = static_cast<double>(draws_.size());
  double const error = std::sqrt(draws / (draws - 1) * squares) / static_cast<double>(all_.count());
  double const half = flat::inverse_student(0.975, draws - 1) * error;
  made.low = mean - half;
  made.high = mean + half;
  return made;
}

std::vector<Interval> intervals(std::vector<NestedMoments> const& all) {
  std::vector<Interval> made;
  made.reserve(all.size());
  for (NestedMoments const& each : all) made.push_back(each.interval());
  return made;
}

}  // namespace hansa
