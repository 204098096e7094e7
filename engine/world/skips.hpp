/// Which of a long row of trials succeed, from one number to the next, without drawing those between.
#pragma once

#include <cstdint>

#include "base/flat_math.hpp"
#include "base/random.hpp"

namespace hansa {

/// Failures before each success of independent trials with one probability: floor(ln(1 - u) / ln(1 - p)), geometric
/// (Devroye 1986, X.2; for random graphs Batagelj & Brandes 2005). Keyed: (key; who, number of the draw, word).
class Skips {
 public:
  /// 0 < probability <= 1.
  Skips(std::uint64_t key, std::uint64_t who, double probability) noexcept
      : key_(key), who_(who), scale_(1 / flat::log1p(-probability)) {}

  [[nodiscard]] std::uint64_t next() noexcept {
    constexpr double endless = 0x1p62;
    if (!half_) bits_ = draw_bits(key_, who_, draws_++, 0);
    double const u = unit_interval(half_ ? bits_.high : bits_.low);
    half_ = !half_;
    double const gap = flat::log_normal(1 - u) * scale_;
    return gap < endless ? static_cast<std::uint64_t>(gap) : std::uint64_t{1} << 62;
  }

 private:
  std::uint64_t key_;
  std::uint64_t who_;
  double scale_;
  Bits bits_{};
  std::uint32_t draws_ = 0;
  bool half_ = false;
};

/// A whole number below `count`, each equally likely but for count / 2^64.
[[nodiscard]] inline std::uint64_t below(std::uint64_t bits, std::uint64_t count) noexcept {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::uint64_t>((Wide{bits} * count) >> 64);
}

}  // namespace hansa
