/// Asks sbatch, squeue and scontrol.
#include "cli/slurm.hpp"

#include <algorithm>
#include <sstream>

#include "base/error.hpp"
#include "cli/lines.hpp"
#include "cli/subprocess.hpp"
#include "scenario/tables.hpp"

namespace hansa::cli {

namespace {

constexpr double patience = 5;         // seconds, for what is good to know
constexpr double long_patience = 300;  // for what has to be done; a busy controller takes its time

std::vector<std::string> parts_of(std::string const& line, char separator) {
  std::vector<std::string> parts(1);
  for (char const c : line) {
    if (c == separator)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

}  // namespace

std::optional<std::vector<QueuedTask>> queued_tasks(std::string const& name) {
  auto const answer = ask_program({"squeue", "--noheader", "--array", "--states=all",
                                   "--name=" + name + "," + name + "-gather", "--format=%F|%K|%T|%r"},
                                  patience);
  if (!answer || answer->code != 0) return std::nullopt;
  std::vector<QueuedTask> tasks;
  std::istringstream lines(answer->out);
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> const parts = parts_of(line, '|');
    if (parts.size() != 4) continue;
    auto const job = parse_integer(parts[0]), index = parse_integer(parts[1]);
    if (job) tasks.push_back({*job, index.value_or(0), parts[2], parts[3]});
  }
  return tasks;
}

bool is_coming(QueuedTask const& task) {
  constexpr std::string_view at_work[] = {"RUNNING", "COMPLETING", "CONFIGURING", "SUSPENDED", "REQUEUED", "STAGE_OUT"};
  if (std::find(std::begin(at_work), std::end(at_work), task.state) != std::end(at_work)) return true;
  return task.state == "PENDING" &&
         task.reason.find("eld") == std::string::npos;  // JobHeldUser, launch failed requeued held
}

std::vector<ShardTask> tasks_of(std::vector<SubmittedJob> const& jobs, std::vector<QueuedTask> const& queue) {
  std::vector<ShardTask> tasks;
  for (QueuedTask const& each : queue) {
    auto const job =
        std::find_if(jobs.rbegin(), jobs.rend(), [&](SubmittedJob const& known) { return known.job == each.job; });
    if (job == jobs.rend()) continue;
    tasks.push_back({each, job->shards == 0 ? 0 : each.index + job->offset, job->shards});
  }
  return tasks;
}

std::int64_t highest_index() {
  constexpr std::int64_t usual = 1000;
  auto const answer = ask_program({"scontrol", "show", "config"}, patience);
  if (!answer || answer->code != 0) return usual;
  std::istringstream lines(answer->out);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("MaxArraySize")) continue;
    auto const size = parse_integer(line.substr(std::min(line.size(), line.find_first_of("0123456789"))));
    if (size && *size > 1) return *size - 1;
  }
  return usual;
}

bool has_slurm() {
  auto const answer = ask_program({"sbatch", "--version"}, patience);
  return answer && answer->code == 0;
}

std::int64_t submit(std::vector<std::string> const& words) {
  std::vector<std::string> all = {"sbatch", "--parsable"};
  all.insert(all.end(), words.begin(), words.end());
  auto const answer = ask_program(all, long_patience);
  if (!answer)
    throw Error({"sbatch gives no answer", {"--slurm"}, "try again; squeue tells what was submitted"}, Fault::failure);
  std::string text = answer->out;
  while (text.ends_with('\n')) text.pop_back();
  std::size_t const begin = text.rfind('\n');
  std::string const last = begin == std::string::npos ? text : text.substr(begin + 1);
  auto const job = parse_integer(last.substr(0, last.find_first_not_of("0123456789")));  // JOB or JOB;CLUSTER
  if (answer->code != 0 || !job)
    throw Error({"sbatch refuses: " + one_line(text), {"--slurm"}, "--sbatch gives it further options"},
                Fault::failure);
  return *job;
}

}  // namespace hansa::cli
