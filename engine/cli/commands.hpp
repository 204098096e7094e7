/// The commands of the program.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/lines.hpp"
#include "hansa.hpp"

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace hansa::cli {

/// What was asked for, once the words of the command line are understood.
using Act = std::function<Exit()>;

/// Each adds one command; parsing it sets `chosen`.
void add_run(CLI::App& program, Act& chosen);
void add_check(CLI::App& program, Act& chosen);
void add_mechanisms(CLI::App& program, Act& chosen);
void add_interventions(CLI::App& program, Act& chosen);
void add_describe(CLI::App& program, Act& chosen);
void add_schema(CLI::App& program, Act& chosen);
void add_network(CLI::App& program, Act& chosen);
void add_fit(CLI::App& program, Act& chosen);
void add_compare(CLI::App& program, Act& chosen);
void add_sensitivity(CLI::App& program, Act& chosen);
void add_report(CLI::App& program, Act& chosen);
void add_sweep(CLI::App& program, Act& chosen);
void add_calibrate(CLI::App& program, Act& chosen);
void add_power(CLI::App& program, Act& chosen);
void add_stats(CLI::App& program, Act& chosen);

/// The words of commands that read a scenario.
struct ScenarioWords {
  std::string file;
  std::vector<std::string> settings;
};
void add_scenario_words(CLI::App& command, ScenarioWords& words);

/// The value of an option that takes a whole number in [lowest, highest]. Throws Error naming the option.
[[nodiscard]] std::int64_t whole_number(std::string_view option, std::string const& value, std::int64_t lowest,
                                        std::int64_t highest);

/// What happened on the command line, as an error with the nearest name that is known. `caught` is what parsing threw,
/// if it threw.
[[nodiscard]] Error usage_error(CLI::App const& program, std::vector<std::string> const& words,
                                CLI::ParseError const* caught);

}  // namespace hansa::cli
