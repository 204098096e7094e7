/// A sweep that is handed to a cluster, in words: the plan, the jobs, and what the queue says.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "sweep/sweep.hpp"
#include "sweep/tasks.hpp"
#include "tell/tree.hpp"

namespace hansa {

struct SubmissionForecast {
  std::string folder;
  std::int64_t points = 0, replicates = 0;
  std::int64_t runs = 0, missing = 0;
  double bytes = 0;          ///< of all blocks
  std::int64_t files = 0;    ///< in the folder, logs included
  TaskPlan plan;             ///< of all that is missing
  std::size_t tasks = 0;     ///< that are submitted
  std::size_t in_queue = 0;  ///< tasks that were submitted before
  int threads = 1;           ///< processors of a task
  std::string time;          ///< limit of a task, as the user wrote it
  std::string script;
};

/// What the folder says; plan and tasks are left open.
[[nodiscard]] SubmissionForecast forecast_submission(SettledSweep const& settled, std::string const& folder);

/// The plan: runs, core-hours, bytes, files and tasks.
[[nodiscard]] std::string submission_words(SubmissionForecast const& forecast);
/// Numbers of the jobs, and how to follow them.
[[nodiscard]] std::string submitted_words(SubmissionForecast const& forecast, std::vector<std::int64_t> const& arrays,
                                          std::vector<std::int64_t> const& gather);
[[nodiscard]] Node submission_tree(SubmissionForecast const& forecast, std::vector<std::int64_t> const& arrays,
                                   std::vector<std::int64_t> const& gather);

/// "Slurm: 3 running, 4 pending (Priority); gathering: 1 pending (Dependency)."
[[nodiscard]] std::string queue_sentence(std::map<std::string, std::int64_t> const& tasks,
                                         std::map<std::string, std::int64_t> const& gathering);

}  // namespace hansa
