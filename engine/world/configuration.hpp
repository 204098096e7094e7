/// Given numbers of ties (Bender & Canfield 1978; Bollobás 1980; Molloy & Reed 1995): who is tied to whom is random.
#pragma once

#include "world/pairs.hpp"

namespace hansa {

/// As many ends of ties as each city's attribute says, in order of the ids, are shuffled and joined in twos. Joins that
/// would tie a city to itself or tie two cities twice are undone: their ends are shuffled again among themselves, then
/// exchanged with those of ties drawn at random (Milo et al. 2003), so that degrees stay. What cannot be placed after
/// that is left out, and a warning counts it. Undirected. Keyed by position. O(n + ties) but for a few exchanges.
/// Complains of degrees that are no whole numbers from 0, of an odd sum, and of `one_way`.
[[nodiscard]] PairParts draw_configuration(ConfigurationTies const& spec, Drawing const& drawing);

}  // namespace hansa
