/// What commands share of the command line: words of a scenario, whole numbers, and mistakes in usage.
#include <algorithm>

#include <CLI/App.hpp>
#include <fmt/format.h>

#include "base/names.hpp"
#include "cli/commands.hpp"
#include "scenario/tables.hpp"

namespace hansa::cli {

namespace {

std::vector<std::string> option_names(CLI::App const& command) {
  std::vector<std::string> names;
  for (CLI::Option const* option : command.get_options()) {
    for (std::string const& name : option->get_lnames()) names.push_back("--" + name);
    for (std::string const& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

std::string expected(std::string_view typed, std::vector<std::string> const& names) {
  std::vector<std::string_view> const views(names.begin(), names.end());
  return expected_one_of(typed, views);
}

std::vector<Complaint> unknown_options(CLI::App const& command, std::span<std::string const> words) {
  std::vector<std::string> const known = option_names(command);
  std::vector<Complaint> complaints;
  for (std::string const& word : words) {
    std::string const name = word.substr(0, word.find('='));
    if (!name.starts_with("--") || name == "--" || std::ranges::find(known, name) != known.end()) continue;
    std::string const place = command.get_parent() == nullptr ? "hansa" : "hansa " + command.get_name();
    complaints.push_back({fmt::format("unknown option '{}'", name), {place}, expected(name, known)});
  }
  return complaints;
}

}  // namespace

void add_scenario_words(CLI::App& command, ScenarioWords& words) {
  command.add_option("SCENARIO", words.file, "the scenario file")->required();
  command.add_option("--set", words.settings, "PATH=VALUE: sets a value of the scenario; may be repeated")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
}

std::int64_t whole_number(std::string_view option, std::string const& value, std::int64_t lowest,
                          std::int64_t highest) {
  std::optional<long long> const number = parse_integer(value);
  if (number && *number >= lowest && *number <= highest) return *number;
  throw Error({fmt::format("{} is out of place", value.empty() ? "an empty text" : "'" + value + "'"),
               {std::string(option)},
               fmt::format("a whole number from {} to {} was expected", lowest, highest)});
}

Error usage_error(CLI::App const& program, std::vector<std::string> const& words, std::string const& otherwise) {
  std::vector<std::string> commands;
  for (CLI::App const* each : program.get_subcommands(nullptr)) commands.push_back(each->get_name());
  auto const command = std::ranges::find_if(words, [](std::string const& word) { return !word.starts_with('-'); });
  std::span<std::string const> const before(words.begin(), command);
  std::vector<Complaint> complaints = unknown_options(program, before);
  if (command == words.end()) {
    if (complaints.empty()) {
      complaints.push_back({"no command was given", {"hansa"}, expected("", commands) + "; see hansa --help"});
    }
    return Error(std::move(complaints));
  }
  if (std::ranges::find(commands, *command) == commands.end()) {
    complaints.push_back({fmt::format("unknown command '{}'", *command), {"hansa"}, expected(*command, commands)});
    return Error(std::move(complaints));
  }
  CLI::App const& chosen = *program.get_subcommand(*command);
  std::vector<Complaint> const unknown = unknown_options(chosen, {command + 1, words.end()});
  complaints.insert(complaints.end(), unknown.begin(), unknown.end());
  if (complaints.empty()) {
    complaints.push_back({otherwise, {"hansa " + *command}, fmt::format("see hansa {} --help", *command)});
  }
  return Error(std::move(complaints));
}

}  // namespace hansa::cli
