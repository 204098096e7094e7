/// Pairs put into rows, against ties put into rows.
#include <random>

#include <doctest/doctest.h>

#include "engine/world/support.hpp"
#include "world/pairs.hpp"

using namespace hansa;
using namespace hansa::test;

TEST_CASE("pairs in pieces make the same layer as ties, repeated ones counted once") {
  std::mt19937 generator(2);
  for (Sense sense : {Sense::one_way, Sense::both_ways}) {
    PairParts parts(5);
    std::vector<Tie> ties;
    for (int k = 0; k < 4000; ++k) {
      Pair const pair{static_cast<Index>(generator() % 90), static_cast<Index>(generator() % 90)};
      if (pair.source == pair.target) continue;
      parts[generator() % 4].push_back(pair);
      bool const known = std::any_of(ties.begin(), ties.end(), [&](Tie const& tie) {
        return (tie.source == pair.source && tie.target == pair.target) ||
               (sense == Sense::both_ways && tie.source == pair.target && tie.target == pair.source);
      });
      if (!known) ties.push_back({pair.source, pair.target, 1});
    }
    Complaints complaints;
    NetworkLayer const expected = make_layer("n", ties, 90, here, complaints, sense);
    for (int threads : {1, 3}) {
      NetworkLayer const layer = layer_of_pairs("n", parts, 90, here, complaints, sense, threads);
      CHECK(stored(layer) == stored(expected));
      CHECK(layer.first == expected.first);
      CHECK(layer.target == expected.target);
      CHECK(layer.in_degree == expected.in_degree);
      CHECK(layer.in_weight == expected.in_weight);
      CHECK_FALSE(layer.weighted());
      CHECK(layer.unit == 1);
      CHECK(layer.hash == expected.hash);
      CHECK(layer.narrow());
    }
    CHECK(warnings(complaints) == "");
  }
  Complaints complaints;
  CHECK(layer_of_pairs("n", {}, 3, here, complaints, Sense::one_way).first == std::vector<std::uint32_t>{0, 0, 0, 0});
}
