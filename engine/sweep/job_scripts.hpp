/// Batch scripts of a sweep for Slurm, and the record of what was submitted.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace hansa {

/// What the tasks and the gathering of a sweep have in common.
struct JobScript {
  std::string name;            ///< of the job
  std::string folder;          ///< of the sweep, as the user spelled it
  std::string directory;       ///< in which the program runs
  std::string time;            ///< limit, in Slurm's words
  std::int64_t warning = 120;  ///< seconds before the limit at which a task is told to end
  int threads = 1;
  std::vector<std::string> options;  ///< further options of sbatch, as the user wrote them
  std::string prologue;              ///< lines of shell that come before the program
  std::vector<std::string> command;  ///< the program and its words, but for shard and threads
};

/// A word as a shell reads it: in quotes where it has to be.
[[nodiscard]] std::string shell_word(std::string_view word);

/// The script of an array: its task i runs shard i + $1 of `shards`. The program takes the shell's place, so that what
/// is sent to the batch script reaches it.
[[nodiscard]] std::string task_script(JobScript const& script, std::int64_t shards);

/// The script that gathers when the tasks have ended, however they did.
[[nodiscard]] std::string gather_script(JobScript const& script);

/// A job that was submitted.
struct SubmittedJob {
  std::int64_t job = 0;
  std::int64_t offset = 0;  ///< of its tasks
  std::int64_t shards = 0;  ///< 0: it gathers
  bool operator==(SubmittedJob const&) const = default;
};

/// Files of the submissions of a sweep, in FOLDER: slurm-001.sh, slurm-001-gather.sh, and slurm-001.csv, the jobs.
struct SubmissionFiles {
  std::filesystem::path tasks, gather, jobs;
};
[[nodiscard]] SubmissionFiles submission_files(std::filesystem::path const& folder, int number);

/// A number that no submission in the folder has.
[[nodiscard]] int next_submission(std::filesystem::path const& folder);

/// `job,offset,shards`, a line each.
[[nodiscard]] std::string jobs_text(std::vector<SubmittedJob> const& jobs);

/// All jobs that were submitted for a sweep. What cannot be read is left out: the blocks are the truth, not the jobs.
[[nodiscard]] std::vector<SubmittedJob> submitted_jobs(std::filesystem::path const& folder);

}  // namespace hansa
