/// `hansa run`: runs the ensemble, writes the result file, and tells what came out.
#include <algorithm>
#include <memory>

#include <CLI/App.hpp>
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/from.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress_line.hpp"
#include "io/json.hpp"
#include "tell/closing.hpp"

namespace hansa::cli {

namespace {

struct RunWords : ScenarioWords, FromWords {
  std::string output;
  std::optional<std::string> threads, replicates;
  bool reproducible = false, force = false, quiet = false, json = false;
};

ReadOptions reading_of(RunWords const& words, int threads) {
  ReadOptions reading{.settings = words.settings, .threads = threads};
  take_estimates(words, reading);
  if (words.replicates) reading.replicates = whole_number("--replicates", *words.replicates, 1, 1'000'000'000);
  return reading;
}

Outcome run_with(Question const& question, RunWords const& words, int threads, Interrupt& interrupt) {
  WriteOptions writing;
  writing.file = words.output.empty() ? result_path(question) : std::filesystem::path(words.output);
  writing.overwrite = words.force ? Overwrite::yes : Overwrite::no;
  writing.reproducible = words.reproducible ? Reproducible::yes : Reproducible::no;
  ProgressLine line(words.quiet ? Display::none : choose_display());
  RunOptions running;
  running.threads = threads;
  running.progress = [&](Done done) { line.show(done); };
  running.stop = interrupt.token();
  interrupt.begin_run();
  return run(question, writing, running);
}

void tell(Outcome const& outcome, Question const& question, RunWords const& words) {
  RunFacts facts;
  facts.seconds = outcome.seconds;
  facts.asked = question.scenario->replicates;
  facts.failed = static_cast<std::int64_t>(outcome.report.failed.size());
  facts.warnings = question.warnings.size();
  facts.file = outcome.file.string();
  if (words.json) {
    print(to_json(closing_tree(outcome.summary, facts)) + "\n");
  } else if (!words.quiet) {
    print(closing_table(outcome.summary, facts));
  }
}

/// The first failed replicates with their reasons, and how many more there are.
std::vector<Complaint> failures_of(Outcome const& outcome) {
  constexpr std::size_t most = 100;
  std::vector<FailedReplicate> const& failed = outcome.report.failed;
  Place const file{outcome.file.string(), 0, 0};
  std::vector<Complaint> told;
  for (std::size_t k = 0; k < std::min(most, failed.size()); ++k)
    told.push_back({fmt::format("replicate {} failed: {}", failed[k].replicate, failed[k].why), file, {}});
  if (failed.size() > most)
    told.push_back({fmt::format("and {} more replicates failed", failed.size() - most), file, {}});
  return told;
}

Exit execute(RunWords const& words) {
  Interrupt interrupt;
  int const threads = words.threads ? static_cast<int>(whole_number("--threads", *words.threads, 1, 4096)) : 0;
  Question const question = read_question(words.file, reading_of(words, threads));
  print_warnings(question.warnings);
  Outcome const outcome = run_with(question, words, threads, interrupt);
  tell(outcome, question, words);
  tell_redrawn(outcome, words);
  std::vector<Complaint> const failures = failures_of(outcome);
  print_errors(failures);
  if (outcome.report.finished < question.scenario->replicates) return Exit::interrupted;
  return failures.empty() ? Exit::done : Exit::failed;
}

}  // namespace

void add_run(CLI::App& program, Act& chosen) {
  CLI::App* const command = program.add_subcommand("run", "runs all replicates and writes the result file");
  auto const words = std::make_shared<RunWords>();
  add_scenario_words(*command, *words);
  command->add_option("-o,--output", words->output, "the result file (default: the scenario's)")->type_name("FILE");
  add_from_words(*command, *words);
  command->add_option("--threads", words->threads, "at most so many threads (default: all processors)")->type_name("N");
  command->add_option("--replicates", words->replicates, "instead of the scenario's number")->type_name("N");
  command->add_flag("--reproducible", words->reproducible, "no times in the file: equal runs give equal bytes");
  command->add_flag("--force", words->force, "replaces an existing result file");
  command->add_flag("--quiet", words->quiet, "no progress and no table");
  command->add_flag("--json", words->json, "a machine-readable summary on standard output, instead of the table");
  command->callback([words, &chosen] { chosen = [words] { return execute(*words); }; });
}

}  // namespace hansa::cli
