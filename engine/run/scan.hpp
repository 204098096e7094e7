/// Scans over all cities that the step loop makes: who is due, who was touched, who is at risk. Index order throughout.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/ids.hpp"

namespace hansa {

/// Arrays that are scanned hold a whole number of these many cities; the rest is padding that is never found.
inline constexpr std::size_t scan_width = 64;

[[nodiscard]] constexpr std::size_t padded(std::size_t n) noexcept {
  return (n + scan_width - 1) / scan_width * scan_width;
}

/// A step that never comes.
inline constexpr std::int16_t no_step = 32767;

/// Bits of a city's flag byte.
inline constexpr std::uint8_t flag_touched = 1;  ///< listed: its pressure must be computed anew
inline constexpr std::uint8_t flag_asleep = 2;   ///< not at risk: its clock stands still
inline constexpr std::uint8_t flag_adopted = 4;

/// Writes the cities with due == step to `out` (room for n), returns their number. `n` is padded, due aligned to 64.
std::uint32_t find_due(std::int16_t const* due, std::size_t n, std::int16_t step, Index* out) noexcept;

/// Writes the cities that are marked by a bit of `marks` (as Touched::seen without a list) and awake to `out`, and
/// clears all marks.
std::uint32_t take_touched(std::uint8_t* marks, std::uint8_t const* flags, std::size_t n, Index* out) noexcept;

/// Of scan_width cities from `flags` on (aligned to 64), those that are not asleep, as bits.
std::uint64_t awake_mask(std::uint8_t const* flags) noexcept;

/// Clears flag_touched of all.
void clear_touched(std::uint8_t* flags, std::size_t n) noexcept;

}  // namespace hansa
