/// `hansa schema`: the scenario format for editors.
#include "tell/schema.hpp"

#include <memory>

#include <CLI/App.hpp>

#include "cli/answer.hpp"
#include "cli/commands.hpp"
#include "io/json.hpp"

namespace hansa::cli {

void add_schema(CLI::App& program, Act& chosen) {
  CLI::App* const command =
      program.add_subcommand("schema", "writes the scenario format as JSON Schema, for completion in editors");
  auto const words = std::make_shared<AnswerWords>();
  add_answer_words(*command, *words);
  command->callback([words, &chosen] {
    chosen = [words] {
      std::vector<Schema const*> const known = schemas(standard_catalogue());
      give_answer(to_json(format_schema(known)) + "\n", *words);
      return Exit::done;
    };
  });
}

}  // namespace hansa::cli
