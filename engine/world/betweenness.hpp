/// On how many shortest paths a city lies.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "world/ties_in_force.hpp"

namespace hansa {

/// Per city, the dependencies of the paths that begin at each of `sources` on it (Brandes 2001), added in the order of
/// the sources; the source itself has none. Paths run from observed to observer, each tie being one step. A path count
/// may exceed any number that a double holds. O(n + ties) a source, and 32 bytes a city and thread.
[[nodiscard]] std::vector<double> path_dependencies(TiesInForce const& ties, std::span<Index const> sources,
                                                    int threads = 0);

/// The sum of these dependencies over all sources; or, from `count` of them where there are more cities, its estimate
/// without bias (Brandes & Pich 2007). Sources have the smallest hashes of `key` and city.
[[nodiscard]] std::vector<double> betweenness_scores(TiesInForce const& ties, std::span<std::uint64_t const> hashes,
                                                     std::uint64_t key, std::size_t count, int threads = 0);

}  // namespace hansa
