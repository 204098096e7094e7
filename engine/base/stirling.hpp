/// Parts of gamma and beta functions without cancellation (Loader 2000).
#pragma once

namespace hansa::flat {

inline constexpr double two_pi = 6.2831853071795864769;

/// ln Γ(a + 1) less Stirling's (a + 1/2) ln a − a + ln √2π; a > 0.
[[nodiscard]] double stirling_error(double a) noexcept;

/// a ln(a / x) + x − a; a, x > 0.
[[nodiscard]] double deviance(double a, double x) noexcept;

}  // namespace hansa::flat
