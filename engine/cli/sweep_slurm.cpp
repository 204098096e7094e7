/// Plans tasks, writes their scripts and submits them.
#include "cli/sweep_slurm.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <system_error>

#include <CLI/App.hpp>
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/slurm.hpp"
#include "io/durable_file.hpp"
#include "io/json.hpp"
#include "scenario/tables.hpp"
#include "sweep/job_scripts.hpp"
#include "sweep/tasks.hpp"
#include "tell/tasks_report.hpp"
#include "tell/tree.hpp"

namespace hansa::cli {

namespace {

namespace folders = std::filesystem;

/// The name of all jobs of a sweep, wherever it was submitted.
std::string job_name(SweepManifest const& manifest) {
  return "hansa-" + manifest.sweep.substr(0, 8);
}

/// Words of the command line, understood.
struct TaskWords {
  TaskLimits limits;
  std::string at_once;  ///< "%20", or nothing
};

TaskWords task_words(SlurmWords const& words, int threads) {
  require(!words.time.empty(), "--slurm needs a time limit", {"--time"},
          "minutes of a task were expected, or H:MM:SS, or D-H");
  std::optional<double> const seconds = parse_time_limit(words.time);
  require(seconds.has_value(), fmt::format("'{}' is out of place", words.time), {"--time"},
          "minutes of a task were expected, or H:MM:SS, or D-H");
  TaskWords understood;
  understood.limits.seconds = *seconds;
  understood.limits.threads = threads;
  if (words.tasks) {
    std::size_t const percent = std::min(words.tasks->find('%'), words.tasks->size());
    understood.limits.tasks = whole_number("--tasks", words.tasks->substr(0, percent), 1, 1'000'000);
    if (percent < words.tasks->size())
      understood.at_once = fmt::format("%{}", whole_number("--tasks", words.tasks->substr(percent + 1), 1, 1'000'000));
  }
  for (std::string const& each : words.sbatch)
    require(each.find('\n') == std::string::npos, "more than one line", {"--sbatch"},
            "one line of options was expected; --sbatch may be repeated");
  return understood;
}

std::string prologue_text(std::string const& file) {
  if (file.empty()) return {};
  std::ifstream in(file, std::ios::binary);
  require(in.good() && !folders::is_directory(file), "cannot be read", {file},
          "lines of shell were expected that come before the program");
  return {std::istreambuf_iterator<char>(in), {}};
}

struct MeasuredSweep {
  SettledSweep settled;
  double seconds_per_run = 0;  ///< of one processor
};

/// Tries runs out, and finds or writes the manifest, its blocks fit for so many tasks as the runs ask for.
MeasuredSweep measure_and_settle(Submission const& submission, TaskLimits const& limits) {
  SweepManifest const& described = submission.described;
  TrialTimes const times = try_out(submission.worlds, submission.settling.lanes);
  auto const points = static_cast<std::int64_t>(described.points.size());
  BlockSizes const sizes =
      block_sizes(times, points, described.replicates, static_cast<std::int64_t>(described.layout.width), 1, 1);
  double const each = times.run + times.point / static_cast<double>(sizes.replicates_at_once);
  double const runs = static_cast<double>(points) * static_cast<double>(described.replicates);
  TaskPlan const plan = plan_tasks(runs * each, limits);
  SettleOptions settling = submission.settling;
  settling.threads = limits.threads;
  settling.shards = plan.tasks;
  settling.approve = [&](SweepForecast const& forecast) {
    SweepForecast shared = forecast;
    shared.seconds /= static_cast<double>(plan.tasks);
    submission.settling.approve(shared);
  };
  return {settle(described, submission.worlds, submission.folder, settling), each};
}

/// Shards of which the queue has a task that works or will, and their count; 0: none.
struct BusyShards {
  std::int64_t count = 0;
  std::set<std::int64_t> shards;
  std::vector<std::int64_t> jobs;
};

/// Of the job that was submitted last among those that have tasks: numbers of jobs begin anew some day, and the queue
/// has no order. 0: none has.
std::int64_t shards_of_newest(std::vector<SubmittedJob> const& jobs, std::vector<ShardTask> const& tasks) {
  auto const has_tasks = [&](SubmittedJob const& job) {
    return std::any_of(tasks.begin(), tasks.end(),
                       [&](ShardTask const& each) { return each.task.job == job.job && each.shards == job.shards; });
  };
  auto const newest = std::find_if(jobs.rbegin(), jobs.rend(), has_tasks);
  return newest == jobs.rend() ? 0 : newest->shards;
}

BusyShards busy_shards(folders::path const& folder, SweepManifest const& manifest) {
  BusyShards busy;
  std::vector<SubmittedJob> const jobs = submitted_jobs(folder);
  if (jobs.empty()) return busy;
  auto const queue = queued_tasks(job_name(manifest));
  if (!queue) return busy;
  std::vector<ShardTask> tasks = tasks_of(jobs, *queue);
  std::erase_if(tasks, [](ShardTask const& each) { return each.shard == 0 || !is_coming(each.task); });
  busy.count = shards_of_newest(jobs, tasks);
  for (ShardTask const& each : tasks) {
    if (each.shards == busy.count) busy.shards.insert(each.shard);
    if (std::find(busy.jobs.begin(), busy.jobs.end(), each.task.job) == busy.jobs.end())
      busy.jobs.push_back(each.task.job);
  }
  return busy;
}

/// As many as before where tasks of theirs are at work, so that shards do not overlap.
std::int64_t shards_for(TaskLimits const& limits, TaskPlan const& plan, BusyShards const& busy,
                        SweepState const& state) {
  if (busy.count > 0) return busy.count;
  return limits.tasks ? *limits.tasks : balanced_shards(state, plan.tasks);
}

/// Tasks would end at once where a block is of another sweep.
void check_blocks(SweepState const& state) {
  bool const strange = std::find(state.blocks.begin(), state.blocks.end(), BlockState::different) != state.blocks.end();
  if (!strange) return;
  std::vector<Complaint> complaints;
  for (std::string const& each : state.problems) complaints.push_back({each, {}, "remove it, and it is made again"});
  throw Error(std::move(complaints));
}

void check_files(SubmissionForecast const& forecast, bool sure) {
  constexpr std::int64_t many = 100'000;
  std::int64_t const files = forecast.files + static_cast<std::int64_t>(forecast.tasks);
  if (files <= many || sure) return;
  throw Error({fmt::format("{} files are many for the file system of a cluster", files),
               {forecast.folder},
               "a larger --block was expected; --yes if it is meant"});
}

JobScript script_of(Submission const& submission, SlurmWords const& words, TaskWords const& understood) {
  JobScript script;
  script.name = job_name(submission.described);
  script.folder = submission.folder.string();
  script.directory = folders::current_path().string();
  script.time = words.time;
  script.warning = static_cast<std::int64_t>(warning_seconds(understood.limits.seconds));
  script.threads = understood.limits.threads;
  script.options = words.sbatch;
  script.prologue = prologue_text(words.prologue);
  script.command = submission.task_command;
  return script;
}

/// Writes both scripts under the first free number.
int write_scripts(folders::path const& folder, JobScript const& script, std::vector<std::string> const& gather,
                  std::int64_t shards) {
  std::error_code problem;
  folders::create_directories(folder / "logs", problem);
  if (problem) throw Error({"cannot be made: " + problem.message(), {(folder / "logs").string()}, {}}, Fault::failure);
  JobScript gathering = script;
  gathering.command = gather;
  for (int number = next_submission(folder);; ++number) {
    SubmissionFiles const files = submission_files(folder, number);
    std::string const text = task_script(script, shards);
    if (place_file(files.tasks, text) != PlacedFile::new_file) continue;
    (void)place_file(files.gather, gather_script(gathering));
    return number;
  }
}

/// The words of sbatch for each array.
std::vector<std::vector<std::string>> array_words(std::vector<TaskArray> const& arrays, TaskWords const& understood,
                                                  SubmissionFiles const& files) {
  std::vector<std::vector<std::string>> words;
  for (TaskArray const& each : arrays)
    words.push_back(
        {"--array=" + each.indices + understood.at_once, files.tasks.string(), std::to_string(each.offset)});
  return words;
}

std::vector<std::string> gather_words(std::vector<std::string> const& after, SubmissionFiles const& files) {
  return {fmt::format("--dependency=afterany:{}", fmt::join(after, ":")), files.gather.string()};
}

/// Submits the arrays and what gathers, and puts them on record, however far it gets.
std::vector<SubmittedJob> submit_all(std::vector<TaskArray> const& arrays, TaskWords const& understood,
                                     SubmissionFiles const& files, std::int64_t shards, BusyShards const& busy) {
  std::vector<SubmittedJob> jobs;
  auto const put_on_record = [&] { (void)place_file(files.jobs, jobs_text(jobs)); };
  try {
    std::vector<std::vector<std::string>> const words = array_words(arrays, understood, files);
    for (std::size_t k = 0; k < arrays.size(); ++k) jobs.push_back({submit(words[k]), arrays[k].offset, shards});
    std::vector<std::string> after;
    for (SubmittedJob const& each : jobs) after.push_back(std::to_string(each.job));
    for (std::int64_t const each : busy.jobs) after.push_back(std::to_string(each));
    jobs.push_back({submit(gather_words(after, files)), 0, 0});
  } catch (...) {
    put_on_record();
    throw;
  }
  put_on_record();
  return jobs;
}

/// Lines that a person could type instead.
std::string dry_words(std::vector<TaskArray> const& arrays, TaskWords const& understood, SubmissionFiles const& files) {
  std::string text = "Nothing was submitted. These would be:\n";
  auto const line = [&](std::vector<std::string> const& words) {
    text += "  sbatch";
    for (std::string const& each : words) text += " " + shell_word(each);
    text += "\n";
  };
  for (auto const& each : array_words(arrays, understood, files)) line(each);
  line(gather_words({"JOB"}, files));
  return text;
}

void tell_submission(Submission const& submission, SubmissionForecast const& forecast,
                     std::vector<SubmittedJob> const& jobs) {
  std::vector<std::int64_t> arrays, gather;
  for (SubmittedJob const& each : jobs) (each.shards > 0 ? arrays : gather).push_back(each.job);
  if (submission.json) {
    print(to_json(submission_tree(forecast, arrays, gather)) + "\n");
  } else if (!submission.quiet && !jobs.empty()) {
    print(submitted_words(forecast, arrays, gather));
  }
}

}  // namespace

void add_slurm_words(CLI::App& command, SlurmWords& words) {
  command.add_flag("--slurm", words.slurm, "submits what is missing as an array of Slurm jobs, and a job that gathers");
  command.add_option("--time", words.time, "Slurm: limit of a task, as in 60, 4:00:00 or 1-12")->type_name("T");
  command.add_option("--tasks", words.tasks, "Slurm: tasks, at most M at once (default: tasks of half an hour)")
      ->type_name("N[%M]");
  command.add_option("--sbatch", words.sbatch, "Slurm: a line of options for sbatch, as it is; may be repeated")
      ->type_name("TEXT")
      ->allow_extra_args(false);
  command
      .add_option("--prologue", words.prologue, "Slurm: lines of shell that come before the program (module load …)")
      ->type_name("FILE");
  command.add_flag("--dry-run", words.dry_run, "Slurm: writes the scripts and submits nothing");
}

void check_slurm_words(SlurmWords const& words, bool shard) {
  require(!words.slurm || !shard, "goes not with --slurm, which cuts shards itself", {"--shard"},
          "--tasks N sets their number");
  bool const any =
      !words.time.empty() || words.tasks || !words.sbatch.empty() || !words.prologue.empty() || words.dry_run;
  require(words.slurm || !any, "--time, --tasks, --sbatch, --prologue and --dry-run are for Slurm", {"hansa sweep"},
          "--slurm was expected");
}

Exit submit_sweep(Submission const& submission, SlurmWords const& words) {
  TaskWords understood = task_words(words, std::max(1, submission.settling.threads));
  JobScript const script = script_of(submission, words, understood);
  require(words.dry_run || has_slurm(), "there is no sbatch here", {"--slurm"},
          "--dry-run writes the scripts all the same; --shard K/N is for other schedulers");
  understood.limits.highest_index = highest_index();
  MeasuredSweep const measured = measure_and_settle(submission, understood.limits);
  check_blocks(measured.settled.state);
  BusyShards const busy = busy_shards(submission.folder, measured.settled.manifest);
  SubmissionForecast forecast = forecast_submission(measured.settled, submission.folder.string());
  forecast.plan = plan_tasks(static_cast<double>(forecast.missing) * measured.seconds_per_run, understood.limits);
  std::int64_t const shards = shards_for(understood.limits, forecast.plan, busy, measured.settled.state);
  std::vector<std::int64_t> const open = open_shards(measured.settled.state, shards, busy.shards);
  forecast.tasks = open.size();
  forecast.in_queue = busy.shards.size();
  forecast.threads = understood.limits.threads;
  forecast.time = words.time;
  forecast.plan.tasks = shards;
  check_files(forecast, submission.sure);
  if (!submission.quiet && !submission.json) print(submission_words(forecast));
  std::vector<SubmittedJob> jobs;
  if (!open.empty()) {
    SubmissionFiles const files = submission_files(
        submission.folder, write_scripts(submission.folder, script, submission.gather_command, shards));
    forecast.script = files.tasks.string();
    std::vector<TaskArray> const arrays = task_arrays(open, understood.limits.highest_index);
    if (!words.dry_run)
      jobs = submit_all(arrays, understood, files, shards, busy);
    else if (!submission.quiet && !submission.json)
      print(dry_words(arrays, understood, files));
  }
  tell_submission(submission, forecast, jobs);
  return Exit::done;
}

namespace {

std::optional<std::vector<ShardTask>> tasks_in_queue(folders::path const& folder, SweepManifest const& manifest) {
  std::vector<SubmittedJob> const jobs = submitted_jobs(folder);
  if (jobs.empty()) return std::nullopt;
  auto const queue = queued_tasks(job_name(manifest));
  if (!queue) return std::nullopt;
  return tasks_of(jobs, *queue);
}

/// "running", "pending (Priority)", …, with their number.
std::map<std::string, std::int64_t> counts_of(std::vector<ShardTask> const& tasks, bool gathering) {
  std::map<std::string, std::int64_t> counts;
  for (ShardTask const& each : tasks) {
    if ((each.shards == 0) != gathering) continue;
    std::string state = each.task.state;
    std::transform(state.begin(), state.end(), state.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (state == "pending") state += " (" + each.task.reason + ")";
    ++counts[state];
  }
  return counts;
}

}  // namespace

std::string queue_words(folders::path const& folder, SweepManifest const& manifest) {
  auto const tasks = tasks_in_queue(folder, manifest);
  return tasks ? queue_sentence(counts_of(*tasks, false), counts_of(*tasks, true)) : std::string();
}

Node queue_tree(folders::path const& folder, SweepManifest const& manifest) {
  auto const tasks = tasks_in_queue(folder, manifest);
  std::vector<std::pair<std::string, Node>> entries;
  if (tasks)
    for (bool const gathering : {false, true})
      for (auto const& [state, count] : counts_of(*tasks, gathering))
        entries.emplace_back((gathering ? "gather " : "") + state, number_node(count));
  return map_node(std::move(entries));
}

}  // namespace hansa::cli
