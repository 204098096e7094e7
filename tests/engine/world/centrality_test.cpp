/// Tests of world/centrality: graphs small enough to be worked out by hand, and what must not matter.
#include "world/centrality.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "engine/world/support.hpp"
#include "world/betweenness.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

NetworkLayer layer_of(std::vector<Tie> ties, Index cities, Sense sense = Sense::one_way) {
  Complaints complaints;
  NetworkLayer layer = make_layer("net", std::move(ties), cities, here, complaints, sense);
  CHECK(mistakes(complaints) == "");
  return layer;
}

std::vector<std::uint64_t> hashes_of(Index cities) {
  std::vector<std::uint64_t> hashes(cities);
  for (Index i = 0; i < cities; ++i) hashes[i] = mix64(i + 1);
  return hashes;
}

std::vector<double> scores(Centrality kind, NetworkLayer const& layer, int threads = 1, std::int32_t step = 1) {
  TiesInForce const ties(layer, step);
  CentralityScores const found = centrality_scores(kind, ties, layer.name, hashes_of(ties.cities()), threads);
  REQUIRE(std::holds_alternative<std::vector<double>>(found));
  return std::get<std::vector<double>>(found);
}

std::string problem(Centrality kind, NetworkLayer const& layer) {
  TiesInForce const ties(layer, 1);
  CentralityScores const found = centrality_scores(kind, ties, layer.name, hashes_of(ties.cities()), 1);
  REQUIRE(std::holds_alternative<std::string>(found));
  return std::get<std::string>(found);
}

void check_near(std::vector<double> const& found, std::vector<double> const& wanted, double within = 1e-9) {
  REQUIRE(found.size() == wanted.size());
  for (std::size_t i = 0; i < found.size(); ++i) CHECK(std::fabs(found[i] - wanted[i]) <= within);
}

/// Ties drawn at random; `weights` up to so much.
std::vector<Tie> drawn(Index cities, std::size_t count, unsigned seed, int weights = 1) {
  std::mt19937 generator(seed);
  std::vector<Tie> ties;
  while (ties.size() < count) {
    auto const source = static_cast<Index>(generator() % cities);
    auto const target = static_cast<Index>(generator() % cities);
    double const weight = 1 + static_cast<double>(generator() % static_cast<unsigned>(weights));
    if (source != target) ties.push_back({source, target, weight});
  }
  return ties;
}

constexpr Centrality all_kinds[] = {Centrality::degree, Centrality::strength, Centrality::eigenvector,
                                    Centrality::pagerank, Centrality::betweenness};

}  // namespace

TEST_CASE("degree counts observers, strength sums their weights") {
  // 1 and 2 observe 0, 2 observes 1, nobody observes 2 and 3.
  NetworkLayer const layer = layer_of({{0, 1, 0.5}, {0, 2, 0.25}, {1, 2, 3}}, 4);
  check_near(scores(Centrality::degree, layer), {2, 1, 0, 0}, 0);
  std::vector<double> const strength = scores(Centrality::strength, layer);
  check_near({strength[0] * layer.unit, strength[1] * layer.unit, strength[2], strength[3]}, {0.75, 3, 0, 0});
  check_near(scores(Centrality::strength, layer_of({{0, 1, 1}, {0, 2, 1}}, 3)), {2, 0, 0}, 0);
}

TEST_CASE("only ties in force count, whatever the timing of decisions") {
  NetworkLayer layer = layer_of({{0, 1, 2, 1, 1}, {1, 0, 3, 2, 3}, {2, 0, 5}}, 3);
  check_near(scores(Centrality::degree, layer, 1, 1), {1, 0, 1}, 0);
  check_near(scores(Centrality::degree, layer, 1, 2), {0, 1, 1}, 0);
  check_near(scores(Centrality::strength, layer, 1, 3), {0, 3, 5}, 0);
  check_near(scores(Centrality::degree, layer, 1, 4), {0, 0, 1}, 0);
  check_near(scores(Centrality::degree, layer, 1, -7), {1, 0, 1}, 0);
  layer.timing = TieTiming::lagged;  // then its steps are those of decisions, one later
  check_near(scores(Centrality::degree, layer, 1, 1), {0, 1, 1}, 0);
  check_near(scores(Centrality::degree, layer, 1, 3), {0, 0, 1}, 0);
}

TEST_CASE("eigenvector: a star, a bipartite graph, weights, a directed circle with a tail") {
  // A star of four leaves: λ = 2, leaves half the hub.
  std::vector<Tie> star;
  for (Index leaf = 1; leaf < 5; ++leaf) star.push_back({0, leaf, 1});
  check_near(scores(Centrality::eigenvector, layer_of(star, 6, Sense::both_ways)), {1, 0.5, 0.5, 0.5, 0.5, 0});
  // The line 0 - 1 - 2: λ = √2.
  check_near(scores(Centrality::eigenvector, layer_of({{0, 1, 1}, {1, 2, 1}}, 3, Sense::both_ways)),
             {std::sqrt(0.5), 1, std::sqrt(0.5)});
  // Weights a = 3 (0 - 1) and b = 4 (1 - 2): λ = 5, x ~ (3, 5, 4).
  check_near(scores(Centrality::eigenvector, layer_of({{0, 1, 3}, {1, 2, 4}}, 3, Sense::both_ways)), {0.6, 1, 0.8});
  // 1 and 2 observe each other; 1 also observes 0, and 0 observes 3, so that 3 is as important as 0.
  check_near(scores(Centrality::eigenvector, layer_of({{1, 2, 1}, {2, 1, 1}, {0, 1, 1}, {3, 0, 1}, {1, 4, 1}}, 5)),
             {1, 1, 1, 1, 0});
}

TEST_CASE("eigenvector of parts that are not tied together") {
  // A triangle (λ = 2) beside a pair (λ = 1): the pair has nothing; two triangles are equal.
  check_near(
      scores(Centrality::eigenvector, layer_of({{0, 1, 1}, {3, 4, 1}, {2, 3, 1}, {2, 4, 1}}, 5, Sense::both_ways)),
      {0, 0, 1, 1, 1});
  std::vector<double> const two =
      scores(Centrality::eigenvector,
             layer_of({{0, 1, 1}, {1, 2, 1}, {0, 2, 1}, {3, 4, 1}, {4, 5, 1}, {3, 5, 1}}, 6, Sense::both_ways));
  check_near(two, {1, 1, 1, 1, 1, 1}, 0);
}

TEST_CASE("eigenvector fails in words where it is 0 or does not settle") {
  CHECK(problem(Centrality::eigenvector, layer_of({{0, 1, 1}, {1, 2, 1}}, 3)) ==
        "no ties of network 'net' lead in a circle, so that the eigenvector centrality of all is 0");
  // A circle observed by an equal one: the scores of the one that is observed grow without end against the other's.
  CHECK(problem(Centrality::eigenvector, layer_of({{0, 1, 1}, {1, 0, 1}, {2, 3, 1}, {3, 2, 1}, {0, 2, 1}}, 4)) ==
        "the eigenvector centrality of network 'net' does not settle in 100000 rounds");
}

TEST_CASE("pagerank: worked out by hand, with cities that observe nobody") {
  // 1 and 2 observe 0, which observes nobody: x1 = x2 = a, x0 = a + 2 d a, a = (1 - d + d x0)/3.
  double const d = pagerank_damping;
  double const leaf = 1 / (3 + 2 * d);
  check_near(scores(Centrality::pagerank, layer_of({{0, 1, 1}, {0, 2, 1}}, 3)), {leaf * (1 + 2 * d), leaf, leaf},
             1e-11);
  // 0 observes 1 with weight 3 and 2 with weight 1; both observe 0.
  std::vector<double> const found =
      scores(Centrality::pagerank, layer_of({{1, 0, 3}, {2, 0, 1}, {0, 1, 1}, {0, 2, 1}}, 3));
  double const hub = ((1 - d) / 3 + d * 2 * (1 - d) / 3) / (1 - d * d);
  check_near(found, {hub, (1 - d) / 3 + 0.75 * d * hub, (1 - d) / 3 + 0.25 * d * hub}, 1e-11);
}

TEST_CASE("betweenness: a line, a circle, two ways, the counts of Freeman") {
  // The line 0 - 1 - 2 - 3: 1 lies between 0 and 2, 0 and 3, both ways.
  check_near(scores(Centrality::betweenness, layer_of({{0, 1, 1}, {1, 2, 1}, {2, 3, 1}}, 5, Sense::both_ways)),
             {0, 4, 4, 0, 0}, 0);
  // One way: (0, 2), (0, 3) through 1; (0, 3), (1, 3) through 2.
  check_near(scores(Centrality::betweenness, layer_of({{0, 1, 9}, {1, 2, 1}, {2, 3, 1}}, 4)), {0, 2, 2, 0}, 0);
  // From 0 to 3 by 1 or 2: half each.
  check_near(scores(Centrality::betweenness, layer_of({{0, 1, 1}, {0, 2, 1}, {1, 3, 1}, {2, 3, 1}}, 4)),
             {0, 0.5, 0.5, 0}, 0);
  // A star of n leaves: n (n - 1) ordered pairs.
  std::vector<Tie> star;
  for (Index leaf = 1; leaf < 8; ++leaf) star.push_back({0, leaf, 1});
  check_near(scores(Centrality::betweenness, layer_of(star, 8, Sense::both_ways)), {42, 0, 0, 0, 0, 0, 0, 0}, 0);
}

TEST_CASE("betweenness where paths are more than any number that a double holds") {
  // A chain of 520 layers of four cities, each of which observes all four of the layer before: 4^519 paths.
  constexpr Index layers = 520, width = 4;
  std::vector<Tie> ties;
  for (Index k = 0; k + 1 < layers; ++k) {
    for (Index a = 0; a < width; ++a) {
      for (Index b = 0; b < width; ++b) ties.push_back({k * width + a, (k + 1) * width + b, 1});
    }
  }
  std::vector<double> const found = scores(Centrality::betweenness, layer_of(ties, layers * width));
  // Between k·w cities before and (L - 1 - k)·w after, with w equal cities in the layer.
  std::vector<double> wanted;
  for (Index k = 0; k < layers; ++k) {
    for (Index a = 0; a < width; ++a) wanted.push_back(1.0 * width * k * (layers - 1 - k));
  }
  check_near(found, wanted, 1e-3);
}

TEST_CASE("an empty network, and isolated cities") {
  NetworkLayer const empty = layer_of({}, 4);
  for (Centrality const kind : all_kinds) {
    CAPTURE(static_cast<int>(kind));
    check_near(scores(kind, empty), std::vector<double>(4, kind == Centrality::pagerank ? 0.25 : 0), 1e-15);
  }
  NetworkLayer const one = layer_of({{1, 2, 1}, {2, 1, 1}}, 4);
  for (Centrality const kind : all_kinds) {
    std::vector<double> const found = scores(kind, one);
    CHECK(found[0] == found[3]);
    CHECK(found[1] == found[2]);
    CHECK((found[1] > found[0]) == (kind != Centrality::betweenness));
  }
}

TEST_CASE("threads and the order of ties change no bit") {
  for (Centrality const kind : all_kinds) {
    Index const cities = kind == Centrality::betweenness ? 2000 : 20'000;  // several shares of work
    std::vector<Tie> ties = drawn(cities, 3 * cities, 1, 7);
    NetworkLayer const layer = layer_of(ties, cities);
    std::shuffle(ties.begin(), ties.end(), std::mt19937(2));
    std::vector<double> const one = scores(kind, layer);
    CHECK(one == scores(kind, layer, 3));
    CHECK(one == scores(kind, layer_of(ties, cities), 2));
  }
}

TEST_CASE("other names of the cities change no score but by rounding, and like positions stay equal") {
  constexpr Index cities = 300;
  std::vector<Tie> ties = drawn(cities, 1500, 3, 5);
  std::vector<Index> renamed(cities);
  std::iota(renamed.begin(), renamed.end(), Index{0});
  std::shuffle(renamed.begin(), renamed.end(), std::mt19937(4));
  NetworkLayer const layer = layer_of(ties, cities);
  for (Tie& tie : ties) tie = {renamed[tie.source], renamed[tie.target], tie.weight};
  NetworkLayer const other = layer_of(ties, cities);
  for (Centrality const kind : all_kinds) {
    std::vector<double> const before = scores(kind, layer), after = scores(kind, other);
    double const largest = *std::max_element(before.begin(), before.end());
    for (Index i = 0; i < cities; ++i) CHECK(std::fabs(before[i] - after[renamed[i]]) <= 1e-9 * largest);
  }
  // A ring whose cities stand in any order: all are in the same position.
  std::vector<Tie> ring;
  for (Index i = 0; i < cities; ++i) {
    for (Index const step : {1u, 2u, 7u}) ring.push_back({renamed[i], renamed[(i + step) % cities], 0.1 * step});
  }
  for (Centrality const kind : all_kinds) {
    std::vector<double> const found = scores(kind, layer_of(ring, cities, Sense::both_ways));
    CHECK(std::count(found.begin(), found.end(), found.front()) == cities);
  }
}

TEST_CASE("betweenness from a sample has the exact mean over samples") {
  constexpr Index cities = 200;
  constexpr std::size_t count = 40;
  constexpr int samples = 400;
  NetworkLayer const layer = layer_of(drawn(cities, 3 * cities, 5), cities);
  TiesInForce const ties(layer, 1);
  std::vector<std::uint64_t> const hashes = hashes_of(cities);
  std::vector<double> const exact = betweenness_scores(ties, hashes, 0, cities, 1);
  std::vector<double> sum(cities, 0), squares(cities, 0);
  for (std::uint64_t key = 1; key <= samples; ++key) {
    std::vector<double> const one = betweenness_scores(ties, hashes, key, count, 1);
    for (Index i = 0; i < cities; ++i) {
      sum[i] += one[i];
      squares[i] += one[i] * one[i];
    }
  }
  // The largest of 200 deviations, in standard errors: 5 has a rate below 2e-4.
  for (Index i = 0; i < cities; ++i) {
    double const mean = sum[i] / samples;
    double const error = std::sqrt(std::max(0.0, squares[i] / samples - mean * mean) / samples);
    CHECK(std::fabs(mean - exact[i]) <= 5 * error + 1e-9 * exact[i]);
  }
}

TEST_CASE("large networks are sampled, by a key that is the network's own") {
  constexpr Index cities = most_exact_betweenness + 1;
  NetworkLayer layer = layer_of(drawn(cities, 2 * cities, 5), cities);
  TiesInForce const ties(layer, 1);
  std::vector<double> const sampled = scores(Centrality::betweenness, layer);
  std::uint64_t const key = make_key(0, 0, Purpose::selection, hash_id("betweenness net"));
  std::vector<double> wanted = betweenness_scores(ties, hashes_of(cities), key, betweenness_sources, 2);
  level_scores(wanted, 1e-9, Within::larger_one);
  CHECK(sampled == wanted);
  layer.name = "other";
  CHECK(scores(Centrality::betweenness, layer) != sampled);
}

TEST_CASE("scores that differ by rounding become equal, chains of them too, others stay") {
  std::vector<double> scores{1, 2, 2 * (1 + 5e-10), 2 * (1 + 1e-9), 2.1, 0, 1e-12};
  level_scores(scores, 1e-9, Within::larger_one);
  CHECK(scores == std::vector<double>{1, 2 * (1 + 1e-9), 2 * (1 + 1e-9), 2 * (1 + 1e-9), 2.1, 0, 1e-12});
  level_scores(scores, 1e-9, Within::largest_of_all);
  CHECK(scores[5] == scores[6]);
  std::vector<double> none;
  level_scores(none, 1e-9, Within::larger_one);
  CHECK(none.empty());
}
