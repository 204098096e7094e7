/// Elementary functions with fixed bits: the same result on every processor and at every instruction set level.
/// Plain arithmetic with explicit fused multiply-adds, inline, so that loops over them vectorise; libm's transcendental
/// functions, whose last bits depend on the processor, are called nowhere in the engine. Polynomials are minimax fits
/// (Remez exchange in 60 digits), range reductions after Cody & Waite (1980); inverse_normal after Wichura (1988).
#pragma once

#include <bit>
#include <cstdint>
#include <limits>
#include <span>

#include "base/flat_polynomials.hpp"

namespace hansa::flat {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

// Double precision; relative error below 1e-15 unless said otherwise.
[[nodiscard]] double exp(double x) noexcept;              ///< 0 below -745.2, +inf above 709.8
[[nodiscard]] double expm1(double x) noexcept;            ///< e^x - 1
[[nodiscard]] double log(double x) noexcept;              ///< -inf at 0, NaN below
[[nodiscard]] double log1p(double x) noexcept;            ///< ln(1 + x), x > -1
[[nodiscard]] double pow(double x, double y) noexcept;    ///< x >= 0; relative error below 1e-15 (1 + |y ln x|)
[[nodiscard]] double sin(double x) noexcept;              ///< absolute error below 1e-15 for |x| <= 1e5
[[nodiscard]] double cos(double x) noexcept;              ///< like sin
[[nodiscard]] double asin(double x) noexcept;             ///< |x| <= 1
[[nodiscard]] double normal_tail(double x) noexcept;      ///< P(Z > x), Z standard normal; relative error below 1e-13
[[nodiscard]] inline double softplus(double x) noexcept;  ///< ln(1 + e^x), x <= 700
[[nodiscard]] double inverse_normal(double p) noexcept;   ///< 0 < p < 1; relative error below 1e-14

/// out[k] = inverse_normal(p[k]) for normal p with 0 < p < 1, in flat loops. Same bits as one at a time.
void inverse_normal(std::span<double const> p, std::span<double> out) noexcept;

// Single precision; relative error below 2e-7.
[[nodiscard]] inline float exp(float x) noexcept;       ///< |x| <= 87 (clamped)
[[nodiscard]] inline float softplus(float x) noexcept;  ///< ln(1 + e^x), |x| <= 87
[[nodiscard]] inline float log1p(float x) noexcept;     ///< x >= 0

/// ln x for normal x > 0, without a branch: what batches are made of.
[[nodiscard]] inline double log_normal(double x) noexcept {
  constexpr std::uint64_t half_root = 0x3FE6A09E667F3BCDull;  // bits of sqrt(1/2)
  std::uint64_t const bits = std::bit_cast<std::uint64_t>(x);
  // Exponent such that the mantissa lies in [sqrt(1/2), sqrt(2)); biased by 1023 so that it stays positive.
  std::uint64_t const biased = ((bits - half_root) + (1023ull << 52)) >> 52;
  double const mantissa = std::bit_cast<double>(bits - (biased << 52) + (1023ull << 52));
  double const e = std::bit_cast<double>(biased | 0x4330000000000000ull) - (0x1p52 + 1023);
  double const f = mantissa - 1;
  double const s = f / (2 + f);
  double const z = s * s;
  double const r = z * polynomial(log_fit, z);
  double const half_square = 0.5 * f * f;
  // log(1+f) = f - (f²/2 - s (f²/2 + r)): the leading term is exact (Tang 1990).
  double const tail = __builtin_fma(e, ln2_low, s * (half_square + r));
  return __builtin_fma(e, ln2_high, f - (half_square - tail));
}

/// e^x for |x| <= 700, without a branch.
[[nodiscard]] inline double exp_normal(double x) noexcept {
  constexpr double magic = 0x1.8p52;
  double const shifted = __builtin_fma(x, log2_e, magic);
  double const n = shifted - magic;
  double r = __builtin_fma(n, -ln2_high, x);
  r = __builtin_fma(n, -ln2_low, r);
  double const p = __builtin_fma(r * r, __builtin_fma(r, polynomial(exp_fit, r), 0.5), r) + 1;
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(p) + (std::bit_cast<std::uint64_t>(shifted) << 52));
}

inline double softplus(double x) noexcept {
  double const away = x < 0 ? x : -x;
  double const z = exp_normal(away < -700 ? -700 : away);
  // ln(1 + z) with the rounding of 1 + z put back.
  double const u = 1 + z;
  double const low = (z - (u - 1)) / u;
  return (x > 0 ? x : 0) + (log_normal(u) + low);
}

/// e^x for |x| <= 87, without a branch or clamp.
[[nodiscard]] inline float exp_normal(float x) noexcept {
  constexpr float magic = 0x1.8p23F;
  float const shifted = __builtin_fmaf(x, log2_e_f, magic);
  float const n = shifted - magic;
  float r = __builtin_fmaf(n, -ln2_high_f, x);
  r = __builtin_fmaf(n, -ln2_low_f, r);
  float const p = __builtin_fmaf(polynomial(exp_fit_f, r), r * r, r) + 1.0F;
  return std::bit_cast<float>(std::bit_cast<std::uint32_t>(p) + (std::bit_cast<std::uint32_t>(shifted) << 23));
}

inline float exp(float x) noexcept {
  return exp_normal(x < -87.0F ? -87.0F : x > 88.0F ? 88.0F : x);
}

inline float softplus(float x) noexcept {
  float const away = -__builtin_fabsf(x);
  float const z = exp_normal(away);
  float const l = __builtin_fmaf(polynomial(log1p_fit_f, z) * z, z, z);
  return 0.5F * (x - away) + l;
}

inline float log1p(float x) noexcept {
  return static_cast<float>(log_normal(1.0 + static_cast<double>(x)));
}

/// -ln(1 - p), p >= 0; far above every resistance from p = 1 on. Without a branch.
[[nodiscard]] inline double hazard_of_probability(double p) noexcept {
  double const u = 1 - (p < 1 ? p : 0.5);
  // ln u with the rounding of 1 - p put back.
  double const h = -log_normal(u) + ((1 - u) - (p < 1 ? p : 0.5)) / -u;
  return p < 1 ? h : 64;
}
[[nodiscard]] inline float hazard_of_probability(float p) noexcept {
  return static_cast<float>(hazard_of_probability(static_cast<double>(p)));
}

/// ln(1 + x), x >= 0: the shape `log1p` in full precision.
inline double log1p_positive(double x) noexcept {
  double const u = 1 + x;
  return log_normal(u) + (x - (u - 1)) / u;
}

}  // namespace hansa::flat
