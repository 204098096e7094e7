/// `hansa mechanisms`: what a scenario may put under `mechanisms`.
#include "tell/mechanisms.hpp"

#include <memory>

#include <CLI/App.hpp>

#include "cli/commands.hpp"

namespace hansa::cli {

void add_mechanisms(CLI::App& program, Act& chosen) {
  CLI::App* const command = program.add_subcommand("mechanisms", "lists the mechanisms with their parameters");
  auto const markdown = std::make_shared<bool>(false);
  command->add_flag("--markdown", *markdown, "as Markdown tables");
  command->callback([markdown, &chosen] {
    chosen = [markdown] {
      std::vector<Schema const*> const known = schemas(standard_catalogue());
      print(*markdown ? mechanisms_markdown(known) : mechanisms_text(known));
      return Exit::done;
    };
  });
}

}  // namespace hansa::cli
