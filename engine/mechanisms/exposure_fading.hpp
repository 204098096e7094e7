/// Influence that fades with the age of an adoption, in whole numbers.
#pragma once

#include <cstdint>
#include <limits>

#include "base/flat_math.hpp"

namespace hansa {

/// Multiplies by 2^(-age / half_life), rounded to the nearest whole number. Without a half-life nothing fades.
class Fading {
 public:
  Fading() = default;
  explicit Fading(double half_life) : half_life_(half_life), once_(factor(1)) {}

  [[nodiscard]] bool fades() const noexcept { return half_life_ > 0; }
  /// A sum one step later.
  [[nodiscard]] std::uint64_t later(std::uint64_t sum) const noexcept { return scaled(sum, once_); }
  /// What a fresh influence of a whole number is worth at one age.
  class AtAge {
   public:
    [[nodiscard]] std::uint64_t operator()(std::uint64_t whole) const noexcept {
      return fresh_ ? whole : scaled(whole, share_);
    }

   private:
    friend class Fading;
    bool fresh_ = true;
    std::uint64_t share_ = 0;
  };
  [[nodiscard]] AtAge at_age(std::int64_t age) const noexcept {
    AtAge worth;
    worth.fresh_ = age <= 0 || !fades();
    if (!worth.fresh_) worth.share_ = age == 1 ? once_ : factor(age);
    return worth;
  }

 private:
  __extension__ using Wide = unsigned __int128;
  [[nodiscard]] static std::uint64_t scaled(std::uint64_t whole, std::uint64_t share) noexcept {
    return static_cast<std::uint64_t>((Wide{whole} * share + (Wide{1} << 63)) >> 64);
  }
  /// 2^64 · 2^(-age / half_life) for age >= 1, below 2^64.
  [[nodiscard]] std::uint64_t factor(std::int64_t age) const noexcept {
    double const halvings = static_cast<double>(age) / half_life_;
    if (!(halvings < 65)) return 0;
    double const whole = __builtin_floor(halvings);
    auto const shift = static_cast<int>(whole);
    if (halvings == whole && shift > 0) return shift > 64 ? 0 : std::uint64_t{1} << (64 - shift);
    double const rest = 0x1p64 * flat::pow(2.0, whole - halvings);
    std::uint64_t const top =
        rest < 0x1p64 ? static_cast<std::uint64_t>(rest) : std::numeric_limits<std::uint64_t>::max();
    return shift > 63 ? 0 : top >> shift;
  }

  double half_life_ = 0;
  std::uint64_t once_ = 0;
};

/// By how many bits sums of at most `most` may be raised, so that what fades keeps its digits.
[[nodiscard]] constexpr int spare_bits(std::uint64_t most) noexcept {
  int used = 0;
  for (; most != 0; most >>= 1) ++used;
  return used < 62 ? 62 - used : 0;
}

}  // namespace hansa
