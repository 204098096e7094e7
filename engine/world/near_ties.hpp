/// Ties to the nearest, to the most similar and to all close cities, found on at most `threads` threads (0: all).
#pragma once

#include <vector>

#include "world/pairs.hpp"

namespace hansa {

/// Each city observes its k nearest: along the great circle, or in the plane (or space) of the attributes `on`.
[[nodiscard]] std::vector<Pair> nearest_ties(NearestTies const& spec, Cities const& cities, Place const& where,
                                             Complaints& complaints, int threads = 0);

/// Each city observes the k most similar: Euclidean distance on standardised numeric attributes, where a text
/// attribute counts 1 if it differs.
[[nodiscard]] std::vector<Pair> similar_ties(SimilarTies const& spec, Cities const& cities, Place const& where,
                                             Complaints& complaints, int threads = 0);

/// Each pair of cities at most so far from each other, once: along the great circle (great_circle_km(a, b) <= km), or
/// in the plane (or space) of the attributes `on` (the root of the sum of squared differences <= distance). Complains
/// of more than a layer can hold.
[[nodiscard]] PairParts ties_within(WithinTies const& spec, Cities const& cities, Place const& where,
                                    Complaints& complaints, int threads = 0);

}  // namespace hansa
