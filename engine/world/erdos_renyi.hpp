/// Random ties (Gilbert 1959; Erdős & Rényi 1959): each pair of cities is tied with the same probability, independently
/// of all others.
#pragma once

#include "world/pairs.hpp"

namespace hansa {

/// Pairs with probability p, or degree / (n - 1), or a set of `ties` pairs, all such sets being equally likely.
/// `both_ways`: unordered pairs, each once; `one_way`: ordered pairs, source first.
///
/// Up to 20,000 cities, and where p is at least 1/16, every pair has a hash of its own: it is tied if the hash is below
/// p · 2^64, or among the smallest ones. Further cities then move nobody's ties, and more ties contain fewer. One hash
/// a pair takes about a nanosecond: 0.05 s of one processor for 10,000 cities.
/// Beyond, each city skips over the others (world/slots.hpp), O(n + ties), and a further city moves few ties; `ties`
/// are those with the smallest keyed marks among the pairs that a slightly larger p yields.
/// Complains of degrees and numbers that are too large.
[[nodiscard]] PairParts draw_erdos_renyi(ErdosRenyiTies const& spec, Drawing const& drawing);

}  // namespace hansa
