/// Whether the terms of a fit can be told apart by their names.
#pragma once

#include "base/error.hpp"
#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace hansa {

/// Complains of two terms of one policy that have the same name, and of terms of pooled policies that would share a
/// coefficient by their name without being of the same attribute, trend or kind of mechanism.
void check_term_names(Scenario const& scenario, FitSpec const& spec, World const& world, Complaints& complaints);

/// Complains of terms that are called as a column that the rows have in a file anyway: city, policy, year, event,
/// spell.
void check_panel_names(Scenario const& scenario, FitSpec const& spec, World const& world, Complaints& complaints);

}  // namespace hansa
