/// What Slurm says, and what it is asked to do. It is believed about its queue, never about what is finished.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sweep/job_scripts.hpp"

namespace hansa::cli {

struct QueuedTask {
  std::int64_t job = 0;
  std::int64_t index = 0;  ///< in its array; 0: none
  std::string state;       ///< "RUNNING", "PENDING", …
  std::string reason;      ///< why it waits
};

/// Tasks of jobs with this name that the queue knows, ended ones too as long as it does. Nothing: no Slurm, or no
/// answer in a few seconds.
[[nodiscard]] std::optional<std::vector<QueuedTask>> queued_tasks(std::string const& name);

/// Whether a task works, or can still begin by itself.
[[nodiscard]] bool is_coming(QueuedTask const& task);

/// Those tasks of the queue that are of these jobs, with the shard that each runs (0: it gathers).
struct ShardTask {
  QueuedTask task;
  std::int64_t shard = 0, shards = 0;
};
[[nodiscard]] std::vector<ShardTask> tasks_of(std::vector<SubmittedJob> const& jobs,
                                              std::vector<QueuedTask> const& queue);

/// The highest index that a task of an array may have: MaxArraySize - 1, or 1000 where nobody says.
[[nodiscard]] std::int64_t highest_index();

[[nodiscard]] bool has_slurm();

/// Submits by sbatch; the number of the job. Error (Fault::failure): what sbatch says.
[[nodiscard]] std::int64_t submit(std::vector<std::string> const& words);

}  // namespace hansa::cli
