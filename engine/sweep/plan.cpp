/// Orders runs and cuts them into blocks.
#include "sweep/plan.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <sstream>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "sweep/points.hpp"

namespace hansa {

namespace {

constexpr std::size_t many_worlds = 64;
constexpr std::int64_t bytes_of_block = std::int64_t{32} << 20;

/// Points in the order in which they are run.
struct PointOrder {
  std::vector<std::int32_t> points;
  bool by_world = false;
};

PointOrder order_of_points(std::size_t points, std::function<std::string(std::size_t)> const& world) {
  std::vector<std::int32_t> order = spread_order(points);
  std::map<std::string, std::int32_t> first;  // number of the world in the order of its first point
  std::vector<std::int32_t> world_of(points);
  for (std::int32_t const point : order) {
    auto const number = static_cast<std::int32_t>(first.size());
    world_of[static_cast<std::size_t>(point)] =
        first.try_emplace(world(static_cast<std::size_t>(point)), number).first->second;
  }
  bool const by_world = first.size() > many_worlds && first.size() < points;
  if (by_world)
    std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
      return world_of[static_cast<std::size_t>(a)] < world_of[static_cast<std::size_t>(b)];
    });
  return {std::move(order), by_world};
}

/// Lines of a text that the other one does not have, at most three.
std::string new_lines(std::string const& text, std::string const& other) {
  std::multiset<std::string> known;
  std::istringstream there(other), here(text);
  for (std::string line; std::getline(there, line);) known.insert(line);
  std::vector<std::string> lines;
  for (std::string line; std::getline(here, line);) {
    if (auto const found = known.find(line); found != known.end()) {
      known.erase(found);
    } else {
      std::size_t const begin = line.find_first_not_of(" -");
      lines.push_back(begin == std::string::npos ? line : line.substr(begin));
    }
  }
  std::size_t const told = std::min<std::size_t>(3, lines.size());
  std::string words =
      fmt::format("'{}'", fmt::join(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(told), "', '"));
  if (lines.size() > told) words += fmt::format(" and {} lines more", lines.size() - told);
  return lines.empty() ? "nothing" : words;
}

}  // namespace

BlockSizes block_sizes(TrialTimes const& times, std::int64_t points, std::int64_t replicates, std::int64_t width,
                       int threads, std::int64_t shards) {
  constexpr double most_overhead = 0.05, seconds = 5;
  constexpr std::int64_t most_runs = std::int64_t{1} << 15;
  double const run = std::max(times.run, 1e-7);
  BlockSizes sizes;
  double const at_once = std::ceil(times.point / (most_overhead * run));
  sizes.replicates_at_once = at_once >= static_cast<double>(replicates)
                                 ? replicates
                                 : std::max<std::int64_t>(1, static_cast<std::int64_t>(at_once));
  std::int64_t const all = points * replicates;
  constexpr std::int64_t files = 2000;
  double const timely =
      std::clamp(seconds * threads / (run + times.point / static_cast<double>(sizes.replicates_at_once)), 1.0, 1e9);
  std::int64_t runs = std::max<std::int64_t>(static_cast<std::int64_t>(timely), (all + files - 1) / files);
  // More shards than that share files, unless a block of theirs takes a second.
  auto const second = static_cast<std::int64_t>(std::clamp(timely / (seconds * threads), 1.0, 1e9));
  std::int64_t const least = std::min(second, (all + files - 1) / files);
  runs = std::min(runs, std::max(least, all / (4 * std::max<std::int64_t>(1, shards))));
  runs = std::min(runs, std::max<std::int64_t>(1, bytes_of_block / (8 * std::max<std::int64_t>(1, width))));
  sizes.runs = std::clamp<std::int64_t>(runs, 1, most_runs);
  sizes.replicates_at_once = std::min(sizes.replicates_at_once, std::max<std::int64_t>(1, sizes.runs));
  return sizes;
}

void plan_blocks(SweepManifest& manifest, SweepManifest const* done, BlockSizes const& sizes,
                 std::function<std::string(std::size_t)> const& world) {
  std::vector<std::int32_t> begun(manifest.points.size(), 0);  // replicates that are planned already
  manifest.cells.clear();
  manifest.ends.clear();
  if (done) {
    if (auto const lost = lost_points(*done, manifest)) throw Error(Complaint{*lost, {}, {}});
    std::map<std::int64_t, std::int32_t> point_of;
    for (std::size_t p = 0; p < manifest.keys.size(); ++p)
      point_of.emplace(manifest.keys[p], static_cast<std::int32_t>(p));
    for (PlannedCell const& each : done->cells) {
      std::int32_t const point = point_of.at(done->keys[static_cast<std::size_t>(each.point)]);
      manifest.cells.push_back({point, each.first, each.count});
      auto& until = begun[static_cast<std::size_t>(point)];
      until = std::max(until, each.first + each.count);
    }
    manifest.ends = done->ends;
  }
  PointOrder const order = order_of_points(manifest.points.size(), world);
  auto const replicates = static_cast<std::int32_t>(manifest.replicates);
  auto const step =
      static_cast<std::int32_t>(std::clamp<std::int64_t>(sizes.replicates_at_once, 1, manifest.replicates));
  std::int64_t runs = 0;
  auto const end_block = [&] {
    if (runs == 0) return;
    // A virtual file then takes a block in one piece. Where worlds come together, their order says which are kept.
    std::int64_t const begin = manifest.ends.empty() ? 0 : manifest.ends.back();
    if (!order.by_world)
      std::sort(manifest.cells.begin() + begin, manifest.cells.end(), [](PlannedCell const& a, PlannedCell const& b) {
        return std::pair(a.point, a.first) < std::pair(b.point, b.first);
      });
    manifest.ends.push_back(static_cast<std::int64_t>(manifest.cells.size()));
    runs = 0;
  };
  for (std::int32_t wave = 0; wave < replicates; wave += std::min(step, replicates - wave)) {
    for (std::int32_t const point : order.points) {
      std::int32_t const first = std::max(wave, begun[static_cast<std::size_t>(point)]);
      std::int32_t const end = wave + std::min(step, replicates - wave);
      if (first >= end) continue;
      manifest.cells.push_back({point, first, end - first});
      runs += end - first;
      if (runs >= sizes.runs) end_block();
    }
  }
  end_block();
}

std::vector<std::string> differences(SweepManifest const& before, SweepManifest const& now) {
  std::vector<std::string> found;
  std::set<std::string> names;
  for (auto const* each : {&before.common, &now.common})
    for (auto const& [name, text] : *each) names.insert(name);
  for (std::string const& name : names) {
    auto const old = before.common.find(name), fresh = now.common.find(name);
    if (old == before.common.end()) {
      found.push_back(fmt::format("{}: it was not there", name));
    } else if (fresh == now.common.end()) {
      found.push_back(fmt::format("{}: it is not there any more", name));
    } else if (old->second != fresh->second) {
      found.push_back(fmt::format("{}: it has {}, and had {}", name, new_lines(fresh->second, old->second),
                                  new_lines(old->second, fresh->second)));
    }
  }
  return found;
}

std::optional<std::string> lost_points(SweepManifest const& before, SweepManifest const& now) {
  std::set<std::int64_t> const there(now.keys.begin(), now.keys.end());
  std::size_t lost = 0;
  for (std::int64_t const key : before.keys) lost += there.count(key) == 0 ? 1 : 0;
  if (lost > 0)
    return fmt::format("{} of the {} points that were planned are not in the design any more", lost,
                       before.keys.size());
  if (now.replicates < before.replicates)
    return fmt::format("there are to be {} replicates of each point, and {} were planned", now.replicates,
                       before.replicates);
  return std::nullopt;
}

}  // namespace hansa
