/// A set of unordered pairs of cities that only tells whether it holds one: open addressing, 8 bytes a place.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "world/pairs.hpp"

namespace hansa {

/// Linear probing with backward shifts (Knuth 1998, 6.4, algorithm R). Holds at most the number of pairs it was made
/// for. No pair is a city and itself.
class PairSet {
 public:
  explicit PairSet(std::size_t pairs) : places_(std::bit_ceil(std::max<std::size_t>(16, pairs + pairs / 2)), 0) {}

  [[nodiscard]] bool holds(Pair const& pair) const noexcept { return places_[place_of(key_of(pair))] != 0; }
  /// False if it was there already.
  bool insert(Pair const& pair) noexcept {
    std::uint64_t const key = key_of(pair);
    std::uint64_t& place = places_[place_of(key)];
    if (place != 0) return false;
    place = key;
    return true;
  }
  /// The pair must be there.
  void erase(Pair const& pair) noexcept {
    std::size_t hole = place_of(key_of(pair));
    for (std::size_t next = (hole + 1) & mask(); places_[next] != 0; next = (next + 1) & mask()) {
      std::size_t const home = mix64(places_[next]) & mask();
      if (((next - home) & mask()) < ((next - hole) & mask())) continue;
      places_[hole] = places_[next];
      hole = next;
    }
    places_[hole] = 0;
  }

 private:
  /// Never 0, since the larger city is not city 0.
  static std::uint64_t key_of(Pair const& pair) noexcept {
    return (std::uint64_t{std::max(pair.source, pair.target)} << 32) | std::min(pair.source, pair.target);
  }
  [[nodiscard]] std::size_t mask() const noexcept { return places_.size() - 1; }
  /// Where the key is, or the free place where it would be.
  [[nodiscard]] std::size_t place_of(std::uint64_t key) const noexcept {
    std::size_t at = mix64(key) & mask();
    while (places_[at] != 0 && places_[at] != key) at = (at + 1) & mask();
    return at;
  }

  std::vector<std::uint64_t> places_;
};

}  // namespace hansa
