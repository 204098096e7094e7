/// Blocks (Holland, Laskey & Leinhardt 1983): whether two cities are tied depends on the groups that they belong to.
#pragma once

#include "world/pairs.hpp"

namespace hansa {

/// Every pair of cities is tied independently, with the probability given for the target's and the source's group; a
/// pair of groups that is not given takes its mirror image, else 0; cities without a group have no ties. `both_ways`:
/// unordered pairs. Skips geometrically within each pair of groups (Batagelj & Brandes 2005), O(n + ties) where no
/// group is given more than a few times; keyed by the names of the groups. Complains of groups that no city belongs to,
/// and of two different probabilities for the same unordered pair.
[[nodiscard]] PairParts draw_stochastic_block(StochasticBlockTies const& spec, Drawing const& drawing);

}  // namespace hansa
