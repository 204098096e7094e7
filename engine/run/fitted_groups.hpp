/// Periods and countries that decide in a run from a fit though the fit has no estimate of theirs.
#pragma once

#include <vector>

#include "model/model.hpp"
#include "record/estimates.hpp"

namespace hansa {

/// Warns, at `where`, of groups of fixed effects without an estimate, and says which effect they have instead: that of
/// the reference. Groups to which the scenario itself, or a setting, gives an effect are none of them. Of a trend by
/// periods, those without an event keep what the scenario says. Scenario, world and model have the estimates in them.
void warn_of_groups(std::vector<Estimates> const& fits, Scenario const& scenario, World const& world,
                    Model const& model, Place const& where, Complaints& complaints);

}  // namespace hansa
