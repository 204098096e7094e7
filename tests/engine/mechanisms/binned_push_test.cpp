/// Tests of pushing adoptions along ties, alone and by a crew.
#include "mechanisms/binned_push.hpp"

#include <random>
#include <vector>

#include <doctest/doctest.h>

namespace {

using hansa::Event;
using hansa::Index;
using hansa::NetworkLayer;

/// Rows of 0 to 40 ties, so that some are longer than what is copied at a time.
NetworkLayer random_layer(Index cities, bool weighted, std::mt19937& random) {
  NetworkLayer layer;
  layer.in_degree.assign(cities, 0);
  layer.first.push_back(0);
  for (Index i = 0; i < cities; ++i) {
    std::size_t const ties = random() % 8 == 0 ? random() % 41 : random() % 4;
    for (std::size_t k = 0; k < ties; ++k) {
      layer.target.push_back(static_cast<Index>(random() % cities));
      if (weighted) layer.weight.push_back(static_cast<std::uint32_t>(1 + random() % 5));
    }
    layer.first.push_back(static_cast<std::uint32_t>(layer.target.size()));
  }
  layer.target.resize(layer.target.size() + 64);
  if (weighted) layer.weight.resize(layer.target.size());
  return layer;
}

std::vector<Event> random_events(Index cities, std::mt19937& random) {
  std::vector<Event> events;
  for (Index i = 0; i < cities; ++i) {
    if (random() % 3 == 0) continue;
    events.push_back({i, 0, static_cast<std::int8_t>(random() % 5 == 0 ? -1 : +1)});
  }
  return events;
}

/// Sums start at 1000, so that abandonments do not take them below 0.
struct Outcome {
  std::vector<std::uint32_t> sum;
  std::vector<std::uint8_t> seen;
  explicit Outcome(Index cities) : sum(cities, 1000), seen(cities / 8 + 64, 0) {}
  bool operator==(Outcome const&) const = default;
};

template <bool weighted>
void compare(Index cities, std::mt19937& random) {
  NetworkLayer const layer = random_layer(cities, weighted, random);
  Outcome expected(cities);
  std::vector<std::vector<Event>> blocks = {random_events(cities, random), {}, random_events(cities, random)};
  for (auto const& events : blocks) {
    for (Event const& event : events) {
      for (std::uint32_t e = layer.first[event.city]; e < layer.first[event.city + 1]; ++e) {
        Index const j = layer.target[e];
        expected.sum[j] += static_cast<std::uint32_t>(event.sign) * (weighted ? layer.weight[e] : 1u);
        expected.seen[j / 8] |= static_cast<std::uint8_t>(1u << j % 8);
      }
    }
  }
  for (int threads : {1, 2, 3, 4}) {
    hansa::Crew crew(threads);
    hansa::BinnedPush<std::uint32_t, weighted> push;
    Outcome seen(cities);
    hansa::Touched const touched{nullptr, seen.seen.data()};
    for (auto const& events : blocks) push(layer, events, seen.sum.data(), touched, crew);
    CHECK(seen == expected);
  }
}

TEST_CASE("a crew adds what one loop over the ties adds, adoptions and abandonments mixed") {
  std::mt19937 random(11);
  // One range of targets, exactly one, one and a city, and several.
  for (Index const cities : {40u, 32'768u, 32'769u, 100'000u}) {
    compare<false>(cities, random);
    compare<true>(cities, random);
  }
}

TEST_CASE("pieces hold all ties in order, and never two signs") {
  std::mt19937 random(12);
  NetworkLayer const layer = random_layer(500, true, random);
  std::vector<Event> const events = random_events(500, random);
  std::vector<Index> expected, target;
  std::vector<std::uint32_t> expected_weight, weight;
  for (Event const& event : events) {
    for (std::uint32_t e = layer.first[event.city]; e < layer.first[event.city + 1]; ++e) {
      expected.push_back(event.sign > 0 ? layer.target[e] : layer.target[e] + 1000);
      expected_weight.push_back(layer.weight[e]);
    }
  }
  hansa::for_tie_pieces<true>(layer, events, [&](hansa::TiePiece const& piece) {
    CHECK(!piece.target.empty());
    CHECK(piece.target.size() <= hansa::tie_piece);
    CHECK(piece.weight.size() == piece.target.size());
    for (Index const j : piece.target) target.push_back(piece.sign > 0 ? j : j + 1000);
    weight.insert(weight.end(), piece.weight.begin(), piece.weight.end());
  });
  CHECK(target == expected);
  CHECK(weight == expected_weight);
}

}  // namespace
