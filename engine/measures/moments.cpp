/// Welford's sums.
#include "measures/moments.hpp"

#include <cmath>
#include <limits>

#include "base/student.hpp"

namespace hansa {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

}  // namespace

void Moments::add(double value) noexcept {
  ++count_;
  double const off = value - mean_;
  mean_ += off / static_cast<double>(count_);
  squares_ += off * (value - mean_);
}

double Moments::mean() const noexcept {
  return count_ > 0 ? mean_ : unknown;
}

double Moments::variance() const noexcept {
  return count_ > 1 ? squares_ / static_cast<double>(count_ - 1) : unknown;
}

Interval Moments::interval() const noexcept {
  if (count_ < 2) return {mean(), unknown, unknown};
  auto const n = static_cast<double>(count_);
  double const half = flat::inverse_student(0.975, n - 1) * std::sqrt(variance() / n);
  return {mean_, mean_ - half, mean_ + half};
}

}  // namespace hansa
