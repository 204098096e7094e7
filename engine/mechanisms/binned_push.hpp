/// Pushing many adoptions along ties by a crew: ties are sorted into ranges of targets first, and each range has one
/// owner.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "base/parallel.hpp"
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
    std::size_t const cities = layer.in_degree.size();
    // Two to four ranges for each of the crew, so that those who finish early find more to do.
    shift_ = std::max(6, static_cast<int>(std::bit_width(cities / (2 * slices))) - 1);
    bins_ = ((cities - 1) >> shift_) + 1;
    slots_.resize(slices * bins_);
    crew.run(slices, [&](std::size_t slice) {
      std::size_t const begin = events.size() * slice / slices;
      std::size_t const end = events.size() * (slice + 1) / slices;
      sort_out(layer, events.subspan(begin, end - begin), slice);
    });
    crew.run(bins_, [&](std::size_t bin) {
      for (std::size_t slice = 0; slice < slices; ++slice) add_up(slots_[slice * bins_ + bin], sum, touched);
    });
  }

 private:
  /// Ties of one slice of the events into one range of targets. The highest bit of a target marks an abandonment.
  struct Slot {
    std::vector<Index> target;
    std::vector<std::uint32_t> weight;
    std::size_t count = 0;
  };
  static constexpr Index left = Index{1} << 31;

  void sort_out(NetworkLayer const& layer, std::span<Event const> events, std::size_t slice) {
    Slot* const slots = slots_.data() + slice * bins_;
    std::size_t ties = 0;
    for (Event const& event : events) ties += layer.first[event.city + 1] - layer.first[event.city];
    for (std::size_t bin = 0; bin < bins_; ++bin) {
      slots[bin].count = 0;
      if (slots[bin].target.size() < ties) slots[bin].target.resize(ties);
      if (weighted && slots[bin].weight.size() < ties) slots[bin].weight.resize(ties);
    }
    for (std::size_t q = 0; q < events.size(); ++q) {
      prefetch_ties(layer, events, q);
      Index const mark = events[q].sign < 0 ? left : 0;
      for (std::uint32_t e = layer.first[events[q].city]; e < layer.first[events[q].city + 1]; ++e) {
        Index const j = layer.target[e];
        Slot& slot = slots[j >> shift_];
        slot.target[slot.count] = j | mark;
        if constexpr (weighted) slot.weight[slot.count] = layer.weight[e];
        ++slot.count;
      }
    }
  }

  static void add_up(Slot const& slot, Sum* __restrict sum, Touched touched) {
    for (std::size_t k = 0; k < slot.count; ++k) {
      Index const j = slot.target[k] & ~left;
      Sum step = 1;
      if constexpr (weighted) step = static_cast<Sum>(slot.weight[k]);
      sum[j] = static_cast<Sum>(slot.target[k] < left ? sum[j] + step : sum[j] - step);
      touched.add(j);
    }
  }

  int shift_ = 0;
  std::size_t bins_ = 0;
  std::vector<Slot> slots_;  // slices × bins
};

}  // namespace hansa
