/// Quantiles by linear interpolation of order statistics.
#include "measures/quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hansa {

double quantile(std::span<double const> ascending, double p) noexcept {
  if (ascending.empty()) return std::numeric_limits<double>::quiet_NaN();
  double const h = static_cast<double>(ascending.size() - 1) * std::clamp(p, 0.0, 1.0);
  auto const k = static_cast<std::size_t>(std::floor(h));
  double const low = ascending[k], high = ascending[std::min(k + 1, ascending.size() - 1)];
  double const fraction = h - std::floor(h);
  // What falls on an order statistic is that value, without rounding.
  return fraction == 0 || low == high ? low : low + fraction * (high - low);
}

}  // namespace hansa
