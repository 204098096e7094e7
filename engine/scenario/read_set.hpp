/// The reader of `set`: numbers by their paths.
#pragma once

#include <cstddef>
#include <vector>

#include "scenario/reader.hpp"

namespace hansa {

/// `item`: the map from paths to numbers; `read`: the parameters of the whole intervention; `scenario`: all that
/// numbers can be set of. Complains of paths that lead to no number, of those that cannot be set, and of values that
/// could not stand there; warns of those that do anyway.
[[nodiscard]] ActSpec read_set(Item const& item, Parameters const& read, Scenario const& scenario, Reading& reading);

/// A policy is compiled anew for each date at which a number of it changes: there are no more than so many.
inline constexpr std::size_t most_dates_of_sets = 5000;

/// Complains of numbers that two interventions set in one step, and of too many dates. `specs` are sorted by name.
void check_sets(std::vector<InterventionSpec> const& specs, Reading& reading);

}  // namespace hansa
