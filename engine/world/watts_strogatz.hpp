/// Small worlds (Watts & Strogatz 1998): a ring of neighbours, some of whose ties lead elsewhere.
#pragma once

#include "world/pairs.hpp"

namespace hansa {

/// Cities stand in a ring in order of their ids, each tied to the degree / 2 next ones on either side. Lap by lap
/// (first all ties to the next city, then all to the one after it, …), each tie keeps its near end and with probability
/// `rewire` gets a far end drawn among all cities that its near end is not tied to; none, if there is no such city. So
/// do the authors and NetworkX. `both_ways`: n · degree / 2 ties, each once. `one_way`: each city observes `degree`
/// others, the ring's or the ones drawn instead. Keyed by city and lap. O(n + ties), a rewired tie costs O(degree).
/// Complains unless degree is even and below n.
[[nodiscard]] PairParts draw_watts_strogatz(WattsStrogatzTies const& spec, Drawing const& drawing);

}  // namespace hansa
