/// Quantiles by linear interpolation of order statistics.
#pragma once

#include <cstdint>
#include <map>
#include <span>

namespace hansa {

/// The quantile of probability p in [0, 1] of ascending values: with h = (n - 1) p, x[floor h] + (h - floor h)
/// (x[floor h + 1] - x[floor h]), x counted from 0 (definition 7 of Hyndman & Fan 1996; the default of R and numpy).
/// NaN if there is no value.
[[nodiscard]] double quantile(std::span<double const> ascending, double p) noexcept;

/// The exact distribution of whole numbers: how often each value came. Its size is bounded by the number of distinct
/// values, and nothing depends on the order in which they came.
class Distribution {
 public:
  void add(std::int64_t value);
  [[nodiscard]] std::int64_t count() const noexcept { return count_; }
  /// Sum over count; NaN if there is no value. Exact while the sum fits 64 bits.
  [[nodiscard]] double mean() const noexcept;
  /// As `quantile` of all values.
  [[nodiscard]] double quantile(double p) const noexcept;
  [[nodiscard]] std::map<std::int64_t, std::int64_t> const& counts() const noexcept { return counts_; }

 private:
  std::map<std::int64_t, std::int64_t> counts_;
  std::int64_t count_ = 0;
  std::int64_t sum_ = 0;
};

}  // namespace hansa
