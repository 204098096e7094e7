/// The ties of a network as rows of CSV, as they could be read again.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "scenario/scenario.hpp"
#include "world/cities.hpp"
#include "world/network.hpp"

namespace hansa {

/// Whether the mirror image of a tie has a row of its own.
enum class Mirrors { shown, left_out };

/// Mirrors are left out where the ties are undirected and weigh the same from both ends.
[[nodiscard]] Mirrors mirrors_of(NetworkSpec const& spec) noexcept;

/// "draw,source,target,weight", and ",from,until" where ties are dated; with the end of the line.
[[nodiscard]] std::string tie_header(NetworkLayer const& layer);

/// Hands the rows of one draw to `write`, a piece at a time, by source, target and first year; returns their number.
/// Ids are quoted after RFC 4180 where need be, weights are the shortest decimals that read back as the same numbers,
/// `from` and `until` are blank where a tie holds since before the first step, or beyond the last.
std::uint64_t write_tie_rows(NetworkLayer const& layer, Cities const& cities, Clock const& clock, std::int64_t draw,
                             Mirrors mirrors, std::function<void(std::string_view)> const& write);

}  // namespace hansa
