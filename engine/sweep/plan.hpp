/// Which runs a sweep has, in which order they are made, and which block keeps which.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "io/sweep_manifest.hpp"

namespace hansa {

/// Seconds that one thread needs, measured in a trial.
struct TrialTimes {
  double point = 0;  ///< to compile a point, and build its world where it has its own
  double run = 0;    ///< for one replicate and its measures
};

struct BlockSizes {
  std::int64_t replicates_at_once = 1;  ///< of a point, before the next one's turn
  std::int64_t runs = 1;                ///< of a block
};

/// Replicates at once: so many that compiling takes at most a twentieth of the time. Runs of a block: about so long as
/// `threads` threads need for five seconds, so that a process that is killed loses little, and so many that there are
/// at most 2000 files; but not more than 32,768, 32 MiB, or a quarter of what each of `shards` has. Shards make more
/// than 2000 files only where each takes a second of one thread.
[[nodiscard]] BlockSizes block_sizes(TrialTimes const& times, std::int64_t points, std::int64_t replicates,
                                     std::int64_t width, int threads, std::int64_t shards);

/// Adds cells and blocks for all runs that `done` (an older manifest of the same sweep) does not have; its cells come
/// first, with the points' new numbers. Points come in spread order, `sizes.replicates_at_once` replicates of each,
/// then the next ones: what is finished at any time is spread evenly over the design. Points with equal `world` come
/// together where there are more than 64 worlds. Error (Fault::input): `done` has points or replicates that the
/// manifest does not have.
void plan_blocks(SweepManifest& manifest, SweepManifest const* done, BlockSizes const& sizes,
                 std::function<std::string(std::size_t)> const& world);

/// What differs between two sweeps that should be one, line by line; empty: nothing.
[[nodiscard]] std::vector<std::string> differences(SweepManifest const& before, SweepManifest const& now);

/// The same of their points and replicates: how many of the older ones the newer does not have; nothing if none.
[[nodiscard]] std::optional<std::string> lost_points(SweepManifest const& before, SweepManifest const& now);

}  // namespace hansa
