/// Draws of random networks, and what they must have in common.
#pragma once

#include <cmath>
#include <cstdint>
#include <set>
#include <vector>

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "engine/world/support.hpp"

namespace hansa::test {

/// Pairs of a generator, sorted, after a check that no city is tied to itself and no two cities twice; both_ways: the
/// smaller index first.
template <class Spec>
std::vector<Pair> draw_sound(PairParts (*generator)(Spec const&, Drawing const&), Spec const& spec, Cities const& c,
                             std::uint64_t key = 77, Sense sense = Sense::both_ways, int threads = 1) {
  Complaints complaints;
  std::vector<Pair> pairs = joined(generator(spec, {c, key, sense, here, complaints, threads}));
  CHECK(mistakes(complaints) == "");
  CHECK(warnings(complaints) == "");
  bool sound = true;
  for (Pair& pair : pairs) {
    sound = sound && pair.source != pair.target && std::max(pair.source, pair.target) < c.size();
    if (sense == Sense::both_ways && pair.target < pair.source) std::swap(pair.source, pair.target);
  }
  CHECK(sound);
  std::sort(pairs.begin(), pairs.end());
  CHECK(std::adjacent_find(pairs.begin(), pairs.end()) == pairs.end());
  return pairs;
}

/// Keys of independent draws.
inline std::uint64_t key_of(int draw) {
  return make_key(5, static_cast<std::uint64_t>(draw), Purpose::network, hash_id("n"));
}

/// Number of ties of each city, whichever end it is.
inline std::vector<int> degrees_of(std::vector<Pair> const& pairs, Index cities) {
  std::vector<int> degrees(cities, 0);
  for (Pair const& pair : pairs) {
    ++degrees[pair.source];
    ++degrees[pair.target];
  }
  return degrees;
}

/// Checks a count of successes among independent trials at 5 standard deviations: one false alarm in 1.7 million.
inline void check_count(double count, double trials, double probability) {
  CAPTURE(count);
  CAPTURE(trials * probability);
  CHECK(std::fabs(count - trials * probability) <= 5 * std::sqrt(trials * probability * (1 - probability)));
}

}  // namespace hansa::test
