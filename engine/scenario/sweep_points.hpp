/// How many points a design has.
#pragma once

#include <cstddef>
#include <span>

#include "scenario/sweep_spec.hpp"

namespace hansa {

/// Dimensions of the design: one a parameter, and one a table.
[[nodiscard]] inline std::size_t count_dimensions(SweepSpec const& spec) noexcept {
  return spec.parameters.size() + spec.tables.size();
}

/// Points of the design in one scenario; `table_rows`: of each of its tables, or of its list. A floating number, which
/// no product of levels overflows.
[[nodiscard]] double count_points(SweepSpec const& spec, std::span<std::size_t const> table_rows) noexcept;

}  // namespace hansa
