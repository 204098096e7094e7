/// How often each whole number came: quantiles of many counts in little memory.
#pragma once

#include <cstdint>
#include <map>

namespace hansa {

/// Grows with the number of different values, not with how many there are.
class Frequencies {
 public:
  void add(std::int32_t value);
  [[nodiscard]] std::int64_t count() const noexcept { return count_; }
  /// The quantile of probability p as measures/quantiles.hpp defines it; NaN if there is no value.
  [[nodiscard]] double quantile(double p) const noexcept;

 private:
  std::map<std::int32_t, std::int64_t> times_;
  std::int64_t count_ = 0;
};

}  // namespace hansa
