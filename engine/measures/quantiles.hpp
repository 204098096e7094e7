/// Quantiles by linear interpolation of order statistics.
#pragma once

#include <span>

namespace hansa {

/// The quantile of probability p in [0, 1] of ascending values: with h = (n - 1) p, x[floor h] + (h - floor h)
/// (x[floor h + 1] - x[floor h]), x counted from 0 (definition 7 of Hyndman & Fan 1996; the default of R and numpy).
/// NaN if there is no value.
[[nodiscard]] double quantile(std::span<double const> ascending, double p) noexcept;

}  // namespace hansa
