/// Elementary functions with fixed bits: the same result on every processor and at every instruction set level.
/// Plain arithmetic with explicit fused multiply-adds, so that loops over them vectorise; libm's transcendental
/// functions, whose last bits depend on the processor, are called nowhere in the engine.
#pragma once

namespace hansa::flat {

// Double precision; relative error below 2e-15 unless said otherwise.
[[nodiscard]] double exp(double x) noexcept;  ///< 0 below -745, +inf above 709.78
[[nodiscard]] double expm1(double x) noexcept;
[[nodiscard]] double log(double x) noexcept;            ///< x > 0, normal or subnormal; -inf at 0; NaN below
[[nodiscard]] double log1p(double x) noexcept;          ///< x > -1
[[nodiscard]] double pow(double x, double y) noexcept;  ///< x >= 0; exp(y log x), relative error below 1e-13
[[nodiscard]] double sin(double x) noexcept;            ///< |x| <= 1e5
[[nodiscard]] double cos(double x) noexcept;
[[nodiscard]] double asin(double x) noexcept;            ///< |x| <= 1
[[nodiscard]] double softplus(double x) noexcept;        ///< ln(1 + e^x)
[[nodiscard]] double inverse_normal(double p) noexcept;  ///< 0 < p < 1; relative error below 1e-13
[[nodiscard]] double normal(double x) noexcept;          ///< standard normal distribution function

// Single precision; relative error below 2e-7.
[[nodiscard]] float exp(float x) noexcept;
[[nodiscard]] float log(float x) noexcept;
[[nodiscard]] float log1p(float x) noexcept;
[[nodiscard]] float softplus(float x) noexcept;

}  // namespace hansa::flat
