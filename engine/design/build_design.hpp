/// From the section `sweep` to the table of its points.
#pragma once

#include <cstdint>
#include <string>

#include "base/error.hpp"
#include "base/schema.hpp"
#include "design/design_table.hpp"
#include "scenario/scenario.hpp"

namespace hansa {

/// Whether more points keep those that there are: of each design but grid, one_at_a_time and latin_hypercube.
[[nodiscard]] bool extends(DesignKind kind) noexcept;

/// The points of a sweep in one scenario, a pure function of its section, its tables and the seed. Columns are the
/// paths of parameters in order, then those of tables. Complains of tables that were not read, columns that are given
/// twice, and of more dimensions than Sobol's sequence has. `tables`: those of sweep_files_of().
[[nodiscard]] DesignTable build_design(SweepSpec const& sweep, Tables const& tables, std::uint64_t seed,
                                       Complaints& complaints);

/// Complains, at the header of the file, of columns of lists and tables that are no path to what can be swept, and of
/// values that the scenario could not have: the smallest and largest number of each column, and every word.
void check_table_paths(SweepSpec const& sweep, Tables const& tables, ScenarioDraft const& draft,
                       std::span<Schema const* const> mechanisms, Complaints& complaints);

}  // namespace hansa
