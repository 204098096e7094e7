/// A set of pairs against the standard one.
#include "world/pair_set.hpp"

#include <random>
#include <set>

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("pairs come and go as in a plain set, in either order") {
  std::mt19937 generator(4);
  PairSet set(60);
  std::set<Pair> plain;
  for (int round = 0; round < 200000; ++round) {
    auto const a = static_cast<Index>(generator() % 12), b = static_cast<Index>(a + 1 + generator() % 6);
    Pair const pair = generator() % 2 != 0 ? Pair{a, b} : Pair{b, a};
    bool const known = plain.count({a, b}) != 0;
    REQUIRE(set.holds(pair) == known);
    if (generator() % 2 != 0 && plain.size() < 60) {
      CHECK(set.insert(pair) == !known);
      plain.insert({a, b});
    } else if (known) {
      set.erase(pair);
      plain.erase({a, b});
    }
  }
}
