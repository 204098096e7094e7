/// What interventions make of the members of collaborations.
#pragma once

#include <span>

#include "world/world.hpp"

namespace hansa {

/// Makes the joins, leaves and dissolutions among interventions of one date; passes over the others. A city that joins
/// is a member from that label on, until the data let it leave (the end of the spell that begins next, which is then
/// one with the new one). One that leaves ends the spell in which it is; spells that begin later stand. Who is a member
/// already, or none, stays so, with a counted warning. Complains of unknown collaborations, of joining one that is
/// dissolved then or before, and of cities that are to join and to leave at once. Needs `world.reached` of that date,
/// and counts the changes in it.
void change_memberships(std::span<InterventionSpec const* const> acts, World& world, Complaints& complaints);

}  // namespace hansa
