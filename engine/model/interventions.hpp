/// Interventions with their dates as steps, and the cities that they reach.
#pragma once

#include <vector>

#include "model/model.hpp"
#include "model/spells.hpp"

namespace hansa {

/// Hands each intervention to its policy in `model`, whose policies are compiled. Cities that are not in the world on
/// its dates are left out. Counted warnings: of these, of cities that have adopted before their seed, and of cities
/// that several seeds of a policy name. Errors: two names with the same hash. What changes nothing (a push of strength
/// 0, a mandate that nobody complies with) is told and costs nothing in a run.
void compile_interventions(Scenario const& scenario, World const& world, Model& model, Complaints& complaints);

/// What a mandate adds to the hazard of a step: -ln(1 - compliance), at most 64, the cap of hazards.
[[nodiscard]] double mandated_hazard(double compliance) noexcept;

/// Whether it is a subsidy of a policy whose cost is stated: what it pays is then counted.
[[nodiscard]] bool pays_costs(InterventionModel const& intervention, Model const& model) noexcept;

/// The spells of the campaigns for one mechanism, in order of name; without those of factor 1. They look into
/// `world.reached`.
[[nodiscard]] std::vector<Spell> campaigns_for(Scenario const& scenario, World const& world, std::string const& policy,
                                               std::string const& mechanism);

}  // namespace hansa
