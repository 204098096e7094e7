/// Weights of ties by distance, or by an attribute of the source.
#pragma once

#include <vector>

#include "world/network.hpp"

namespace hansa {

/// Multiplies each tie's weight by what the network's `weight` says: exp(-distance / km) along the great circle, or the
/// source's attribute. Complains of missing coordinates and of missing or negative attributes; warns of distances at
/// which nothing is left of the weight.
void weigh(std::vector<Tie>& ties, NetworkSpec const& spec, Cities const& cities, Complaints& complaints);

}  // namespace hansa
