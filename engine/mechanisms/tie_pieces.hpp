/// Ties of many cities, one after the other, in pieces that fit the cache.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "model/term.hpp"
#include "world/network.hpp"

namespace hansa {

/// While event `q` is pushed, fetches the ties of one to come, and before that where they begin. Inlined by order: GCC
/// 12 takes a function that only prefetches for one without effect, and leaves out its calls.
[[gnu::always_inline]] inline void prefetch_ties(NetworkLayer const& layer, std::span<Event const> events,
                                                 std::size_t q) noexcept {
  constexpr std::size_t ahead = 12;
  if (q + 2 * ahead < events.size()) __builtin_prefetch(&layer.first[events[q + 2 * ahead].city]);
  if (q + ahead >= events.size()) return;
  auto const* row = reinterpret_cast<char const*>(layer.target.data() + layer.first[events[q + ahead].city]);
  __builtin_prefetch(row);
  __builtin_prefetch(row + 64);
}

inline constexpr std::size_t tie_piece = 512;  ///< ties in a piece, at most

/// Ties of events of one sign. Rows are short and of all lengths: they are copied together, so that what follows is one
/// loop whose end the processor need not guess.
struct TiePiece {
  std::span<Index const> target;
  std::span<std::uint32_t const> weight;  ///< empty unless asked for
  std::int32_t sign;
};

/// body(piece) for the ties of all events, in their order.
template <bool weighted, class Body>
void for_tie_pieces(NetworkLayer const& layer, std::span<Event const> events, Body const& body) {
  constexpr std::uint32_t step = 16;  // what is copied beyond the end of a row is overwritten, or padding
  std::array<Index, tie_piece> target;
  std::array<std::uint32_t, weighted ? tie_piece : 0> weight;
  std::uint32_t count = 0;
  std::int32_t sign = +1;
  auto const hand_over = [&] {
    if (count == 0) return;
    TiePiece piece{std::span(target).first(count), {}, sign};
    if constexpr (weighted) piece.weight = std::span(weight).first(count);
    body(piece);
    count = 0;
  };
  for (std::size_t q = 0; q < events.size(); ++q) {
    prefetch_ties(layer, events, q);
    if (events[q].sign != sign) hand_over();
    sign = events[q].sign;
    std::uint32_t const end = layer.first[events[q].city + 1];
    for (std::uint32_t e = layer.first[events[q].city]; e < end; e += step) {
      if (count + step > tie_piece) hand_over();
      std::copy_n(layer.target.data() + e, step, target.data() + count);
      if constexpr (weighted) std::copy_n(layer.weight.data() + e, step, weight.data() + count);
      count += std::min(step, end - e);
    }
  }
  hand_over();
}

}  // namespace hansa
