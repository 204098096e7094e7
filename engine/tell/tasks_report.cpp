/// Words about tasks.
#include "tell/tasks_report.hpp"

#include <fmt/format.h>

#include "tell/closing.hpp"
#include "tell/sweep_report.hpp"
#include "tell/text_table.hpp"

namespace hansa {

namespace {

std::string counts_words(std::map<std::string, std::int64_t> const& counts) {
  std::vector<std::string> words;
  for (auto const& [state, count] : counts) words.push_back(fmt::format("{} {}", count, state));
  return words.empty() ? "nothing known" : fmt::format("{}", fmt::join(words, ", "));
}

Node numbers_node(std::vector<std::int64_t> const& numbers) {
  std::vector<Node> items;
  for (std::int64_t const each : numbers) items.push_back(number_node(each));
  return list_node(std::move(items));
}

std::string plural(std::size_t count, std::string const& word) {
  return fmt::format("{} {}{}", count, word, count == 1 ? "" : "s");
}

std::string hours_words(double hours) {
  if (hours < 0.01) return "less than 0.01";
  return hours < 10 ? fmt::format("{:.2g}", hours) : fmt::format("{:.0f}", hours);
}

/// Blocks, logs of tasks and of the gathering, the manifest, two scripts, the record of jobs, and a mark.
std::int64_t files_of(SubmissionForecast const& forecast) {
  return forecast.files + static_cast<std::int64_t>(forecast.tasks) + 6;
}

}  // namespace

SubmissionForecast forecast_submission(SettledSweep const& settled, std::string const& folder) {
  SweepManifest const& manifest = settled.manifest;
  SubmissionForecast forecast;
  forecast.folder = folder;
  forecast.points = static_cast<std::int64_t>(manifest.points.size());
  forecast.replicates = manifest.replicates;
  forecast.runs = manifest.runs();
  forecast.missing = forecast.runs - settled.state.finished;
  forecast.bytes = 8.0 * static_cast<double>(forecast.runs) * static_cast<double>(manifest.layout.width);
  forecast.files = static_cast<std::int64_t>(manifest.ends.size());
  return forecast;
}

std::string submission_words(SubmissionForecast const& forecast) {
  std::string words =
      fmt::format("{} points of {} replicates: {} runs", forecast.points, forecast.replicates, forecast.runs);
  if (forecast.missing == 0)
    return wrap(words + ", all of them finished; hansa sweep gather collects them.", terminal_width, 0) + "\n";
  if (forecast.missing < forecast.runs) words += fmt::format(", {} of them missing", forecast.missing);
  words += fmt::format("; {} core-hours by a trial on this machine, {} in at most {} files of {}.",
                       hours_words(forecast.plan.cpu_seconds / 3600), bytes_words(forecast.bytes), files_of(forecast),
                       forecast.folder);
  if (forecast.in_queue > 0) words += fmt::format(" In the queue already: {}.", plural(forecast.in_queue, "task"));
  if (forecast.tasks == 0) {
    words += " There is nothing else to submit; scancel ends those that should not wait.";
  } else {
    double const seconds = forecast.plan.seconds;
    words += fmt::format(" {} of about {} with {} each, time limit {}.", plural(forecast.tasks, "task"),
                         duration_words(seconds), plural(static_cast<std::size_t>(forecast.threads), "processor"),
                         forecast.time);
    if (forecast.plan.cut_short)
      words +=
          " They do not get through in their time: what is finished then stays, and the same command submits the rest.";
    if (!forecast.plan.cut_short && seconds < 60 && forecast.tasks > 16)
      words += " Fewer tasks (--tasks) would spare the scheduler.";
  }
  return wrap(words, terminal_width, 0) + "\n";
}

std::string submitted_words(SubmissionForecast const& forecast, std::vector<std::int64_t> const& arrays,
                            std::vector<std::int64_t> const& gather) {
  std::string words = fmt::format("Submitted by {}: {} {}", forecast.script, arrays.size() == 1 ? "array" : "arrays",
                                  fmt::join(arrays, ", "));
  if (!gather.empty())
    words += fmt::format(", and {} to gather when {} ended", fmt::join(gather, ", "),
                         arrays.size() == 1 ? "it has" : "they have");
  return wrap(words +
                  ". hansa sweep status tells how far it is; if tasks are lost, the same command submits what is "
                  "missing.",
              terminal_width, 0) +
         "\n";
}

Node submission_tree(SubmissionForecast const& forecast, std::vector<std::int64_t> const& arrays,
                     std::vector<std::int64_t> const& gather) {
  return map_node({{"folder", text_node(forecast.folder)},
                   {"points", number_node(forecast.points)},
                   {"replicates", number_node(forecast.replicates)},
                   {"runs", number_node(forecast.runs)},
                   {"missing", number_node(forecast.missing)},
                   {"core_hours", number_node(forecast.plan.cpu_seconds / 3600)},
                   {"bytes", number_node(forecast.bytes)},
                   {"files", number_node(files_of(forecast))},
                   {"tasks", count_node(forecast.tasks)},
                   {"in_queue", count_node(forecast.in_queue)},
                   {"seconds_per_task", number_node(forecast.plan.seconds)},
                   {"script", text_node(forecast.script)},
                   {"jobs", numbers_node(arrays)},
                   {"gather_jobs", numbers_node(gather)}});
}

std::string queue_sentence(std::map<std::string, std::int64_t> const& tasks,
                           std::map<std::string, std::int64_t> const& gathering) {
  std::string words = "Slurm's tasks: " + counts_words(tasks);
  if (!gathering.empty()) words += "; gathering: " + counts_words(gathering);
  return wrap(words + ".", terminal_width, 0) + "\n";
}

}  // namespace hansa
