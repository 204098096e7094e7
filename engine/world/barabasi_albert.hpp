/// Preferential attachment (Barabási & Albert 1999): newcomers tie themselves to those who have many ties already.
#pragma once

#include "world/pairs.hpp"

namespace hansa {

/// Begins with a star of m + 1 cities, the first in its middle; each further city, in order of the ids, draws m
/// different ones, each in proportion to the number of its ties (an end of a tie drawn at random; Batagelj & Brandes
/// 2005; as NetworkX). m (n - m) ties in all. `one_way`: newcomers observe those whom they drew, and are not observed
/// by them. Keyed by newcomer. O(n + ties). Complains unless 1 <= m < n.
[[nodiscard]] PairParts draw_barabasi_albert(BarabasiAlbertTies const& spec, Drawing const& drawing);

}  // namespace hansa
