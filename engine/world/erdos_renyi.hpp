/// Random ties, keyed by pair (Gilbert 1959; Erdős & Rényi 1959): a pair's tie depends on the two cities alone, so that
/// further cities move nobody else's ties.
#pragma once

#include <cstdint>
#include <vector>

#include "world/network.hpp"

namespace hansa {

/// Pairs whose 64-bit hash is below probability · 2^64, or the `ties` pairs with the smallest hashes. `both_ways`:
/// unordered pairs, each once; `one_way`: ordered pairs, source first. Time: one hash per pair of
/// cities, about a nanosecond, spread over at most `threads` threads (0: all): 0.05 s of one processor for 10,000
/// cities, 5 s for 100,000. Complains of degrees and numbers that are too large.
[[nodiscard]] std::vector<Tie> draw_erdos_renyi(ErdosRenyiTies const& spec, Sense sense, Cities const& cities,
                                                std::uint64_t key, Place const& where, Complaints& complaints,
                                                int threads = 0);

}  // namespace hansa
