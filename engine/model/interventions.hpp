/// Interventions with their dates as steps, and the cities that they reach.
#pragma once

#include "model/model.hpp"

namespace hansa {

/// Hands each intervention to its policy in `model`, whose policies are compiled. Cities that are not in the world on
/// its date are left out. Counted warnings: of these, of cities that have adopted before, and of cities that several
/// seeds of a policy name. Errors: two names with the same hash.
void compile_interventions(Scenario const& scenario, World const& world, Model& model, Complaints& complaints);

}  // namespace hansa
