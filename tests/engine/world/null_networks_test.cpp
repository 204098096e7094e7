/// Tests of world/null_networks: degrees, weights and directions stay, strata too, and all graphs are reached.
#include "world/null_networks.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include <doctest/doctest.h>

#include "base/random.hpp"

using namespace hansa;

namespace {

NetworkLayer layer_of(std::vector<Tie> ties, Index cities, Sense sense = Sense::one_way) {
  Complaints complaints;
  NetworkLayer made = make_layer("near", std::move(ties), cities, {}, complaints, sense);
  complaints.throw_if_any();
  return made;
}

std::vector<std::uint64_t> hashes(std::size_t count) {
  std::vector<std::uint64_t> made;
  for (std::size_t i = 0; i < count; ++i) made.push_back(hash_id("c" + std::to_string(i)));
  return made;
}

struct Degrees {
  std::map<Index, int> out, in;
  std::multiset<double> weights;
  bool operator==(Degrees const&) const = default;
};

Degrees degrees_of(NetworkLayer const& layer) {
  Degrees found;
  for (Tie const& each : ties_of(layer)) {
    ++found.out[each.source];
    ++found.in[each.target];
    found.weights.insert(each.weight);
  }
  return found;
}

std::vector<Tie> many_ties(Index cities) {
  std::vector<Tie> ties;
  for (Index i = 0; i < cities; ++i)
    for (Index const step : {1u, 2u, 5u}) ties.push_back({i, (i + step * (1 + i % 3)) % cities, 1.0 + i % 4});
  return ties;
}

std::set<std::pair<Index, Index>> pairs_of(NetworkLayer const& layer) {
  std::set<std::pair<Index, Index>> found;
  for (Tie const& each : ties_of(layer)) found.emplace(each.source, each.target);
  return found;
}

}  // namespace

TEST_CASE("cities change places within their strata only, and every arrangement is as likely") {
  std::vector<std::int32_t> const strata{0, 1, 0, 0, 1};
  std::map<std::vector<Index>, int> seen;
  constexpr int draws = 6000;
  for (int k = 0; k < draws; ++k) {
    std::vector<Index> const place =
        exchange_within(strata, hashes(5), make_key(1, static_cast<std::uint64_t>(k), Purpose::relabelling, 9));
    for (std::size_t i = 0; i < 5; ++i) CHECK(strata[place[i]] == strata[i]);
    std::set<Index> const all(place.begin(), place.end());
    CHECK(all.size() == 5);
    ++seen[place];
  }
  CHECK(seen.size() == 12);  // 3! · 2!
  // 500 expected of each, standard deviation 21.4; 12 of them: false alarms below 1e-4.
  for (auto const& [place, count] : seen) CHECK(std::abs(count - 500) < 100);
}

TEST_CASE("a relabelled network is the same network of other cities") {
  NetworkLayer const layer = layer_of({{0, 1, 2}, {1, 2, 3}, {3, 1, 5}}, 4);
  std::vector<Index> const place{2, 0, 3, 1};
  std::vector<Tie> const ties = ties_of(relabelled(layer, place));
  std::set<std::tuple<Index, Index, double>> found;
  for (Tie const& each : ties) found.emplace(each.source, each.target, each.weight);
  CHECK(found == std::set<std::tuple<Index, Index, double>>{{2, 0, 2}, {0, 3, 3}, {1, 0, 5}});
  NetworkLayer groups;
  groups.name = "same";
  groups.group = SharedVector<std::int32_t>{0, 0, 1, -1};
  NetworkLayer const moved = relabelled(groups, place);
  CHECK(std::vector<std::int32_t>(moved.group.begin(), moved.group.end()) == std::vector<std::int32_t>{0, -1, 0, 1});
}

TEST_CASE("rewiring keeps degrees, weights and directions, and makes neither loops nor double ties") {
  NetworkLayer const directed = layer_of(many_ties(30), 30);
  CHECK_FALSE(is_mutual(directed));
  NetworkLayer const made = rewired(directed, make_key(1, 0, Purpose::rewiring, directed.hash));
  CHECK(degrees_of(made) == degrees_of(directed));
  CHECK(pairs_of(made) != pairs_of(directed));
  CHECK(pairs_of(made).size() == pairs_of(directed).size());
  for (Tie const& each : ties_of(made)) CHECK(each.source != each.target);
  CHECK(pairs_of(rewired(directed, make_key(1, 0, Purpose::rewiring, directed.hash))) == pairs_of(made));
  CHECK(pairs_of(rewired(directed, make_key(1, 1, Purpose::rewiring, directed.hash))) != pairs_of(made));

  NetworkLayer const mutual = layer_of(many_ties(30), 30, Sense::both_ways);
  CHECK(is_mutual(mutual));
  NetworkLayer const other = rewired(mutual, make_key(1, 0, Purpose::rewiring, mutual.hash));
  CHECK(is_mutual(other));
  CHECK(degrees_of(other).in == degrees_of(mutual).in);
  CHECK(degrees_of(other).weights == degrees_of(mutual).weights);
  CHECK(pairs_of(other) != pairs_of(mutual));
}

TEST_CASE("ties take their dates along, and a source its weights") {
  std::vector<Tie> ties = many_ties(20);
  for (std::size_t k = 0; k < ties.size(); ++k) ties[k].from = static_cast<std::int16_t>(1 + k % 5);
  NetworkLayer const layer = layer_of(ties, 20);
  NetworkLayer const made = rewired(layer, make_key(3, 0, Purpose::rewiring, layer.hash));
  auto const of_sources = [](NetworkLayer const& one) {
    std::multiset<std::tuple<Index, double, std::int16_t>> found;
    for (Tie const& each : ties_of(one)) found.emplace(each.source, each.weight, each.from);
    return found;
  };
  CHECK(of_sources(made) == of_sources(layer));
}

TEST_CASE("where no tie can lead elsewhere, none does; and all graphs of the degrees are as likely") {
  NetworkLayer const complete = layer_of({{0, 1, 1}, {0, 2, 1}, {1, 2, 1}}, 3, Sense::both_ways);
  CHECK(pairs_of(rewired(complete, 17)) == pairs_of(complete));
  // Two ties among four cities, undirected: three matchings.
  NetworkLayer const pair = layer_of({{0, 1, 1}, {2, 3, 1}}, 4, Sense::both_ways);
  std::map<std::set<std::pair<Index, Index>>, int> seen;
  for (std::uint64_t k = 0; k < 3000; ++k) ++seen[pairs_of(rewired(pair, make_key(1, k, Purpose::rewiring, 1)))];
  CHECK(seen.size() == 3);
  // 1000 expected of each, standard deviation 25.8.
  for (auto const& [graph, count] : seen) CHECK(std::abs(count - 1000) < 110);
}
