/// `hansa mechanisms`: what a scenario may put under `mechanisms`, and the literature.
#include "tell/mechanisms.hpp"

#include <memory>

#include <CLI/App.hpp>

#include "cli/commands.hpp"
#include "tell/bibliography.hpp"

namespace hansa::cli {

void add_mechanisms(CLI::App& program, Act& chosen) {
  CLI::App* const command = program.add_subcommand("mechanisms", "lists the mechanisms with their parameters");
  auto const markdown = std::make_shared<bool>(false);
  auto const references = std::make_shared<bool>(false);
  command->add_flag("--markdown", *markdown, "as Markdown tables");
  command->add_flag("--references", *references, "the literature in full instead, as a Markdown list");
  command->callback([markdown, references, &chosen] {
    chosen = [markdown, references] {
      std::vector<Schema const*> const known = schemas(standard_catalogue());
      if (*references)
        print(bibliography_markdown(bibliography()));
      else
        print(*markdown ? mechanisms_markdown(known) : mechanisms_text(known));
      return Exit::done;
    };
  });
}

}  // namespace hansa::cli
