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

std::string place_of(CLI::App const& command) {
  return command.get_parent() == nullptr ? "hansa" : "hansa " + command.get_name();
}

std::string see_help(std::string const& place) {
  return fmt::format("see {} --help", place);
}

std::vector<Complaint> unknown_options(CLI::App const& command, std::span<std::string const> words) {
  std::vector<std::string> const known = option_names(command);
  std::vector<Complaint> complaints;
  for (std::size_t k = 0; k < words.size(); ++k) {
    std::string const& word = words[k];
    std::string const name = word.substr(0, word.find('='));
    CLI::Option const* const option = name.starts_with('-') ? command.get_option_no_throw(name) : nullptr;
    if (option != nullptr && name == word && option->get_items_expected_min() > 0) ++k;  // its value, whatever it is
    if (!name.starts_with("--") || name == "--" || std::ranges::find(known, name) != known.end()) continue;
    complaints.push_back({fmt::format("unknown option '{}'", name), {place_of(command)}, expected(name, known)});
  }
  return complaints;
}

/// Words that the command has no use for.
std::vector<Complaint> left_over(CLI::App const& command) {
  std::vector<std::string> const known = option_names(command);
  std::string const place = place_of(command);
  std::vector<Complaint> complaints;
  for (std::string const& word : command.remaining()) {
    if (word == "--") continue;
    bool const option = word.size() > 1 && word.front() == '-' && std::ranges::find(known, word) == known.end();
    if (option) complaints.push_back({fmt::format("unknown option '{}'", word), {place}, expected(word, known)});
    if (!option) complaints.push_back({fmt::format("'{}' is one word too many", word), {place}, see_help(place)});
  }
  return complaints;
}

/// An option with too few or too many values. CLI11 says of which option only at the beginning of its message.
Complaint miscounted(CLI::App const& command, std::string const& message) {
  std::string const name = message.substr(0, message.find(": "));
  CLI::Option const* const option = command.get_option_no_throw(name);
  std::string const place = place_of(command);
  if (option == nullptr) return {message, {place}, see_help(place)};
  if (option->count() > 1)
    return {fmt::format("{} is given {} times", name, option->count()), {place}, "once was expected"};
  return {name + " has no value", {place}, option->get_type_name() + " was expected after it"};
}

Complaint otherwise(CLI::App const& command, CLI::ParseError const* caught) {
  std::string const message = caught == nullptr ? "" : caught->what();
  if (dynamic_cast<CLI::ArgumentMismatch const*>(caught) != nullptr) return miscounted(command, message);
  return {message, {place_of(command)}, see_help(place_of(command))};
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

Error usage_error(CLI::App const& program, std::vector<std::string> const& words, CLI::ParseError const* caught) {
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
  for (CLI::App const* each : {&program, &chosen})
    if (complaints.empty()) complaints = left_over(*each);
  if (complaints.empty()) complaints.push_back(otherwise(chosen, caught));
  return Error(std::move(complaints));
}

}  // namespace hansa::cli
