/// Quantiles by linear interpolation of order statistics.
#include "measures/quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hansa {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// The position h of the quantile between the order statistics 0 … count - 1.
double position(std::int64_t count, double p) {
  return static_cast<double>(count - 1) * std::clamp(p, 0.0, 1.0);
}

/// A quantile that falls on an order statistic is that value, without rounding.
double between(double low, double high, double fraction) {
  return fraction == 0 || low == high ? low : low + fraction * (high - low);
}

}  // namespace

double quantile(std::span<double const> ascending, double p) noexcept {
  if (ascending.empty()) return missing;
  double const h = position(static_cast<std::int64_t>(ascending.size()), p);
  auto const k = static_cast<std::size_t>(std::floor(h));
  return between(ascending[k], ascending[std::min(k + 1, ascending.size() - 1)], h - std::floor(h));
}

void Distribution::add(std::int64_t value) {
  ++counts_[value];
  ++count_;
  sum_ += value;
}

double Distribution::mean() const noexcept {
  return count_ == 0 ? missing : static_cast<double>(sum_) / static_cast<double>(count_);
}

double Distribution::quantile(double p) const noexcept {
  if (count_ == 0) return missing;
  double const h = position(count_, p);
  auto const k = static_cast<std::int64_t>(std::floor(h));
  auto at = counts_.begin();
  std::int64_t up_to = at->second;
  while (up_to <= k) up_to += (++at)->second;
  auto const next = up_to > k + 1 || std::next(at) == counts_.end() ? at : std::next(at);
  return between(static_cast<double>(at->first), static_cast<double>(next->first), h - std::floor(h));
}

}  // namespace hansa
