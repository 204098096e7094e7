/// `hansa calibrate`: estimates parameters by simulation, and goes on where it was stopped.
#include "calibration/calibrate.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <CLI/App.hpp>
#include <fmt/format.h>

#include "calibration/posterior.hpp"
#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress_line.hpp"
#include "cli/sweep_targets.hpp"
#include "io/json.hpp"
#include "io/posterior_file.hpp"
#include "tell/posterior_words.hpp"
#include "world/input_digests.hpp"

namespace hansa::cli {

namespace {

namespace fs = std::filesystem;

struct CalibrateWords : ScenarioWords {
  std::string output, folder;
  std::optional<std::string> threads;
  bool reproducible = false, force = false, quiet = false, json = false;

  [[nodiscard]] fs::path place() const {
    return folder.empty() ? fs::path(file).stem().concat(".calibration") : fs::path(folder);
  }
  [[nodiscard]] fs::path result() const {
    return output.empty() ? fs::path(file).stem().concat("-posterior.h5") : fs::path(output);
  }
};

/// A file of the same calibration may be replaced. Its name is not known before the folder is opened, so that one of
/// any other is refused early, and one of another calibration later.
void check_result(CalibrateWords const& words, std::optional<std::string> const& name) {
  std::error_code none;
  if (words.force || !fs::exists(words.result(), none)) return;
  std::string const there = calibration_in_file(words.result());
  require(!there.empty() && there == name.value_or(there), "exists, and is not of this calibration",
          {words.result().string(), 0, 0}, "--force replaces it");
}

FitFileOptions writing_of(CalibrateWords const& words, Question const& question) {
  FitFileOptions options;
  options.file = words.result();
  options.overwrite = Overwrite::yes;  // it was checked that it may be replaced
  options.reproducible = words.reproducible ? Reproducible::yes : Reproducible::no;
  options.title = question.scenario->title;
  options.scenario_text = resolved_text(question);
  options.input_digests = question.digests;
  options.world_sha256 = digest(*question.world);
  options.inputs = input_digests(*question.world);
  return options;
}

std::vector<Complaint> failures_of(Calibration const& found, CalibrateWords const& words) {
  std::vector<Complaint> told;
  for (FailedProposal const& each : found.failures)
    told.push_back({fmt::format("replicate {} of proposal {} of generation {} failed: {}", each.replicate,
                                each.proposal, each.generation, each.why),
                    {words.result().string(), 0, 0},
                    {}});
  auto const more = found.failed - static_cast<std::int64_t>(told.size());
  if (more > 0)
    told.push_back({fmt::format("and {} more histories failed", more), {words.result().string(), 0, 0}, {}});
  return told;
}

Exit execute(CalibrateWords const& words) {
  Interrupt interrupt;
  ReadOptions reading{.settings = words.settings};
  if (words.threads) reading.threads = static_cast<int>(whole_number("--threads", *words.threads, 1, 4096));
  Question const question = read_question(words.file, reading);
  print_warnings(question.warnings);
  spare_inputs(question, words.result());
  constexpr std::string_view kept[] = {"calibration.sha256", "generation-"};
  spare_kept(words.result(), words.place(), kept);
  check_result(words, std::nullopt);
  (void)summaries_of(question);  // complains before anything is made
  Calibration found;
  {
    ProgressLine line(words.quiet ? Display::none : choose_display(), "particles");
    CalibrateOptions options;
    options.threads = reading.threads;
    options.folder = words.place();
    options.progress = [&](Done done) { line.show(done); };
    options.stop = interrupt.token();
    interrupt.begin_run();
    found = calibrate(question, options);
  }
  std::vector<Complaint> warnings;
  for (std::string const& each : found.problems) warnings.push_back({each, {}, "it was put aside, and was made again"});
  print_warnings(warnings);
  bool const stopped = found.end == CalibrationEnd::stopped;
  if (!stopped) {
    check_result(words, found.name);
    write_posterior(found, question, writing_of(words, question));
  }
  std::string const file = stopped ? "" : words.result().string();
  if (words.json)
    print(to_json(posterior_tree(found, file)) + "\n");
  else if (!words.quiet)
    print(posterior_words(found, file));
  std::vector<Complaint> const failures = failures_of(found, words);
  print_errors(failures);
  if (stopped) return Exit::interrupted;
  return failures.empty() ? Exit::done : Exit::failed;
}

}  // namespace

void add_calibrate(CLI::App& program, Act& chosen) {
  CLI::App* const command = program.add_subcommand(
      "calibrate", "estimates parameters by simulation (ABC-SMC), and goes on where it was stopped");
  auto const words = std::make_shared<CalibrateWords>();
  add_scenario_words(*command, *words);
  command->add_option("-o,--output", words->output, "the file of the posterior (default: SCENARIO-posterior.h5)")
      ->type_name("FILE");
  command->add_option("--folder", words->folder, "where finished proposals are (default: SCENARIO.calibration)")
      ->type_name("FOLDER");
  command->add_option("--threads", words->threads, "at most so many threads (default: all processors)")->type_name("N");
  command->add_flag("--reproducible", words->reproducible, "no times in the file: equal calibrations give equal bytes");
  command->add_flag("--force", words->force, "replaces an existing file");
  command->add_flag("--quiet", words->quiet, "no progress and no table");
  command->add_flag("--json", words->json, "a machine-readable summary on standard output, instead of the table");
  command->callback([words, &chosen] { chosen = [words] { return execute(*words); }; });
}

}  // namespace hansa::cli
