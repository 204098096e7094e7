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

/// What is measured. Names are unique.
[[nodiscard]] std::vector<MeasureSpec> read_measures(Item const& item, Scenario const& scenario, Reading& reading);

}  // namespace hansa
