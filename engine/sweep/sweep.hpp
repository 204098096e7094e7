/// A sweep from its scenario to a folder of finished blocks: design, manifest, plan.
///
/// The folder is the truth: what it has is never run again, and any number of processes may work in it at once.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "design/design_table.hpp"
#include "io/sweep_manifest.hpp"
#include "run/question.hpp"
#include "sweep/folder.hpp"
#include "sweep/plan.hpp"
#include "sweep/point_models.hpp"
#include "sweep/run_sweep.hpp"

namespace hansa {

/// How large a sweep is. NaN: not known.
struct SweepForecast {
  double points = 0, replicates = 0;
  double runs = 0;     ///< of all points
  double missing = 0;  ///< of these, not on disk yet
  double seconds = 0;  ///< that the missing ones take on this machine, by a trial
  double bytes = 0;    ///< of blocks, without compression, and what each file takes by itself
  double files = 0;
  int threads = 1;
  bool extended = false;  ///< the folder has a smaller design already
};

/// Error (Fault::input): the scenario has no section `sweep`, there are more points or runs than anybody can want (ten
/// million, a hundred million), or they take longer than a week, more than a terabyte, or more than a hundred thousand
/// files. `sure`: up to a billion runs are let through.
void refuse_absurd(SweepForecast const& forecast, Question const& question, bool sure);

/// Points and replicates that the question's sweep asks for, counted before they are made.
[[nodiscard]] SweepForecast count_sweep(Question const& question, std::optional<std::int64_t> replicates);

/// What all that follows is made from. `questions`: the scenarios in which every point is run, in the order of the
/// section, or the question of the section alone; `from` has the section, and `design` its points
/// (sweep/sweep_design.hpp). No cells yet.
[[nodiscard]] SweepManifest describe_sweep(Question const& from, std::vector<Question> const& questions,
                                           DesignTable const& design, std::optional<std::int64_t> replicates);

struct SettleOptions {
  int threads = 0;
  Lanes lanes = Lanes::fast;
  std::int64_t shards = 1;                 ///< that will work in the folder
  std::optional<std::int64_t> block = {};  ///< runs of a block, instead of a measured number
  /// Sees the plan before anything is written, and may throw.
  std::function<void(SweepForecast const&)> approve = {};
};

/// A manifest with its blocks, as it stands in the folder, and what is there of them.
struct SettledSweep {
  SweepManifest manifest;
  SweepState state;
};

/// Finds the manifest of the sweep in the folder, or plans and writes it; a smaller one of the same sweep is extended.
/// Where only what is told differs (title, quantiles), a new manifest has the same plan.
/// Error (Fault::input), nothing being written: the folder has another sweep, which of the scenario, its inputs, the
/// measures or versions differs, or points or replicates that this one has not.
[[nodiscard]] SettledSweep settle(SweepManifest described, PointWorlds& worlds, std::filesystem::path const& folder,
                                  SettleOptions const& options);

/// The newest manifest of a folder, and what is there. Error (Fault::input): none.
[[nodiscard]] SettledSweep read_sweep_folder(std::filesystem::path const& folder);

}  // namespace hansa
