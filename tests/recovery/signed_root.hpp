/// The signed root of the deviance of coefficients at given values: what profile intervals invert.
#pragma once

#include <vector>

#include "inference/design.hpp"
#include "inference/event_history.hpp"

namespace hansa::test {

/// Per column k asked for: sign(estimate − values[k]) · √(2 · loss of log-likelihood when coefficient k is held at
/// values[k] and all else is maximised again). A profile interval of level 1 − α holds the value where the root is
/// shorter than the normal quantile of 1 − α/2. `fit` is of `design` with `options`, and has estimates.
[[nodiscard]] std::vector<double> signed_roots(Design const& design, EventHistoryOptions const& options,
                                               EventHistoryFit const& fit, std::vector<double> const& values,
                                               std::vector<std::size_t> const& columns);

}  // namespace hansa::test
