/// How what is missing of a sweep is dealt out to the tasks of a job array.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sweep/folder.hpp"

namespace hansa {

/// What a task may take.
struct TaskLimits {
  double seconds = 3600;                   ///< its time limit
  int threads = 1;                         ///< processors of a task
  std::optional<std::int64_t> tasks = {};  ///< that are wanted; nothing: so many that each works for half an hour
  std::int64_t highest_index = 1000;       ///< of a task of one array
};

struct TaskPlan {
  std::int64_t tasks = 1;
  double seconds = 0;      ///< that each works, about
  double cpu_seconds = 0;  ///< of all
  bool cut_short = false;  ///< tasks do not get through before their time limit
};

/// Seconds of "30", "30:00", "12:00:00", "2-0", "2-12", "2-12:30" or "2-12:30:00", as Slurm reads them; nothing if it
/// is none of them, or not more than zero.
[[nodiscard]] std::optional<double> parse_time_limit(std::string_view text);

/// Seconds before the time limit at which a task is told to end: two minutes, or a fifth of a limit below ten.
[[nodiscard]] double warning_seconds(double limit);

/// Tasks of half an hour, or of what the time limit leaves where that is less: four fifths of it up to the warning, for
/// a trial tells little of other machines. Longer ones where one array would not do.
[[nodiscard]] TaskPlan plan_tasks(double cpu_seconds, TaskLimits const& limits);

/// Shards 1 … `count` that have something to do: a block that is not finished. `busy` ones are left out.
[[nodiscard]] std::vector<std::int64_t> open_shards(SweepState const& state, std::int64_t count,
                                                    std::set<std::int64_t> const& busy);

/// A number of shards from `wanted` to twice that, among which open blocks are spread evenly.
[[nodiscard]] std::int64_t balanced_shards(SweepState const& state, std::int64_t wanted);

/// One array of tasks; the task with index i runs shard i + offset.
struct TaskArray {
  std::int64_t offset = 0;
  std::string indices;  ///< "1-40,44"
  std::size_t tasks = 0;
};

/// The arrays for ascending shards, with indices from 1 to `highest_index`.
[[nodiscard]] std::vector<TaskArray> task_arrays(std::vector<std::int64_t> const& shards, std::int64_t highest_index);

}  // namespace hansa
