/// Whom interventions reach, and what they make of the world.
#pragma once

#include "world/world.hpp"

namespace hansa {

/// Takes the interventions by date. Those of one date select their cities first, each for itself, by the attributes,
/// members and ties of that step: what the data say, and what interventions of earlier dates have changed, but none of
/// the same date. Then their changes of collaborations and networks are made together, so that the order in which they
/// stand cannot matter. Fills `world.reached`. Complains and warns as select(), change_memberships() and change_ties()
/// do.
void find_reached(Scenario const& scenario, Tables const& tables, World& world, Complaints& complaints,
                  int threads = 0);

/// True of interventions that change collaborations or networks, and do nothing else.
[[nodiscard]] bool changes_world(InterventionSpec const& spec) noexcept;

}  // namespace hansa
