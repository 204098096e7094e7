/// Refuses sweeps that nobody can have meant, with what they would come to.
#include <chrono>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/parallel.hpp"
#include "measures/run_measures.hpp"
#include "record/recorder.hpp"
#include "run/replicate.hpp"
#include "sweep/sweep.hpp"

namespace hansa {

namespace {

std::string length_words(double seconds) {
  constexpr double hour = 3600, day = 24 * hour, year = 365.25 * day;
  if (seconds > 2 * year) return fmt::format("{:.0f} years", seconds / year);
  if (seconds > 2 * day) return fmt::format("{:.0f} days", seconds / day);
  if (seconds > 2 * hour) return fmt::format("{:.0f} hours", seconds / hour);
  return fmt::format("{:.0f} minutes", seconds / 60);
}

/// What so many runs of the scenario itself come to, by some of them: ", about 3 days on 4 threads and 40 gigabytes".
/// Empty where they fail, or cannot be measured.
std::string come_to(double runs, Question const& question) {
  constexpr double long_enough = 0.1;
  try {
    Complaints complaints;
    MeasuredCase const measured{*question.scenario, *question.world, question.model};
    std::vector<MeasureSpec> const& specs = question.scenario->sweep->measures;
    MeasureLayout const layout = lay_out_measures(specs, {&measured, 1}, complaints);
    if (!complaints.empty()) return {};
    RunMeasures const measures(specs, layout, measured, complaints);
    complaints.throw_if_any();
    Replicate replicate(question.model, *question.world, Lanes::fast, 1);
    Recorder recorder(question.model, *question.world, measures.plan());
    std::vector<double> row(layout.width);
    std::int64_t done = 0;
    auto const begun = std::chrono::steady_clock::now();
    auto const since = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count(); };
    do {
      recorder.begin(done);
      replicate.run(done, recorder);
      measures.measure(recorder.finish(), row);
      ++done;
    } while (since() < long_enough);
    int const threads = thread_count(0);
    double const seconds = since() / static_cast<double>(done) * runs / threads;
    return fmt::format(", about {} on {} threads and {:.3g} gigabytes", length_words(seconds), threads,
                       runs * 8 * static_cast<double>(layout.width) / 1e9);
  } catch (Error const&) {
    return {};
  }
}

}  // namespace

void refuse_absurd(SweepForecast const& forecast, Question const& question, bool sure) {
  constexpr double most_points = 1e7, most_runs = 1e8, week = 7 * 24 * 3600.0, terabyte = 1e12, ever = 1e9;
  constexpr double most_files = 1e5;
  Place const where =
      question.scenario->sweep ? question.scenario->sweep->where : Place{question.scenario->file.string(), 0, 0};
  std::string const size = fmt::format("{:.0f} points of {:.0f} replicates are {:.0f} runs", forecast.points,
                                       forecast.replicates, forecast.runs);
  if (forecast.points < 1) throw Error(Complaint{"the design has no points", where, "at least one was expected"});
  std::string problem;
  if (forecast.points > most_points || forecast.runs > most_runs) problem = size + come_to(forecast.runs, question);
  if (forecast.seconds > week) problem = fmt::format("{}, which take {:.0f} days here", size, forecast.seconds / 86400);
  if (forecast.bytes > terabyte) problem = fmt::format("{} of {:.0f} gigabytes", size, forecast.bytes / 1e9);
  if (problem.empty() && forecast.files > most_files && !sure)
    throw Error(Complaint{fmt::format("{}, in {:.0f} files", size, forecast.files), where,
                          "fewer shards or a larger --block was expected; --yes if it is meant"});
  if (problem.empty()) return;
  if (sure && forecast.runs <= ever && forecast.points <= most_points * 10) return;
  throw Error(Complaint{problem, where,
                        sure ? "at most 10^9 runs were expected" : "fewer were expected; --yes if it is meant"});
}

}  // namespace hansa
