/// Ties to the nearest and to the most similar cities, found on at most `threads` threads (0: all).
#pragma once

#include <vector>

#include "world/network.hpp"

namespace hansa {

/// Each city observes its k nearest: along the great circle, or in the plane (or space) of the attributes `on`.
[[nodiscard]] std::vector<Tie> nearest_ties(NearestTies const& spec, Cities const& cities, Place const& where,
                                            Complaints& complaints, int threads = 0);

/// Each city observes the k most similar: Euclidean distance on standardised numeric attributes, where a text
/// attribute counts 1 if it differs.
[[nodiscard]] std::vector<Tie> similar_ties(SimilarTies const& spec, Cities const& cities, Place const& where,
                                            Complaints& complaints, int threads = 0);

}  // namespace hansa
