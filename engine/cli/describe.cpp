/// `hansa describe`: the model of a scenario in words and formulas.
#include "tell/describe.hpp"

#include <memory>

#include <CLI/App.hpp>

#include "cli/answer.hpp"
#include "cli/commands.hpp"
#include "cli/interrupt.hpp"

namespace hansa::cli {

namespace {

struct DescribeWords : ScenarioWords {
  AnswerWords answer;
};

Exit describe(DescribeWords const& words) {
  Interrupt const interrupt;
  Question const q = read_question(words.file, {.settings = words.settings});
  print_warnings(q.warnings);
  std::vector<Schema const*> const known = schemas(standard_catalogue());
  give_answer(description({q.draft.root, *q.scenario, *q.world, q.model, known, q.digests}), words.answer, q.inputs);
  return Exit::done;
}

}  // namespace

void add_describe(CLI::App& program, Act& chosen) {
  CLI::App* const command = program.add_subcommand(
      "describe", "writes the model in words and formulas, after the ODD protocol, with every default (Markdown)");
  auto const words = std::make_shared<DescribeWords>();
  add_scenario_words(*command, *words);
  add_answer_words(*command, words->answer);
  command->callback([words, &chosen] { chosen = [words] { return describe(*words); }; });
}

}  // namespace hansa::cli
