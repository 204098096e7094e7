/// Sobol's low-discrepancy sequence, scrambled after Owen.
/// Direction numbers of Joe & Kuo (2008). Nested uniform scrambling (Owen 1995): the k-th binary digit of a coordinate
/// is flipped by a fair bit that belongs to the k - 1 digits before it, so that every point is uniform and the sequence
/// stays a digital net: of the first 2^m points each dyadic interval of length 2^-m of every coordinate holds one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace hansa {

inline constexpr std::size_t most_sobol_dimensions = 1111;

class SobolSequence {
 public:
  /// Dimensions 1 to `dimensions`, at most most_sobol_dimensions.
  explicit SobolSequence(std::size_t dimensions);
  [[nodiscard]] std::size_t dimensions() const noexcept { return directions_.size(); }

  /// The first 32 digits of a coordinate (counted from 0) of a point, the first digit highest. Not scrambled.
  [[nodiscard]] std::uint32_t digits(std::uint32_t point, std::size_t dimension) const noexcept;

 private:
  std::vector<std::array<std::uint32_t, 32>> directions_;
};

/// Scrambles the digits of one coordinate, and draws digits 33 to 52: those of the scrambled point in order. The same
/// `key` is the same scrambling. About 50 ns.
[[nodiscard]] std::uint64_t scramble_digits(std::uint32_t digits, std::uint64_t key) noexcept;

/// 52 digits to the middle of their interval, in (0, 1).
[[nodiscard]] constexpr double unit_of_digits(std::uint64_t digits) noexcept {
  return (static_cast<double>(digits) + 0.5) * 0x1p-52;
}

}  // namespace hansa
