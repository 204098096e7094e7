/// Weights as whole numbers of one unit, so that sums of them are exact and their order cannot matter.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace hansa {

/// weight = unit × its whole number, exactly for decimals, rounded to nearest for powers of two.
struct FixedPoint {
  double unit = 1;
  std::vector<std::uint32_t> weights;
};

/// The whole numbers of merged ties. `first[k]` … `first[k + 1]` are the rows in `weights` (positive, finite) that add
/// up to tie k. If all weights are decimals of at most 6 places and every sum fits 32 bits, the unit is that power of
/// ten and decimals are added as written (0.1 + 0.2 is 3 × 0.1); else a power of two, with the largest sum in
/// [2^23, 2^24), and a tie may round to 0.
[[nodiscard]] FixedPoint to_fixed_point(std::span<double const> weights, std::span<std::size_t const> first);

/// The same where each row is a tie of its own; weights may be 0.
[[nodiscard]] FixedPoint to_fixed_point(std::span<double const> weights);

}  // namespace hansa
