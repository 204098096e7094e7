/// `hansa sweep --slurm`: a sweep as an array of jobs, and a job that gathers.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/lines.hpp"
#include "scenario/draft.hpp"
#include "sweep/sweep.hpp"

namespace CLI {
class App;
}

namespace hansa::cli {

struct SlurmWords {
  bool slurm = false, dry_run = false;
  std::string time, prologue;
  std::optional<std::string> tasks;
  std::vector<std::string> sbatch;
};
void add_slurm_words(CLI::App& command, SlurmWords& words);
/// Throws Error where they are given without --slurm, or do not go with the others.
void check_slurm_words(SlurmWords const& words, bool shard);

/// What is submitted. References outlive the call.
struct Submission {
  SweepManifest const& described;
  PointWorlds& worlds;
  std::filesystem::path folder;
  SettleOptions settling;  ///< `threads`: of a task; `approve` sees the time that all tasks together take
  std::vector<std::string> task_command;  ///< the program and its words, but for shard and threads
  std::vector<std::string> gather_command;
  bool quiet = false, json = false, sure = false;
};

/// Plans, writes the scripts beside the manifest, submits what is missing and not in the queue already, and tells.
/// Errors: words that do not fit, no Slurm, what sbatch refuses. What was submitted before is on record.
Exit submit_sweep(Submission const& submission, SlurmWords const& words);

/// What Slurm says of a sweep that was submitted: states of its tasks, and the job that gathers. Empty if it says
/// nothing, or nothing was submitted.
[[nodiscard]] std::string queue_words(std::filesystem::path const& folder, SweepManifest const& manifest);
[[nodiscard]] Node queue_tree(std::filesystem::path const& folder, SweepManifest const& manifest);

}  // namespace hansa::cli
