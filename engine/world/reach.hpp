/// Whom interventions reach.
#pragma once

#include "world/world.hpp"

namespace hansa {

/// Fills `world.reached`: the cities of each intervention, by attributes, members and ties of its date. Complains and
/// warns as select() does.
void find_reached(Scenario const& scenario, World& world, Complaints& complaints, int threads = 0);

}  // namespace hansa
