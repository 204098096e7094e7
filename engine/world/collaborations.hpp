/// Collaborations: their member lists from a file or from selectors, never expanded into ties.
#pragma once

#include "world/world.hpp"

namespace hansa {

/// Fills world.collaborations, sorted by name, from rows `city,collaboration[,joined][,joined_by][,left]` and from the
/// `members` of properties; `dissolved` ends every membership. Needs world.cities and world.networks. Complains of
/// unknown cities, labels that are not whole numbers, spells that end before they begin or overlap, and of
/// collaborations with both kinds of members or none. Exact repetitions are merged with a counted warning.
void build_collaborations(Scenario const& scenario, Tables const& tables, World& world, Complaints& complaints,
                          int threads = 0);

/// Ends all memberships at the label, and lets none begin from it on.
void dissolve(Collaboration& collaboration, std::int32_t label);

/// Only complains of what is wrong with the memberships file whichever cities there are: columns, labels, names.
void check_memberships(CollaborationsSpec const& spec, Tables const& tables, Complaints& complaints);

}  // namespace hansa
