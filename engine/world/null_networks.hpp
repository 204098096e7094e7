/// Networks that a network is held against: the same ties among cities that have changed places, or other ties with the
/// same degrees.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "world/network.hpp"

namespace hansa {

/// Where each city goes: a permutation that exchanges cities of one stratum only, all of them equally likely. `key`:
/// of make_key; `cities`: their hashes.
[[nodiscard]] std::vector<Index> exchange_within(std::span<std::int32_t const> strata,
                                                 std::span<std::uint64_t const> cities, std::uint64_t key);

/// The ties of a layer with each end moved to place[end], weights and dates with them; of complete groups the members.
/// What depends on the network alone stays as it is (quadratic assignment: Krackhardt 1988).
[[nodiscard]] NetworkLayer relabelled(NetworkLayer const& layer, std::span<Index const> place);

/// True if each tie has a mirror image of the same weight and dates.
[[nodiscard]] bool is_mutual(NetworkLayer const& layer);

/// Other ties with the same degrees: 20 tries a tie to let two of them exchange their ends, refused where that would
/// tie a city to itself or make a pair of cities tied twice (Maslov & Sneppen 2002). Directed ties keep sources, which
/// also take weights and dates along, and exchange targets; mutual ones stay mutual. Pairs with several ties at
/// different dates keep them one by one. The layer has ties of its own. `key`: of make_key.
[[nodiscard]] NetworkLayer rewired(NetworkLayer const& layer, std::uint64_t key);

}  // namespace hansa
