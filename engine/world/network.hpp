/// One layer of ties: who observes whom, stored by source so that an adoption can be pushed to its observers.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "world/cities.hpp"

namespace hansa {

/// A tie as read or generated: the target observes (is influenced by) the source.
struct Tie {
  Index source;
  Index target;
  double weight;
};

/// Whether a tie also stands for its mirror image.
enum class Sense {
  one_way,   ///< ties as they stand
  both_ways  ///< each pair of cities once, in either order; both observe each other
};

/// Ties sorted by (source, target). Weights are integers in units of `unit`; an unweighted layer stores none (all 1).
/// 4 bytes a tie unweighted, 8 weighted, and 16 bytes a city.
struct NetworkLayer {
  std::string name;
  std::uint64_t hash = 0;
  std::vector<std::uint32_t> first;      ///< size n + 1: ties of source i are [first[i], first[i+1])
  std::vector<Index> target;             ///< padded by 64 entries past the end, for prefetching
  std::vector<std::uint32_t> weight;     ///< empty when unweighted; padded like target
  std::vector<std::uint64_t> in_weight;  ///< per target: sum of the rounded integer weights of its in-ties
  std::vector<std::uint32_t> in_degree;  ///< per target: number of its in-ties
  double unit = 1;                       ///< weight of a tie = unit × its integer
  [[nodiscard]] std::uint32_t ties() const noexcept { return first.empty() ? 0 : first.back(); }
  [[nodiscard]] bool weighted() const noexcept { return !weight.empty(); }
  /// True if every row sum fits 31 bits, so that 32-bit accumulators do.
  [[nodiscard]] bool narrow() const noexcept { return narrow_; }
  bool narrow_ = true;
};

/// Sorts, merges and rounds ties into a layer; the result does not depend on their order. Self ties and duplicates
/// (counted warnings at `where`), zero weights (dropped), weights that round to 0 (counted warning). Weights must be
/// finite and not negative (checked by readers). Complains of row sums and numbers of ties that do not fit.
[[nodiscard]] NetworkLayer make_layer(std::string name, std::vector<Tie> ties, Index cities, Place const& where,
                                      Complaints& complaints, Sense sense = Sense::one_way);

/// Reads or generates the ties of one network, on at most `threads` threads (0: all).
[[nodiscard]] NetworkLayer build_network(NetworkSpec const& spec, Cities const& cities, Tables const& tables,
                                         std::uint64_t seed, Complaints& complaints, int threads = 0);

}  // namespace hansa
