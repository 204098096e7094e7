/// Cities at virtual places, so that random ties of millions of cities are drawn in a time that grows with the ties.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "world/pairs.hpp"

namespace hansa {

/// 2^B slots of 64 places each, B = floor(log2 n) - 3, so that 8 to 16 cities share a slot on average. The first B bits
/// of a city's hash name its slot, the next six its place; in order of their hashes, cities whose place is taken move
/// on to the next free one of the slot, round its end, and those whose slot is full to the next slot. A further city
/// therefore leaves all others where they are, but for the few that follow it in a crowded part of its slot, and unless
/// n reaches a power of two.
class Slots {
 public:
  explicit Slots(std::span<std::uint64_t const> hashes);

  [[nodiscard]] std::uint64_t places() const noexcept { return std::uint64_t{taken_.size()} * 64; }
  [[nodiscard]] bool is_taken(std::uint64_t place) const noexcept {
    return ((taken_[place / 64] >> (place % 64)) & 1) != 0;
  }
  /// Position among all cities in order of their places, of the city at a place that is taken.
  [[nodiscard]] std::uint32_t rank(std::uint64_t place) const noexcept {
    std::uint64_t const before = taken_[place / 64] & ((std::uint64_t{1} << (place % 64)) - 1);
    return first_[place / 64] + static_cast<std::uint32_t>(std::popcount(before));
  }
  /// Cities, and their places, in order of the places.
  [[nodiscard]] std::vector<Index> const& cities() const noexcept { return cities_; }
  [[nodiscard]] std::vector<std::uint32_t> const& slots_first() const noexcept { return first_; }
  [[nodiscard]] std::vector<std::uint64_t> const& taken() const noexcept { return taken_; }

 private:
  std::vector<std::uint64_t> taken_;  // a bit for each place of a slot
  std::vector<std::uint32_t> first_;  // cities in earlier slots
  std::vector<Index> cities_;
};

/// Each pair of cities with this probability (0 < p <= 1), independently of all others: each city skips geometrically
/// over the places behind its own (`one_way`: over all), with draws of its own. O(n + ties): between 4 and 8 skips for
/// each tie, since most places are empty. Exactly independent, as every pair of places belongs to one row.
[[nodiscard]] PairParts draw_by_slots(double probability, Drawing const& drawing);

}  // namespace hansa
