/// Pushing many adoptions along ties by a crew: ties are sorted into ranges of targets first, and each range has one
/// owner.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "base/parallel.hpp"
#include "mechanisms/tie_pieces.hpp"
#include "model/term.hpp"
#include "world/network.hpp"

namespace hansa {

/// Scratch of one replicate. Sums are integers, so that they do not depend on who adds what first; no two members of
/// the crew write to the same city, and none writes to another's part of memory at the same time.
template <class Sum, bool weighted>
class BinnedPush {
 public:
  /// Adds ± the weight of the tie (or ±1) to the sums of all who observe a city of `events`, and touches them.
  /// `touched` has no list.
  void operator()(NetworkLayer const& layer, std::span<Event const> events, Sum* sum, Touched const& touched,
                  Crew& crew) {
    std::size_t const slices = static_cast<std::size_t>(crew.size());
    bins_ = ((layer.in_degree.size() - 1) >> shift) + 1;
    slots_.resize(slices * bins_);
    crew.run(slices, [&](std::size_t slice) {
      std::size_t const begin = events.size() * slice / slices;
      std::size_t const end = events.size() * (slice + 1) / slices;
      sort_out(layer, events.subspan(begin, end - begin), std::span(slots_).subspan(slice * bins_, bins_));
    });
    crew.run(bins_, [&](std::size_t bin) {
      Sum* const own = sum + (bin << shift);
      std::uint8_t* const seen = touched.seen + (bin << shift) / 8;
      for (std::size_t slice = 0; slice < slices; ++slice) add_up(slots_[slice * bins_ + bin], own, seen);
    });
  }

 private:
  // What one member of a crew writes and another reads is dear, so a target is kept in 16 bits: the highest marks an
  // abandonment, the others count from the first city of the range.
  static constexpr int shift = 15;
  static constexpr std::uint16_t left = 1u << shift;

  /// Ties of one slice of the events into one range of targets. There is always room for the ties of another piece.
  struct Slot {
    std::vector<std::uint16_t> target;
    std::vector<std::uint32_t> weight;
    std::size_t count = 0;

    void make_room() {
      if (count + tie_piece <= target.size()) return;
      target.resize(2 * count + tie_piece);
      if (weighted) weight.resize(target.size());
    }
  };

  static void sort_out(NetworkLayer const& layer, std::span<Event const> events, std::span<Slot> slots) {
    auto const make_room = [&] {
      for (Slot& slot : slots) slot.make_room();
    };
    for (Slot& slot : slots) slot.count = 0;
    make_room();
    for_tie_pieces<weighted>(layer, events, [&](TiePiece const& piece) {
      std::uint16_t const mark = piece.sign < 0 ? left : std::uint16_t{0};
      for (std::size_t k = 0; k < piece.target.size(); ++k) {
        Index const j = piece.target[k];
        Slot& slot = slots[j >> shift];
        slot.target[slot.count] = static_cast<std::uint16_t>((j & (left - 1u)) | mark);
        if constexpr (weighted) slot.weight[slot.count] = piece.weight[k];
        ++slot.count;
      }
      make_room();
    });
  }

  static void add_up(Slot const& slot, Sum* __restrict sum, std::uint8_t* __restrict seen) {
    for (std::size_t k = 0; k < slot.count; ++k) {
      auto const j = static_cast<std::uint16_t>(slot.target[k] & (left - 1u));
      Sum step = 1;
      if constexpr (weighted) step = static_cast<Sum>(slot.weight[k]);
      sum[j] = static_cast<Sum>(slot.target[k] < left ? sum[j] + step : sum[j] - step);
      seen[j / 8] |= static_cast<std::uint8_t>(1u << j % 8);
    }
  }

  std::size_t bins_ = 0;
  std::vector<Slot> slots_;  // slices × bins
};

}  // namespace hansa
