/// Shares of whole numbers, in whole numbers.
#pragma once

#include <cstdint>

namespace hansa {

/// whole · share / 2^64, rounded to the nearest.
[[nodiscard]] constexpr std::uint64_t part_of(std::uint64_t whole, std::uint64_t share) noexcept {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::uint64_t>((Wide{whole} * share + (Wide{1} << 63)) >> 64);
}

}  // namespace hansa
