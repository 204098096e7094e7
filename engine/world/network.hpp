/// One layer of ties: who observes whom, stored by source so that an adoption can be pushed to its observers.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/shared_vector.hpp"
#include "world/cities.hpp"

namespace hansa {

/// As the last step of a tie: it never ends.
inline constexpr std::int16_t for_ever = std::numeric_limits<std::int16_t>::max();

/// A tie as read: the target observes (is influenced by) the source, in the decisions of steps `from` to `until`, both
/// included (1 … T).
struct Tie {
  Index source;
  Index target;
  double weight;
  std::int16_t from = 1;
  std::int16_t until = for_ever;
};

/// Whether a tie also stands for its mirror image.
enum class Sense {
  one_way,   ///< ties as they stand
  both_ways  ///< each pair of cities once, in either order; both observe each other
};

/// A tie that begins (+1) or ends (-1): it holds, or no longer holds, in the decisions of `step`.
struct TieChange {
  std::int32_t step;
  Index source;
  Index target;
  std::uint32_t weight;  ///< in units of the layer
  std::int8_t sign;
};

/// Ties sorted by (source, target). Weights are integers in units of `unit`; an unweighted layer stores none (all 1).
/// 4 bytes a tie unweighted, 8 weighted, and 16 bytes a city.
struct NetworkLayer {
  std::string name;
  std::uint64_t hash = 0;
  SharedVector<std::uint32_t> first;      ///< size n + 1: ties of source i are [first[i], first[i+1])
  SharedVector<Index> target;             ///< padded by 64 entries past the end, for prefetching
  SharedVector<std::uint32_t> weight;     ///< empty when unweighted; padded like target
  SharedVector<std::uint64_t> in_weight;  ///< per target: sum of the rounded integer weights of its in-ties
  SharedVector<std::uint32_t> in_degree;  ///< per target: number of its in-ties
  double unit = 1;                        ///< weight of a tie = unit × its integer
  /// Ties that do not always hold: the steps in whose decisions each counts, first and last (1 … T, `for_ever` for no
  /// last; empty: always).
  /// A pair of cities may then have several ties, at different times. in_weight and in_degree are those of step 1.
  /// Where ties are lagged, these steps and those of `changes` are one later than the file says: nobody adds the lag
  /// again.
  SharedVector<std::int16_t> from, until;
  SharedVector<TieChange> changes;  ///< ties that begin or end after step 1, by step, then target, source
  TieTiming timing = TieTiming::current;
  bool redrawn = false;              ///< drawn anew in each replicate; this one is replicate 0's
  SharedVector<std::int32_t> group;  ///< `same`: per city its complete group, -1 none; then there are no ties
  [[nodiscard]] bool dated() const noexcept { return !from.empty(); }
  [[nodiscard]] std::uint32_t ties() const noexcept { return first.empty() ? 0 : first.back(); }
  [[nodiscard]] bool weighted() const noexcept { return !weight.empty(); }
  /// True if every row sum fits 31 bits, so that 32-bit accumulators do.
  [[nodiscard]] bool narrow() const noexcept { return narrow_; }
  bool narrow_ = true;
};

/// Sorts, merges and rounds ties into a layer; the result does not depend on their order. Self ties (dropped) and
/// duplicates (their weights add where they hold at the same time) are counted warnings at `where`; zero weights are
/// dropped, and weights that round to 0 with a counted warning. Weights must be finite and not negative (checked by
/// readers). Complains of row sums and numbers of ties that do not fit.
[[nodiscard]] NetworkLayer make_layer(std::string name, std::vector<Tie> ties, Index cities, Place const& where,
                                      Complaints& complaints, Sense sense = Sense::one_way);

/// The ties of a layer, sorted by (source, target, from).
[[nodiscard]] std::vector<Tie> ties_of(NetworkLayer const& layer);

/// A layer with other ties in the place of its own, merged and rounded like those of make_layer(), but without a word
/// of duplicates. None may be a city's to itself. Weights that are kept keep their bits unless the new ones need
/// another unit.
[[nodiscard]] NetworkLayer with_ties(NetworkLayer const& layer, std::vector<Tie> ties, Place const& where,
                                     Complaints& complaints);

/// Reads or generates the ties of one network, on at most `threads` threads (0: all).
[[nodiscard]] NetworkLayer build_network(NetworkSpec const& spec, Cities const& cities, Tables const& tables,
                                         Clock const& clock, std::uint64_t seed, Complaints& complaints,
                                         int threads = 0);

/// Draw number `draw` of a generated network, that is of any that is not read from a file (0: the scenario's own).
/// Ties that are not random are the same in every draw.
[[nodiscard]] NetworkLayer draw_network(NetworkSpec const& spec, Cities const& cities, std::uint64_t seed,
                                        std::int64_t draw, Complaints& complaints, int threads = 0);

}  // namespace hansa
