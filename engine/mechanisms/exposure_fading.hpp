/// Influence that fades with the age of an adoption, in whole numbers.
#pragma once

#include <cstdint>
#include <limits>

#include "base/flat_math.hpp"
#include "base/part_of.hpp"

namespace hansa {

/// Multiplies by 2^(-age / half_life), rounded to the nearest whole number. Without a half-life nothing fades.
class Fading {
 public:
  Fading() = default;
  explicit Fading(double half_life) : half_life_(half_life), once_(of_a_step(half_life)) {}

  [[nodiscard]] bool fades() const noexcept { return half_life_ > 0; }
  /// A sum one step later.
  [[nodiscard]] std::uint64_t later(std::uint64_t sum) const noexcept { return part_of(sum, once_); }
  /// What a fresh influence of a whole number is worth at one age.
  class AtAge {
   public:
    [[nodiscard]] std::uint64_t operator()(std::uint64_t whole) const noexcept {
      return fresh_ ? whole : part_of(whole, share_);
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
  /// 2^64 · 2^(-1 / half_life), below 2^64.
  [[nodiscard]] static std::uint64_t of_a_step(double half_life) noexcept {
    if (half_life < 1.0 / 65) return 0;
    double const halvings = 1 / half_life, whole = __builtin_floor(halvings);
    double const rest = 0x1p64 * flat::pow(2.0, whole - halvings);
    std::uint64_t const top =
        rest < 0x1p64 ? static_cast<std::uint64_t>(rest) : std::numeric_limits<std::uint64_t>::max();
    if (halvings == whole) return whole < 64 ? std::uint64_t{1} << (64 - static_cast<int>(whole)) : 1;
    return whole < 64 ? top >> static_cast<int>(whole) : 0;
  }
  /// The share of a step to the power of an age of 1 or more, by squaring: what single steps have made of a sum is
  /// known to about a unit for each of them, which a share that was rounded by itself would not tell.
  [[nodiscard]] std::uint64_t factor(std::int64_t age) const noexcept {
    std::uint64_t power = once_, share = 0;
    bool begun = false;
    for (; age != 0 && power != 0; age >>= 1, power = part_of(power, power)) {
      if ((age & 1) == 0) continue;
      share = begun ? part_of(share, power) : power;
      begun = true;
    }
    return age == 0 ? share : 0;
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
