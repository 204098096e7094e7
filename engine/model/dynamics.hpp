/// Networks whose ties gain and lose strength.
#pragma once

#include "model/model.hpp"

namespace hansa {

/// Fills in the dynamics of `model`. Complains of visits that ask for distances between cities without places, and of
/// weights beside which a new tie of weight 1 would be nothing.
void compile_dynamics(Scenario const& scenario, World const& world, Model& model, Complaints& complaints);

}  // namespace hansa
