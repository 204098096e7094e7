/// Tests of sweep/plan: every run is in one block, extended sweeps keep their blocks, and what differs is told.
#include "sweep/plan.hpp"

#include <map>
#include <set>

#include <doctest/doctest.h>

#include "base/error.hpp"

using namespace hansa;

namespace {

SweepManifest manifest_of(std::vector<std::int64_t> keys, std::int64_t replicates) {
  SweepManifest manifest;
  manifest.points.scenarios = {"s"};
  manifest.points.scenario_of.assign(keys.size(), 0);
  manifest.keys = std::move(keys);
  manifest.replicates = replicates;
  return manifest;
}

std::string one_world(std::size_t) {
  return "";
}

/// How often each run of the manifest is in a cell.
std::map<std::pair<std::int64_t, std::int32_t>, int> runs_in(SweepManifest const& manifest) {
  std::map<std::pair<std::int64_t, std::int32_t>, int> counts;
  for (std::size_t block = 0; block < manifest.ends.size(); ++block)
    for (PlannedCell const& cell : manifest.block(block))
      for (std::int32_t r = cell.first; r < cell.first + cell.count; ++r)
        ++counts[{manifest.keys[static_cast<std::size_t>(cell.point)], r}];
  return counts;
}

void check_whole(SweepManifest const& manifest) {
  auto const counts = runs_in(manifest);
  CHECK(static_cast<std::int64_t>(counts.size()) == manifest.runs());
  for (auto const& [run, count] : counts) CHECK(count == 1);
}

}  // namespace

TEST_CASE("each run is in one block, and the first blocks are spread over points") {
  for (std::int64_t const at_once : {1, 3, 10, 99}) {
    for (std::int64_t const runs : {1, 7, 1000}) {
      SweepManifest manifest = manifest_of({10, 11, 12, 13, 14, 15, 16}, 10);
      plan_blocks(manifest, nullptr, {at_once, runs}, one_world);
      check_whole(manifest);
      if (at_once > 1 || runs > 7) continue;
      CHECK(manifest.cells[6].first == 0);
      CHECK(manifest.cells[7].first == 1);
    }
  }
}

TEST_CASE("points of a world come together where there are many worlds, and else not") {
  auto const changes = [](std::size_t worlds) {
    std::vector<std::int64_t> keys(400);
    for (std::size_t k = 0; k < keys.size(); ++k) keys[k] = static_cast<std::int64_t>(k);
    SweepManifest manifest = manifest_of(keys, 1);
    auto const world = [&](std::size_t point) { return std::to_string(point % worlds); };
    plan_blocks(manifest, nullptr, {1, 10}, world);
    check_whole(manifest);
    std::size_t count = 0;
    for (std::size_t k = 1; k < manifest.cells.size(); ++k)
      count += world(static_cast<std::size_t>(manifest.cells[k].point)) !=
                       world(static_cast<std::size_t>(manifest.cells[k - 1].point))
                   ? 1
                   : 0;
    return count;
  };
  CHECK(changes(100) == 99);
  CHECK(changes(3) > 200);
}

TEST_CASE("cells of a block ascend, unless points of a world come together") {
  std::vector<std::int64_t> keys(400);
  for (std::size_t k = 0; k < keys.size(); ++k) keys[k] = static_cast<std::int64_t>(k);
  auto const descents = [&](std::size_t worlds) {
    SweepManifest manifest = manifest_of(keys, 3);
    plan_blocks(manifest, nullptr, {1, 450}, [&](std::size_t point) { return std::to_string(point % worlds); });
    std::size_t count = 0;
    for (std::size_t block = 0; block < manifest.ends.size(); ++block) {
      std::vector<PlannedCell> const cells = manifest.block(block);
      for (std::size_t k = 1; k < cells.size(); ++k)
        count += std::pair(cells[k].point, cells[k].first) < std::pair(cells[k - 1].point, cells[k - 1].first) ? 1 : 0;
    }
    return count;
  };
  CHECK(descents(3) == 0);
  CHECK(descents(100) > 100);
}

TEST_CASE("an extended sweep begins with the blocks that there were") {
  SweepManifest small = manifest_of({5, 6, 7}, 4);
  plan_blocks(small, nullptr, {2, 3}, one_world);
  SweepManifest large = manifest_of({8, 7, 6, 5}, 6);  // one more, in another order
  plan_blocks(large, &small, {2, 3}, one_world);
  check_whole(large);
  REQUIRE(large.ends.size() > small.ends.size());
  for (std::size_t block = 0; block < small.ends.size(); ++block) {
    auto const before = small.block(block), now = large.block(block);
    REQUIRE(before.size() == now.size());
    for (std::size_t k = 0; k < now.size(); ++k) {
      CHECK(large.keys[static_cast<std::size_t>(now[k].point)] ==
            small.keys[static_cast<std::size_t>(before[k].point)]);
      CHECK(now[k].first == before[k].first);
      CHECK(now[k].count == before[k].count);
    }
  }
  SweepManifest smaller = manifest_of({5, 6}, 4);
  CHECK_THROWS_AS(plan_blocks(smaller, &small, {2, 3}, one_world), Error);
}

TEST_CASE("what differs is told by name, line by line") {
  SweepManifest before = manifest_of({1, 2}, 3), now = before;
  before.common = {{"scenario s", "a: 1\nb:\n  c: 2\n"}, {"seed", "1"}};
  now.common = {{"scenario s", "a: 1\nb:\n  c: 3\n"}, {"file x.csv", "0f"}, {"seed", "1"}};
  auto const found = differences(before, now);
  REQUIRE(found.size() == 2);
  CHECK(found[0] == "file x.csv: it was not there");
  CHECK(found[1] == "scenario s: it has 'c: 3', and had 'c: 2'");
  CHECK(differences(before, before).empty());
  CHECK_FALSE(lost_points(before, now));
  now.keys = {2, 3};
  CHECK(lost_points(before, now) == "1 of the 2 points that were planned are not in the design any more");
  now.keys = {1, 2};
  now.replicates = 2;
  CHECK(lost_points(before, now) == "there are to be 2 replicates of each point, and 3 were planned");
}

TEST_CASE("blocks are few, take seconds, and leave compiling a twentieth of the time") {
  // A million runs of 50 µs: five seconds of four threads are 400,000 runs, more than a block may hold.
  BlockSizes const million = block_sizes({1e-3, 5e-5}, 15'625, 64, 3, 4, 1);
  CHECK(million.replicates_at_once == 64);
  CHECK(million.runs == 32'768);
  CHECK(1'000'000 / million.runs < 512);
  // Runs of a minute are blocks of their own.
  BlockSizes const slow = block_sizes({1, 60}, 100, 10, 3, 4, 1);
  CHECK(slow.replicates_at_once == 1);
  CHECK(slow.runs == 1);
  // Compiling that costs nothing needs no replicates together.
  CHECK(block_sizes({1e-6, 1e-3}, 100, 50, 3, 4, 1).replicates_at_once == 1);
  CHECK(block_sizes({5e-3, 1e-3}, 1000, 500, 3, 4, 1).replicates_at_once == 100);
  // Shards beyond all measure share files: 71,000 runs of a millisecond are not so many files; runs of seconds may be.
  CHECK(block_sizes({0, 1e-3}, 71'000, 1, 3, 4, 100'000).runs == 36);
  CHECK(block_sizes({0, 3}, 71'000, 1, 3, 4, 100'000).runs == 1);
  // Each of many shards has blocks of its own, and wide rows make short blocks.
  CHECK(block_sizes({0, 1e-6}, 1000, 10, 3, 4, 100).runs == 25);
  CHECK(block_sizes({0, 1e-6}, 100'000, 1, 100'000, 4, 1).runs <= 196);
}
