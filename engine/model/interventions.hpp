/// Interventions with their dates as steps, and the cities that they reach.
#pragma once

#include "model/model.hpp"

namespace hansa {

/// Selects the cities of each intervention, at its date, and hands it to its policy in `model`, whose policies are
/// compiled. Cities that are not in the world on that date are left out. Counted warnings: of these, of cities that
/// have adopted before, and of cities that several seeds of a policy name. Errors: those of select(), and two names
/// with the same hash.
void compile_interventions(Scenario const& scenario, World const& world, Model& model, Complaints& complaints);

}  // namespace hansa
