/// Runs what is missing of a sweep, block by block, on all threads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "base/progress.hpp"
#include "io/sweep_manifest.hpp"
#include "run/replicate.hpp"
#include "sweep/folder.hpp"
#include "sweep/plan.hpp"
#include "sweep/point_models.hpp"

namespace hansa {

/// Part `number` (from 1) of `count`: blocks whose number leaves number - 1 when divided by count.
struct ShardChoice {
  std::int64_t number = 1, count = 1;
  [[nodiscard]] bool has(std::size_t block) const noexcept {
    return static_cast<std::int64_t>(block) % count == number - 1;
  }
};

struct SweepRunOptions {
  int threads = 0;  ///< 0: all; no result depends on it
  Lanes lanes = Lanes::fast;
  ShardChoice shard = {};
  Progress progress = {};  ///< runs that were missing
  std::stop_token stop = {};
};

/// A run that has no numbers.
struct FailedPoint {
  std::int32_t point = 0, replicate = 0;
  std::string why;
};

struct SweepRunReport {
  std::int64_t asked = 0;     ///< runs that were missing
  std::int64_t finished = 0;  ///< of these, and their block is on disk; failed ones included
  std::int64_t failed = 0;
  std::vector<FailedPoint> failures;        ///< the first hundred that were found
  std::vector<std::string> contradictions;  ///< blocks that another process wrote with other numbers: ours, put aside
  std::int64_t written_elsewhere = 0;       ///< blocks that another process finished meanwhile
  bool stopped = false;
  double seconds = 0;
};

/// Runs every block of the shard that `state` lacks, in order. Each is written when its last run is finished
/// (place_file), so that a process that dies loses the blocks in hand and nothing else; after a stop these are left.
/// Memory: the models and worlds in use, and two blocks a thread at most. An exception in a point or run is a failed
/// run, kept in the block; one in writing ends all and is rethrown.
SweepRunReport run_sweep(PointWorlds& worlds, SweepManifest const& manifest, SweepState const& state,
                         std::filesystem::path const& folder, SweepRunOptions const& options);

/// Compiles a few points and runs replicates of them for half a second, or one replicate where it takes longer.
[[nodiscard]] TrialTimes try_out(PointWorlds& worlds, Lanes lanes = Lanes::fast);

}  // namespace hansa
