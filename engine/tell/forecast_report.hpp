/// Predictions of the years after a fit, in words and as a tree.
#pragma once

#include <string>

#include "inference/forecast.hpp"
#include "scenario/draft.hpp"

namespace hansa {

/// Plain text for a terminal: scores, calibration, what failed, and notes.
[[nodiscard]] std::string forecast_text(Forecast const& forecast);

/// {from, until, without, one_step, free_running, replicates, failed, notes}; one_step and free_running are {trials,
/// events, cities, log, brier, calibration, comparisons}, of which `log`, `brier` and `calibration` are null where the
/// model was not estimated.
[[nodiscard]] Node forecast_tree(Forecast const& forecast);

}  // namespace hansa
