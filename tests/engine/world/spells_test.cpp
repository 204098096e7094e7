/// Ties that hold for a time, against a count step by step.
#include "world/spells.hpp"

#include <map>
#include <random>

#include <doctest/doctest.h>

#include "engine/world/support.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

struct DatedTie {
  Index source, target;
  std::uint32_t weight;
  int from, until;
  auto operator<=>(DatedTie const&) const = default;
};

std::vector<DatedTie> dated(NetworkLayer const& layer) {
  std::vector<DatedTie> ties;
  for (Index i = 0; i + 1 < layer.first.size(); ++i) {
    for (std::uint32_t k = layer.first[i]; k < layer.first[i + 1]; ++k) {
      ties.push_back({i, layer.target[k], layer.weighted() ? layer.weight[k] : 1, layer.from.at(k), layer.until.at(k)});
    }
  }
  return ties;
}

NetworkLayer dated_layer(std::vector<Tie> ties, Index cities, Sense sense = Sense::one_way) {
  Complaints complaints;
  NetworkLayer layer = make_layer("n", std::move(ties), cities, here, complaints, sense);
  CHECK(mistakes(complaints) == "");
  return layer;
}

}  // namespace

TEST_CASE("rows of a pair become spells that do not overlap, weights added where they do") {
  Complaints complaints;
  NetworkLayer const layer =
      make_layer("n", {{0, 1, 0.2, 3, 6}, {0, 1, 0.1, 1, 4}, {1, 2, 1}, {0, 1, 0.5, 8, for_ever}}, 3, here, complaints);
  CHECK(layer.unit == 0.1);
  CHECK(dated(layer) ==
        std::vector<DatedTie>{
            {0, 1, 1, 1, 2}, {0, 1, 3, 3, 4}, {0, 1, 2, 5, 6}, {0, 1, 5, 8, for_ever}, {1, 2, 10, 1, for_ever}});
  CHECK(layer.in_weight == std::vector<std::uint64_t>{0, 1, 10});
  CHECK(layer.in_degree == std::vector<std::uint32_t>{0, 1, 1});
  CHECK(warnings(complaints) == "s.yaml:5:3: network 'n': 1 duplicate tie added to the weight of the first\n");
  std::vector<std::pair<int, int>> changes;  // step, signed weight
  for (TieChange const& change : layer.changes) {
    CHECK((change.source == 0 && change.target == 1));
    changes.emplace_back(change.step, change.sign * static_cast<int>(change.weight));
  }
  CHECK(changes == std::vector<std::pair<int, int>>{{3, -1}, {3, 3}, {5, -3}, {5, 2}, {7, -2}, {8, 5}});
}

TEST_CASE("a spell goes on where the same weights follow at once") {
  CHECK(dated(dated_layer({{0, 1, 2, 4, 4}, {0, 1, 2, 2, 2}, {0, 1, 2, 3, 3}, {0, 1, 2, 6, 7}}, 2)) ==
        std::vector<DatedTie>{{0, 1, 2, 2, 4}, {0, 1, 2, 6, 7}});
  NetworkLayer const always = dated_layer({{0, 1, 2, 1, 4}, {0, 1, 2, 5, for_ever}}, 2);
  CHECK_FALSE(always.dated());
  CHECK(always.changes.empty());
}

TEST_CASE("at every step the ties that hold are those of the rows, and the changes lead from one to the next") {
  constexpr int steps = 12;
  std::mt19937 generator(8);
  for (Sense sense : {Sense::one_way, Sense::both_ways}) {
    std::vector<Tie> rows;
    for (int k = 0; k < 600; ++k) {
      auto const from = static_cast<std::int16_t>(1 + generator() % steps);
      auto const until = static_cast<std::int16_t>(from + generator() % 5);
      rows.push_back({static_cast<Index>(generator() % 9), static_cast<Index>(generator() % 9),
                      static_cast<double>(1 + generator() % 3), from, until >= steps ? for_ever : until});
    }
    std::erase_if(rows, [](Tie const& row) { return row.source == row.target; });
    NetworkLayer const layer = dated_layer(rows, 9, sense);
    REQUIRE(layer.dated());
    std::vector<std::uint64_t> running = layer.in_weight;
    auto change = layer.changes.begin();
    for (int step = 1; step <= steps; ++step) {
      std::map<std::pair<Index, Index>, std::uint64_t> expected, found;
      for (Tie const& row : rows) {
        if (step < row.from || step > row.until) continue;
        expected[{row.source, row.target}] += static_cast<std::uint64_t>(row.weight);
        if (sense == Sense::both_ways) expected[{row.target, row.source}] += static_cast<std::uint64_t>(row.weight);
      }
      for (DatedTie const& tie : dated(layer)) {
        if (step < tie.from || step > tie.until) continue;
        CHECK(found.emplace(std::pair(tie.source, tie.target), tie.weight).second);  // no two spells at once
      }
      CHECK(found == expected);
      for (; change != layer.changes.end() && change->step <= step; ++change) {
        CHECK(change->step == step);
        running[change->target] += change->sign > 0 ? change->weight : -std::uint64_t{change->weight};
      }
      std::vector<std::uint64_t> sums(9, 0);
      for (auto const& [pair, weight] : expected) sums[pair.second] += weight;
      CHECK(running == sums);
    }
    CHECK(change == layer.changes.end());
    std::shuffle(rows.begin(), rows.end(), generator);
    CHECK(dated(dated_layer(rows, 9, sense)) == dated(layer));
  }
}

TEST_CASE("sums that are wide at some later step only") {
  CHECK(dated_layer({{0, 2, 2e9, 1, 4}, {1, 2, 2e9, 5, 6}}, 3).narrow());
  CHECK_FALSE(dated_layer({{0, 2, 2e9, 1, 5}, {1, 2, 2e9, 5, 6}}, 3).narrow());
}

TEST_CASE("rows that overlap without measure are refused in time and memory") {
  std::vector<Tie> rows;
  for (int k = 0; k < 40000; ++k) {
    rows.push_back(
        {0, 1, 1.0 + k, static_cast<std::int16_t>(1 + k % 16000), static_cast<std::int16_t>(16001 + k % 15999)});
  }
  Complaints complaints;
  CHECK(make_layer("n", std::move(rows), 2, here, complaints).ties() == 0);
  CHECK(mistakes(complaints) ==
        "s.yaml:5:3: network 'n' ties the same two cities for too many times that overlap, one row for each time in "
        "which a tie holds was expected\n");
}
