/// Tails of the chi-square distribution with fixed bits, from the regularised incomplete gamma function.
#pragma once

namespace hansa::flat {

/// Q(a, x) = Γ(a, x) / Γ(a), the regularised upper incomplete gamma function; a > 0, x >= 0; NaN elsewhere. Its series
/// and its continued fraction (Abramowitz & Stegun 1964, 6.5.29 and 6.5.31) times a factor after Loader (2000).
/// Relative error below 1e-12 for 0.5 <= a <= 1e4 wherever the value is above 1e-300.
[[nodiscard]] double gamma_tail(double a, double x) noexcept;

/// P(X > x), X chi-square distributed; degrees > 0. 1 for x <= 0, NaN for NaN.
[[nodiscard]] double chi_square_tail(double x, double degrees) noexcept;

}  // namespace hansa::flat
