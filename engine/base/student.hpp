/// Tails of Student's t and of the F distribution with fixed bits, from the regularised incomplete beta function.
#pragma once

namespace hansa::flat {

/// I_x(a, b), the regularised incomplete beta function, with y = 1 − x given beside x, so that neither end loses
/// digits; a, b > 0, x, y >= 0; NaN elsewhere. A continued fraction (Abramowitz & Stegun 1964, 26.5.8) times a factor
/// after Loader (2000). Relative error below 1e-12 for a, b <= 1e5 wherever the value is above 1e-300.
[[nodiscard]] double beta_share(double a, double b, double x, double y) noexcept;

/// P(T > t), T with Student's distribution of so many degrees of freedom, which may be broken or infinite (normal).
[[nodiscard]] double student_tail(double t, double degrees) noexcept;
/// t with P(T <= t) = p; 0 < p < 1.
[[nodiscard]] double inverse_student(double p, double degrees) noexcept;

/// P(F > f), f >= 0; `below` may be infinite (chi-square over its degrees).
[[nodiscard]] double f_tail(double f, double above, double below) noexcept;

}  // namespace hansa::flat
