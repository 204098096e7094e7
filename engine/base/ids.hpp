/// Positions of cities, policies, networks and collaborations, as types that cannot be mixed up.
#pragma once

#include <compare>
#include <cstdint>

namespace hansa {

/// Canonical city index: the rank of the city's stable id. Spans of it are the currency of the hot path.
using Index = std::uint32_t;

template <class Tag>
struct Id {
  Index value = 0;
  auto operator<=>(Id const&) const = default;
};

using CityId = Id<struct CityTag>;
using PolicyId = Id<struct PolicyTag>;
using NetworkId = Id<struct NetworkTag>;
using CollaborationId = Id<struct CollaborationTag>;

}  // namespace hansa
