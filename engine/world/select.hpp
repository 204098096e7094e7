/// Finds the cities that a selector describes.
#pragma once

#include <string_view>
#include <vector>

#include "world/world.hpp"

namespace hansa {

/// Ascending canonical indices. `at` is the label at which members are counted, attributes read and ties looked at;
/// `key` names the policy or intervention for `random` (so that k + 1 cities contain k, and every scenario draws the
/// same ones). Unknown attributes, ids, collaborations, networks, k > n and centralities that do not settle are
/// complaints; an empty result is a warning, as are cities chosen for their centrality that have none. On at most
/// `threads` threads (0: all).
[[nodiscard]] std::vector<Index> select(Selector const& selector, World const& world, std::int32_t at,
                                        std::string_view key, Complaints& complaints, int threads = 0);

}  // namespace hansa
