/// How central a city is in a network: how much it is observed, directly or by those who are observed themselves.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "scenario/selector.hpp"
#include "world/ties_in_force.hpp"

namespace hansa {

/// Of `pagerank`: the chance of going on to a city that one observes, rather than to any city (Brin & Page 1998).
inline constexpr double pagerank_damping = 0.85;

/// `betweenness` counts the shortest paths from all cities of a network that has at most so many …
inline constexpr Index most_exact_betweenness = 5000;
/// … and from so many of a larger one (Brandes & Pich 2007).
inline constexpr Index betweenness_sources = 1000;

/// Scores by canonical index, larger is more central; or what prevents them, in words.
using CentralityScores = std::variant<std::vector<double>, std::string>;

/// - degree: the number of cities that observe it.
/// - strength: the weights of their ties, summed, in units of the layer.
/// - eigenvector: x of largest eigenvalue in λ x_i = Σ w_ij x_j over the cities j that observe i (Bonacich 1972), the
///   largest x being 1: the limit of x ← W x + λx/4 from equal scores, which exists also where ties lead to and fro
///   between two halves; of parts that are not tied together, all but those of the largest eigenvalue have 0. Fails
///   where no ties lead in a circle (all scores would be 0), or where it does not settle within 1e-10.
/// - pagerank: how often a walker is at the city who goes from observer to observed in proportion to the weights, and
///   with chance 0.15, or if it observes nobody, to any city; sums to 1.
/// - betweenness: over all ordered pairs of other cities, the share of their shortest paths from observed to observer
///   that pass through the city; ties count one each (Freeman 1977; Brandes 2001). Sampled in large networks.
///
/// Scores that differ by rounding (a part in 1e9; of eigenvector in 1e9 of the largest) are made equal, so that cities
/// in like positions have the same. Sums run in order of canonical indices: bits depend on nothing else. `hashes`: of
/// the cities' ids, of which the sources of a sample have the smallest, mixed with `network`'s name. O(n + ties) an
/// iteration and a source; at most `threads` threads (0: all).
[[nodiscard]] CentralityScores centrality_scores(Centrality kind, TiesInForce const& ties, std::string const& network,
                                                 std::span<std::uint64_t const> hashes, int threads = 0);

/// Makes scores equal that differ by at most `part` of the larger one, or of the largest of all.
enum class Within { larger_one, largest_of_all };
void level_scores(std::vector<double>& scores, double part, Within within);

}  // namespace hansa
