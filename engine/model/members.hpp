/// Compiles what happens within the run to the members of collaborations: who joins, and what they pledge.
#pragma once

#include "model/model.hpp"

namespace hansa {

/// Fills model.members. Needs model.policies. Complains of contracts that need more pledges than there can be members.
void compile_members(Scenario const& scenario, World const& world, Model& model, Complaints& complaints);

}  // namespace hansa
