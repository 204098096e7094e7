/// The formulas of the model as plain functions of numbers, each written down once and slowly.
#pragma once

#include <cstdint>
#include <optional>

#include "scenario/scenario.hpp"

namespace hansa::reference {

/// f(e) of an exposure, G(s) of a collective good: f(0) = 0, and for `step`, `power` and `logistic` f(1) = 1.
[[nodiscard]] double shaped(Shape const& shape, double e);

/// Incentive of a collective good at share `s`, which the city's own adoption would raise to `with`: G(s), or
/// [G(with) - G(s)] / own, `own` being the share of its weight.
enum class Incentive { total, marginal };
[[nodiscard]] double incentive(Shape const& production, Incentive kind, double s, double with, double own);

/// ln(c_ref / c) of an experience curve c = c_ref (1 + n)^log2(progress_ratio) (Wright 1936).
[[nodiscard]] double experience(double progress_ratio, double n);

/// ln(c_ref / c) of a shared platform c = variable + fixed / (1 + n).
[[nodiscard]] double platform(double fixed, double variable, double n);

inline constexpr double grid_unit = 0x1p-44;
/// The nearest multiple of it, as (v + 384) - 384.
[[nodiscard]] double on_grid(double v);

/// The trend at time label `t`; `first` is the label of the first adoption anywhere, if there was one before `t`.
[[nodiscard]] double trend_at(Trend const& trend, std::int32_t start, std::int32_t t,
                              std::optional<std::int32_t> first);

}  // namespace hansa::reference
