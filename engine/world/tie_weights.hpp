/// Weights of ties by distance, or by an attribute of the source.
#pragma once

#include <vector>

#include "world/network.hpp"

namespace hansa {

/// Multiplies each tie's weight by what the network's `weight` says: exp(-distance / km) along the great circle, or the
/// source's attribute. Complains of missing coordinates and of missing or negative attributes; warns of distances at
/// which nothing is left of the weight.
void weigh(std::vector<Tie>& ties, NetworkSpec const& spec, Cities const& cities, Complaints& complaints);

/// The same for a layer whose ties all weigh 1, in which no tie is dated, on at most `threads` threads (0: all).
void weigh(NetworkLayer& layer, NetworkSpec const& spec, Cities const& cities, Complaints& complaints, int threads = 0);

}  // namespace hansa
