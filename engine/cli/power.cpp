/// `hansa power`: simulates from every hypothesis, fits all of them, and says what the data could tell.
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <CLI/App.hpp>
#include <fmt/format.h>

#include "cli/answer.hpp"
#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress_line.hpp"
#include "io/json.hpp"
#include "study/power_rates.hpp"
#include "tell/power_words.hpp"

namespace hansa::cli {

namespace {

namespace fs = std::filesystem;

struct PowerWords : ScenarioWords {
  std::string output, folder;
  std::optional<std::string> threads, shard;
  bool force = false, quiet = false, json = false;

  [[nodiscard]] fs::path place() const {
    return folder.empty() ? fs::path(file).stem().concat(".power") : fs::path(folder);
  }
};

StudyShard shard_of(std::string const& text) {
  std::size_t const slash = text.find('/');
  require(slash != std::string::npos, "--shard is '" + text + "'", {}, "K/N was expected, as in --shard 3/40");
  StudyShard shard;
  shard.count = whole_number("--shard", text.substr(slash + 1), 1, 1000000);
  shard.number = whole_number("--shard", text.substr(0, slash), 1, shard.count);
  return shard;
}

std::vector<Complaint> failures_of(PowerStudy const& study) {
  std::vector<Complaint> told;
  for (FailedHistory const& each : study.failures)
    told.push_back(
        {fmt::format("history {} of {} failed: {}", each.history, study.cells[each.cell].name, each.why), {}, {}});
  auto const more = study.failed - static_cast<std::int64_t>(told.size());
  if (more > 0) told.push_back({fmt::format("and {} more histories failed", more), {}, {}});
  return told;
}

PowerStudy run_study(PowerWords const& words, Question const& question, int threads, Interrupt& interrupt) {
  ProgressLine line(words.quiet ? Display::none : choose_display(), "histories");
  PowerOptions options;
  options.threads = threads;
  options.folder = words.place();
  if (words.shard) options.shard = shard_of(*words.shard);
  options.progress = [&](Done done) { line.show(done); };
  options.stop = interrupt.token();
  interrupt.begin_run();
  return study_power(question, options);
}

void tell(PowerWords const& words, Question const& question, PowerStudy const& study) {
  PowerSpec const& spec = *question.scenario->power;
  std::vector<FitRates> const rates = rates_of(study, spec);
  std::string const tree = to_json(power_tree(study, spec, rates)) + "\n";
  if (!words.output.empty()) {
    Answer answer({words.output, words.force}, question.inputs);
    answer.write(tree);
    answer.finish();
  }
  if (words.json)
    print(tree);
  else if (!words.quiet)
    print(power_text(study, spec, rates, question.scenario->title));
}

Exit execute_power(PowerWords const& words) {
  Interrupt interrupt;
  ReadOptions reading{.settings = words.settings};
  if (words.threads) reading.threads = static_cast<int>(whole_number("--threads", *words.threads, 1, 4096));
  if (words.shard) (void)shard_of(*words.shard);
  Question const question = read_question(words.file, reading);
  print_warnings(question.warnings);
  if (!words.output.empty()) {
    spare_inputs(question, words.output);
    std::error_code none;
    require(words.force || !fs::exists(words.output, none), "exists", {words.output, 0, 0}, "--force replaces it");
  }
  PowerStudy const study = run_study(words, question, reading.threads, interrupt);
  std::vector<Complaint> warnings;
  for (std::string const& each : study.problems) warnings.push_back({each, {}, "it was put aside, and was made again"});
  print_warnings(warnings);
  if (study.missing > 0) {
    std::string const left = fmt::format("{} histories are not there yet in {}", study.missing, words.place().string());
    print_warnings(std::vector<Complaint>{
        {left,
         {},
         words.shard ? "when all shards are through, the same words without --shard say what came out"
                     : "the same words go on"}});
    return study.stopped ? Exit::interrupted : Exit::done;
  }
  tell(words, question, study);
  std::vector<Complaint> const failures = failures_of(study);
  print_errors(failures);
  return failures.empty() ? Exit::done : Exit::failed;
}

}  // namespace

void add_power(CLI::App& program, Act& chosen) {
  CLI::App* const command = program.add_subcommand(
      "power", "simulates from every hypothesis and fits all: power, errors, and what can be told apart");
  auto const words = std::make_shared<PowerWords>();
  add_scenario_words(*command, *words);
  command->add_option("-o,--output", words->output, "writes the answer as JSON")->type_name("FILE");
  command->add_option("--folder", words->folder, "where finished histories are (default: SCENARIO.power)")
      ->type_name("FOLDER");
  command->add_option("--shard", words->shard, "makes part K of N of what is missing, and tells nothing")
      ->type_name("K/N");
  command->add_option("--threads", words->threads, "at most so many threads (default: all processors)")->type_name("N");
  command->add_flag("--force", words->force, "replaces an existing file");
  command->add_flag("--quiet", words->quiet, "no progress and no tables");
  command->add_flag("--json", words->json, "the answer as JSON on standard output, instead of the tables");
  command->callback([words, &chosen] { chosen = [words] { return execute_power(*words); }; });
}

}  // namespace hansa::cli
