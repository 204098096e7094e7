/// Writes scripts that people read, too.
#include "sweep/job_scripts.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

#include "base/version.hpp"
#include "scenario/tables.hpp"

namespace hansa {

namespace {

namespace script_fs = std::filesystem;

std::string directives(JobScript const& script, std::string const& name, std::string const& log, int threads) {
  std::string text =
      fmt::format("#SBATCH --job-name={}\n#SBATCH --time={}\n#SBATCH --cpus-per-task={}\n", name, script.time, threads);
  text += fmt::format("#SBATCH --chdir={}\n#SBATCH --output={}\n", shell_word(script.directory), shell_word(log));
  text += fmt::format("#SBATCH --open-mode=append --requeue --signal=B:TERM@{}\n", script.warning);
  for (std::string const& each : script.options) text += fmt::format("#SBATCH {}\n", each);
  return text;
}

std::string prologue_of(JobScript const& script) {
  if (script.prologue.empty()) return "\n";
  return "\n" + script.prologue + (script.prologue.ends_with('\n') ? "\n" : "\n\n");
}

std::string command_of(JobScript const& script) {
  std::string text = "exec";
  for (std::string const& each : script.command) text += " " + shell_word(each);
  return text;
}

/// In the names of logs, Slurm replaces what follows a percent sign.
std::string log_of(JobScript const& script, std::string_view pattern) {
  std::string folder;
  for (char const c : script.folder) folder += c == '%' ? "%%" : std::string(1, c);
  return folder + "/logs/" + std::string(pattern);
}

}  // namespace

std::string shell_word(std::string_view word) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%";
  if (!word.empty() && word.find_first_not_of(plain) == std::string_view::npos) return std::string(word);
  std::string quoted = "'";
  for (char const c : word) quoted += c == '\'' ? "'\\''" : std::string(1, c);
  return quoted + "'";
}

std::string task_script(JobScript const& script, std::int64_t shards) {
  std::string text = "#!/bin/bash\n";
  text += fmt::format("# Written by hansa {}. Each task runs one of {} shards of the sweep in {}.\n", version(), shards,
                      script.folder);
  text +=
      "# What is finished there is never run again: a task that is requeued, submitted anew or started twice runs "
      "what\n";
  text += fmt::format(
      "# is missing. TERM, {} s before the time limit, ends it with what is finished on disk, exit code 130.\n",
      script.warning);
  text += directives(script, script.name, log_of(script, "%x-%A_%a.log"), script.threads);
  text += prologue_of(script);
  text += command_of(script);
  text +=
      fmt::format(" --threads \"${{SLURM_CPUS_PER_TASK:-{}}}\" --shard \"$((SLURM_ARRAY_TASK_ID + ${{1:-0}}))/{}\"\n",
                  script.threads, shards);
  return text;
}

std::string gather_script(JobScript const& script) {
  std::string text = "#!/bin/bash\n";
  text += fmt::format(
      "# Written by hansa {}. Checks every block of the sweep in {} against its manifest, and writes one file;\n",
      version(), script.folder);
  text +=
      "# without any, and with exit code 1, if something is missing: the command that submitted this submits it "
      "again.\n";
  text += directives(script, script.name + "-gather", log_of(script, "%x-%j.log"), 1);
  text += prologue_of(script);
  return text + command_of(script) + "\n";
}

SubmissionFiles submission_files(script_fs::path const& folder, int number) {
  std::string const name = fmt::format("slurm-{:03}", number);
  return {folder / (name + ".sh"), folder / (name + "-gather.sh"), folder / (name + ".csv")};
}

int next_submission(script_fs::path const& folder) {
  int number = 1;
  std::error_code none;
  while (script_fs::exists(submission_files(folder, number).tasks, none)) ++number;
  return number;
}

std::string jobs_text(std::vector<SubmittedJob> const& jobs) {
  std::string text = "job,offset,shards\n";
  for (SubmittedJob const& each : jobs) text += fmt::format("{},{},{}\n", each.job, each.offset, each.shards);
  return text;
}

std::vector<SubmittedJob> submitted_jobs(script_fs::path const& folder) {
  std::vector<SubmittedJob> jobs;
  for (int number = 1; number < next_submission(folder); ++number) {
    std::ifstream in(submission_files(folder, number).jobs);
    for (std::string line; std::getline(in, line);) {
      std::array<std::int64_t, 3> numbers{};
      bool whole = std::count(line.begin(), line.end(), ',') == 2;
      std::size_t at = 0;
      for (std::int64_t& each : numbers) {
        std::size_t const end = std::min(line.find(',', at), line.size());
        auto const number_there =
            at <= line.size() ? parse_integer(std::string_view(line).substr(at, end - at)) : std::nullopt;
        whole = whole && number_there && *number_there >= 0;
        each = number_there.value_or(0);
        at = end + 1;
      }
      if (whole) jobs.push_back({numbers[0], numbers[1], numbers[2]});
    }
  }
  return jobs;
}

}  // namespace hansa
