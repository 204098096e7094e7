/// The reader of the section `sweep`.
#pragma once

#include "scenario/reader.hpp"
#include "scenario/sweep_spec.hpp"

namespace hansa {

/// `draft`: the whole scenario, in which paths are tried; `scenario`: what was read before, clock and policies among
/// it.
[[nodiscard]] SweepSpec read_sweep(Item const& item, ScenarioDraft const& draft, Scenario const& scenario,
                                   Reading& reading);

/// A law as `sweep: parameters` has it; nothing after a complaint.
[[nodiscard]] std::optional<Distribution> read_distribution(Item const& item, Reading& reading);

/// Complains of paths that lead to the same number, or one into another. `sorted` by keys.
void refuse_overlaps(std::vector<SweptParameter> const& sorted, Reading& reading);

/// Tries what the laws can take at the ends, or all, in the draft, and complains of what would be refused there.
void try_parameters(std::vector<SweptParameter> const& parameters, ScenarioDraft const& draft, Reading& reading);

/// What is measured. Names are unique.
[[nodiscard]] std::vector<MeasureSpec> read_measures(Item const& item, Scenario const& scenario, Reading& reading);

}  // namespace hansa
