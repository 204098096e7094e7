/// `hansa check`: reads everything that a run would read, and runs nothing.
#include <memory>
#include <optional>
#include <vector>

#include <CLI/App.hpp>

#include "calibration/calibrate.hpp"
#include "cli/commands.hpp"
#include "cli/fit_dyads.hpp"
#include "cli/interrupt.hpp"
#include "io/json.hpp"
#include "statistics/diffusion_statistics.hpp"
#include "sweep/sweep.hpp"
#include "sweep/sweep_design.hpp"
#include "tell/found.hpp"
#include "tell/selections.hpp"
#include "tell/strengths.hpp"

namespace hansa::cli {

namespace {

struct CheckWords : ScenarioWords {
  bool json = false, selections = false;
};

/// Runs need none of them, so that reading the question leaves them out.
void check_sweep_tables(Question const& question) {
  Complaints complaints;
  (void)read_sweep_tables(*question.scenario->sweep, question.draft, schemas(question.mechanisms), complaints);
  complaints.throw_if_any();
}

/// Runs do not look at the section, so that it is no mistake of theirs.
std::vector<Complaint> what_calibrate_refuses(Question const& question) {
  try {
    (void)summaries_of(question);
    return {};
  } catch (Error const& error) {
    std::vector<Complaint> complaints = error.complaints();
    for (Complaint& each : complaints) each.problem = "hansa calibrate will refuse this: " + each.problem;
    return complaints;
  }
}

/// What statistics name, and other commands do without.
void check_statistics(Question& question) {
  Complaints complaints;
  DiffusionStatistics const statistics(*question.scenario, *question.world, complaints);
  complaints.throw_if_any();
  question.warnings.insert(question.warnings.end(), complaints.warnings().begin(), complaints.warnings().end());
}

Exit check(CheckWords const& words) {
  Interrupt const interrupt;
  Question q = read_question(words.file, {.settings = words.settings});
  if (q.scenario->sweep) {
    check_sweep_tables(q);
    refuse_absurd(count_sweep(q, std::nullopt), q, true);
  }
  if (q.scenario->stats) check_statistics(q);
  if (q.scenario->fit && q.scenario->fit->dyads) check_dyads(q);
  Chances const chances = chances_of(*q.scenario, *q.world, q.model);
  print_warnings(q.warnings);
  if (q.scenario->calibrate) print_warnings(what_calibrate_refuses(q));
  print_warnings(chances.warnings);
  if (words.json) {
    Node tree = found_tree(*q.scenario, *q.world, q.model);
    tree.entries.push_back({"chances", {}, chances_tree(chances)});
    if (words.selections)
      tree.entries.push_back({"selections", {}, selection_tree(selections_of(*q.scenario, *q.world), q.world->cities)});
    print(to_json(tree) + "\n");
  } else {
    print(found_words(*q.scenario, *q.world, q.model) + "\n" + chances_words(chances, q.scenario->clock));
    if (words.selections)
      print("\n" + selection_words(selections_of(*q.scenario, *q.world), q.world->cities, one_line));
  }
  return Exit::done;
}

}  // namespace

void add_check(CLI::App& program, Act& chosen) {
  CLI::App* const command =
      program.add_subcommand("check", "reads all that a run would read, and tells every mistake at once");
  auto const words = std::make_shared<CheckWords>();
  add_scenario_words(*command, *words);
  command->add_flag("--show-selection", words->selections,
                    "lists the cities of every set that the scenario describes; with --json all of them");
  command->add_flag("--json", words->json, "a machine-readable summary on standard output");
  command->callback([words, &chosen] { chosen = [words] { return check(*words); }; });
}

}  // namespace hansa::cli
