/// Mean and variance of numbers that come one by one.
#pragma once

#include <cstdint>
#include <vector>

namespace hansa {

/// A mean and where it lies with a confidence of 95 %, as far as chance in the replicates goes. NaN: not known.
struct Interval {
  double mean = 0, low = 0, high = 0;
};

/// After Welford (1962). The same numbers in the same order give the same bits.
class Moments {
 public:
  void add(double value) noexcept;
  [[nodiscard]] std::int64_t count() const noexcept { return count_; }
  /// NaN without a number.
  [[nodiscard]] double mean() const noexcept;
  /// With n − 1; NaN for fewer than two.
  [[nodiscard]] double variance() const noexcept;
  /// mean ± t sd/√n, Student's t with n − 1 degrees of freedom; without ends for fewer than two numbers.
  [[nodiscard]] Interval interval() const noexcept;

 private:
  std::int64_t count_ = 0;
  double mean_ = 0, squares_ = 0;
};

/// Of each.
[[nodiscard]] std::vector<Interval> intervals(std::vector<Moments> const& all);

}  // namespace hansa
