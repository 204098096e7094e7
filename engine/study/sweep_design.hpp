/// The points of a scenario's sweep, with the tables that they come from.
#pragma once

#include <span>

#include "base/schema.hpp"
#include "design/design_table.hpp"
#include "scenario/scenario.hpp"

namespace hansa {

/// Reads the tables and the list that the sweep names, and tries their columns as paths. Mistakes go to `complaints`.
[[nodiscard]] Tables read_sweep_tables(SweepSpec const& sweep, ScenarioDraft const& draft,
                                       std::span<Schema const* const> mechanisms, Complaints& complaints);

/// The points in one scenario: a pure function of the section, its tables and the scenario's seed. Throws Error with
/// all mistakes of the tables. `scenario` has a section `sweep`.
[[nodiscard]] DesignTable read_sweep_design(Scenario const& scenario, ScenarioDraft const& draft,
                                            std::span<Schema const* const> mechanisms);

}  // namespace hansa
