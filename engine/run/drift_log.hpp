/// What cities whose pressure drifts have gone through since their clocks were last exact: a list of spells each.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "model/term.hpp"
#include "run/city_parts.hpp"

namespace hansa {

/// Steps from `since` + 1 on, in which nothing touched a city.
template <class Lane>
struct Spell {
  std::int32_t since;
  bool drifts;  ///< false: `still` is the whole pressure
  Lane still;   ///< pressure without the terms that drift
};

/// Lists of spells, those of each part of the cities in memory of their own, so that parts may be worked on at the same
/// time. 16 bytes a city; a spell takes 16 (float) or 24, and 16 for each term that drifts.
template <class Lane>
class DriftLog {
 public:
  static constexpr std::uint32_t most_spells = 16;  ///< of a city: beyond it is cheaper to work them out

  /// `starts`: of a spell.
  DriftLog(std::size_t cities, std::size_t starts)
      : width_(starts), lists_(cities), parts_((cities + CityParts::size - 1) / CityParts::size) {}

  [[nodiscard]] bool empty() const noexcept { return lists_.empty(); }
  /// Of cities [begin, end), which are a part or all.
  void clear(Index begin, Index end) noexcept {
    if (empty()) return;
    end = std::min(end, static_cast<Index>(lists_.size()));
    std::fill(lists_.begin() + begin, lists_.begin() + end, List{});
    for (Index part = begin / CityParts::size; part * CityParts::size < end; ++part) parts_[part].clear();
  }
  void prefetch(Index city) const noexcept { __builtin_prefetch(&lists_[city], 1); }
  [[nodiscard]] bool has(Index city) const noexcept { return lists_[city].count > 0; }
  [[nodiscard]] bool is_full(Index city) const noexcept { return lists_[city].count >= most_spells; }
  /// Resistance that was left when the first spell began.
  [[nodiscard]] double remaining(Index city) const noexcept { return lists_[city].remaining; }

  /// A spell begins, and ends the one before. `remaining`: of the first. Returns its place, for start().
  std::uint32_t add(Index city, double remaining, Spell<Lane> const& spell) {
    List& list = lists_[city];
    Part& part = part_of(city);
    bool const again = list.count > 0 && list.since == spell.since;
    if (list.count == 0) list.remaining = remaining;
    if (again) {
      part.spells[list.last].spell = spell;
    } else {
      std::uint32_t const place = part.take(width_);
      part.spells[place] = {spell, list.last};
      list.last = place & 0xFFFFFFu;  // a part has fewer
      list.since = spell.since;
      ++list.count;
    }
    return list.last;
  }
  [[nodiscard]] DriftStart& start(Index city, std::uint32_t place, std::size_t drifting) noexcept {
    return part_of(city).starts[place * width_ + drifting];
  }
  /// use(spell, starts) from the last one back.
  template <class Use>
  void for_each(Index city, Use const& use) const {
    List const& list = lists_[city];
    Part const& part = parts_[city / CityParts::size];
    std::uint32_t place = list.last;
    for (std::uint32_t k = 0; k < list.count; ++k) {
      Entry const& entry = part.spells[place];
      use(entry.spell, std::span(part.starts).subspan(place * width_, width_));
      place = entry.before;
    }
  }
  void forget(Index city) noexcept {
    List& list = lists_[city];
    if (list.count == 0) return;
    Part& part = part_of(city);
    std::uint32_t first = list.last;
    for (std::uint32_t k = 1; k < list.count; ++k) first = part.spells[first].before;
    part.spells[first].before = part.free;
    part.free = list.last;
    list = {};
  }

 private:
  static constexpr std::uint32_t none = ~std::uint32_t{0};
  struct List {
    double remaining = 0;
    std::uint32_t last : 24 = 0, count : 8 = 0;
    std::int32_t since = 0;  // of the last spell
  };
  struct Entry {
    Spell<Lane> spell;
    std::uint32_t before;
  };
  struct Part {
    std::vector<Entry> spells;  // of which `used` have ever been taken
    std::vector<DriftStart> starts;
    std::uint32_t free = none, used = 0;

    std::uint32_t take(std::size_t width) {
      if (free != none) {
        std::uint32_t const place = free;
        free = spells[place].before;
        return place;
      }
      if (used == spells.size()) {
        spells.resize(2 * used + 64);
        starts.resize(spells.size() * width);
      }
      return used++;
    }
    void clear() noexcept {
      free = none;
      used = 0;
    }
  };

  [[nodiscard]] Part& part_of(Index city) noexcept { return parts_[city / CityParts::size]; }

  std::size_t width_;
  std::vector<List> lists_;
  std::vector<Part> parts_;
};

}  // namespace hansa
