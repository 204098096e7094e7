/// Values of parameters by inversion of their distributions.
#pragma once

#include "scenario/sweep_spec.hpp"

namespace hansa {

/// The value below which a share u of the distribution lies; 0 <= u <= 1. Law `values`: the position of the value, from
/// 0. Unbounded laws end at their 1 % and 99 % quantiles where u is 0 or 1, so that a grid of levels has ends. Relative
/// error below 1e-12 (beta: of x or of 1 - x, whichever is smaller, for shapes from 0.01 to 1e5).
[[nodiscard]] double value_at(Distribution const& law, double u) noexcept;

/// The values between which one parameter at a time is changed: the ends; of a normal law its 5 % and 95 % quantiles.
struct Ends {
  double low, high;
};
[[nodiscard]] Ends ends_of(Distribution const& law) noexcept;

/// x with I_x(a, b) = u, for the beta distribution on [0, 1]; a, b > 0.
[[nodiscard]] double inverse_beta(double u, double a, double b) noexcept;

}  // namespace hansa
