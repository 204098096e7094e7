/// Layers of ties: sorting, merging, units.
#include "world/network.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "engine/world/support.hpp"

using namespace hansa;
using namespace hansa::test;

TEST_CASE("ties are stored by source, and rows of targets add up") {
  Complaints complaints;
  NetworkLayer const layer = make_layer("n", {{2, 0, 0.5}, {0, 2, 0.25}, {0, 1, 1}, {1, 2, 0.75}}, 4, here, complaints);
  CHECK(layer.name == "n");
  CHECK(layer.hash == hash_id("n"));
  CHECK(layer.unit == 0.01);
  CHECK(stored(layer) == std::vector<StoredTie>{{0, 1, 100}, {0, 2, 25}, {1, 2, 75}, {2, 0, 50}});
  CHECK(layer.first == std::vector<std::uint32_t>{0, 2, 3, 4, 4});
  CHECK(layer.in_weight == std::vector<std::uint64_t>{50, 100, 100, 0});
  CHECK(layer.in_degree == std::vector<std::uint32_t>{1, 1, 2, 0});
  CHECK(layer.target.size() == 4 + 64);
  CHECK(layer.weight.size() == 4 + 64);
  CHECK(layer.narrow());
  CHECK(warnings(complaints) == "");
}

TEST_CASE("a layer whose weights are all 1 stores none") {
  Complaints complaints;
  NetworkLayer const layer = make_layer("n", {{1, 0, 1}, {0, 1, 1}}, 2, here, complaints);
  CHECK_FALSE(layer.weighted());
  CHECK(layer.unit == 1);
  CHECK(layer.in_weight == std::vector<std::uint64_t>{1, 1});
  // Equal weights other than 1 are kept: they matter where exposure is not normalised.
  CHECK(make_layer("n", {{1, 0, 0.1}, {0, 1, 0.1}}, 2, here, complaints).weighted());
  CHECK(make_layer("n", {}, 2, here, complaints).ties() == 0);
}

TEST_CASE("self ties, duplicates, zero weights and vanishing weights") {
  Complaints complaints;
  NetworkLayer const layer = make_layer(
      "n", {{0, 0, 1}, {0, 1, 0.1}, {1, 1, 2}, {0, 1, 0.2}, {1, 2, 0}, {2, 1, 0.3}, {0, 1, 0.3}}, 3, here, complaints);
  CHECK(stored(layer) == std::vector<StoredTie>{{0, 1, 6}, {2, 1, 3}});
  CHECK(layer.unit == 0.1);
  CHECK(warnings(complaints) ==
        "s.yaml:5:3: network 'n': 2 ties of cities to themselves dropped\n"
        "s.yaml:5:3: network 'n': 2 duplicate ties added to the weight of the first\n");
  Complaints vanishing;
  CHECK(stored(make_layer("n", {{0, 1, 1 / 3.0}, {1, 0, 1e-12}}, 2, here, vanishing)).size() == 1);
  CHECK(warnings(vanishing) ==
        "s.yaml:5:3: network 'n': 1 tie is so weak beside the strongest that the weight rounds to 0\n");
}

TEST_CASE("the order of ties does not reach the layer, duplicates of any weight included") {
  std::mt19937 generator(5);
  std::vector<Tie> ties;
  for (int k = 0; k < 3000; ++k) {
    ties.push_back({static_cast<Index>(generator() % 40), static_cast<Index>(generator() % 40),
                    std::exp(static_cast<double>(generator() % 1000) / 100)});
  }
  Complaints complaints;
  NetworkLayer const one = make_layer("n", ties, 40, here, complaints);
  for (int round = 0; round < 20; ++round) {
    std::shuffle(ties.begin(), ties.end(), generator);
    NetworkLayer const other = make_layer("n", ties, 40, here, complaints);
    CHECK(stored(one) == stored(other));
    CHECK(one.unit == other.unit);
  }
}

TEST_CASE("ties that stand for both directions are merged before they are mirrored") {
  Complaints complaints;
  NetworkLayer const layer =
      make_layer("n", {{2, 1, 0.1}, {1, 2, 0.2}, {0, 2, 0.5}}, 3, here, complaints, Sense::both_ways);
  CHECK(stored(layer) == std::vector<StoredTie>{{0, 2, 5}, {1, 2, 3}, {2, 0, 5}, {2, 1, 3}});
  CHECK(warnings(complaints) == "s.yaml:5:3: network 'n': 1 duplicate tie added to the weight of the first\n");
}

TEST_CASE("row sums of 2^31 and more are wide") {
  Complaints complaints;
  CHECK(make_layer("n", {{0, 2, 1e9}, {1, 2, 1147483647}}, 3, here, complaints).narrow());
  NetworkLayer const wide = make_layer("n", {{0, 2, 1e9}, {1, 2, 1147483648}}, 3, here, complaints);
  CHECK_FALSE(wide.narrow());
  CHECK(wide.in_weight[2] == std::uint64_t{1} << 31);
}
