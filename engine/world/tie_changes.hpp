/// What interventions make of the ties of networks.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "world/world.hpp"

namespace hansa {

/// The ties of networks that interventions have changed so far, by name: unrounded, each as it was added, so that how
/// often a layer is built anew cannot matter. Sorted by (source, target).
using TiePieces = std::map<std::string, std::vector<Tie>>;

/// Removes and adds the ties of interventions of one date; passes over the others. First goes what is removed: the ties
/// of a pair of cities end before that step, and those that data let begin later never begin. Then comes what is added,
/// with its weight as it is; where a pair is tied at the same time, weights add, with a counted warning. In undirected
/// networks both take each pair of cities in both directions. A layer of which nothing changes is left as it is; others
/// are built anew from their pieces, in about 100 bytes a tie. Counted warnings: ties that are not there to be removed,
/// ties of a lagged network that no decision sees any more, rows of a file that hold only before. Needs `world.reached`
/// of that date, fills in the cities of files, and counts the pairs.
void change_ties(std::span<InterventionSpec const* const> acts, Scenario const& scenario, Tables const& tables,
                 World& world, TiePieces& pieces, Complaints& complaints);

/// Only complains of what is wrong with the file of an intervention, if it has one of ties.
void check_rows_of_ties(InterventionSpec const& spec, Scenario const& scenario, Tables const& tables,
                        Complaints& complaints);

}  // namespace hansa
