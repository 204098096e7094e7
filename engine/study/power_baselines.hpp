/// Baselines moved until as many cities adopt, on average, as a study of power asks for.
#pragma once

#include <vector>

#include "inference/fit_scenario.hpp"
#include "study/power_cells.hpp"

namespace hansa {

/// Complains where baselines cannot be moved: policies without one.
void check_baselines(Question const& question, FitQuestion const& posed, Complaints& complaints);

/// cells × policies: what is added to each baseline; empty where the section asks for no number of adoptions. Bisection
/// on the mean over the same 200 histories of each cell, which lie before those of the study. Also without it, every
/// cell is made once, so that what it complains of is said. Errors (Fault::input): no baseline within 20 of the written
/// one gives so many. `threads` as elsewhere.
[[nodiscard]] std::vector<double> baseline_shifts(Question const& question, FitQuestion const& posed,
                                                  std::vector<PowerCell> const& cells, Lanes lanes, int threads);

}  // namespace hansa
