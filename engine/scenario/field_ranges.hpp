/// Bounds that several field tables share.
#pragma once

#include <limits>

namespace hansa::fields {

inline constexpr double above_zero = std::numeric_limits<double>::denorm_min();  ///< as `lowest`: exclusive 0
inline constexpr double below_one = 1 - 0x1p-53;                                 ///< as `highest`: exclusive 1
inline constexpr double first_label = -1e9;
inline constexpr double last_label = 1e9;
inline constexpr double most_cities = 1e9;
inline constexpr double largest_cost = 1e18;
inline constexpr double largest_subsidy = 0.99;  ///< share of a cost: what is free has no logarithm

}  // namespace hansa::fields
