/// Mean and variance of numbers that come one by one.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace hansa {

/// What is expected under each of many draws of the parameters, luck averaged out: 5, 50 and 95 % of draws. NaN: not
/// known.
struct BetweenDraws {
  double low = 0, median = 0, high = 0;
  double share = 0;        ///< of the variance over replicates that is between draws; NaN where there is none
  double share_error = 0;  ///< its standard error
};

/// A mean and where it lies with a confidence of 95 %, as far as chance in the replicates goes. NaN: not known.
struct Interval {
  double mean = 0, low = 0, high = 0;
  std::optional<BetweenDraws> draws = {};  ///< where parameters were drawn
};

/// After Welford (1962). The same numbers in the same order give the same bits.
class Moments {
 public:
  void add(double value) noexcept;
  [[nodiscard]] std::int64_t count() const noexcept { return count_; }
  /// NaN without a number.
  [[nodiscard]] double mean() const noexcept;
  /// Squares of what the numbers lie off their mean, summed.
  [[nodiscard]] double squares() const noexcept { return squares_; }
  /// With n − 1; NaN for fewer than two.
  [[nodiscard]] double variance() const noexcept;
  /// mean ± t sd/√n, Student's t with n − 1 degrees of freedom; without ends for fewer than two numbers.
  [[nodiscard]] Interval interval() const noexcept;

 private:
  std::int64_t count_ = 0;
  double mean_ = 0, squares_ = 0;
};

}  // namespace hansa
