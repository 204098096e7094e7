/// `hansa interventions`: what a scenario may put under `interventions`, and how sets of cities are written.
#include "tell/interventions.hpp"

#include <memory>

#include <CLI/App.hpp>

#include "cli/commands.hpp"

namespace hansa::cli {

void add_interventions(CLI::App& program, Act& chosen) {
  CLI::App* const command =
      program.add_subcommand("interventions", "lists what can be done at a date, and how cities are chosen");
  auto const markdown = std::make_shared<bool>(false);
  command->add_flag("--markdown", *markdown, "as Markdown tables");
  command->callback([markdown, &chosen] {
    chosen = [markdown] {
      print(*markdown ? interventions_markdown() : interventions_text());
      return Exit::done;
    };
  });
}

}  // namespace hansa::cli
