/// Ties of weight 1 as pairs of cities: what generators hand over, 8 bytes a tie.
#pragma once

#include <compare>
#include <string>
#include <vector>

#include "world/network.hpp"

namespace hansa {

/// The target observes the source.
struct Pair {
  Index source;
  Index target;
  auto operator<=>(Pair const&) const = default;
};

/// Pairs in pieces, as the threads found them; the order of neither matters.
using PairParts = std::vector<std::vector<Pair>>;

/// What every generator of random ties is given. The key belongs to the network's name and the number of the draw.
struct Drawing {
  Cities const& cities;
  std::uint64_t key;
  Sense sense;
  Place const& where;
  Complaints& complaints;
  int threads = 0;  ///< at most so many; 0: all
};

/// Puts pairs into rows, freeing each piece when it is stored: 4 bytes a stored tie and 16 a city beside the pieces.
/// No pair may be a city and itself; a pair that comes several times, in either order where it stands for both, counts
/// once. O(n + ties) in the random memory accesses, O(ties log (ties a city)) in comparisons.
[[nodiscard]] NetworkLayer layer_of_pairs(std::string name, PairParts parts, Index cities, Place const& where,
                                          Complaints& complaints, Sense sense, int threads = 0);

/// Whether a layer has room for so many ties, mirror images counted; complains if not.
[[nodiscard]] bool fits_layer(double ties, Place const& where, Complaints& complaints);

}  // namespace hansa
