/// The program hansa: the command line in, an exit code out.
#include <csignal>
#include <new>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "base/version.hpp"
#include "cli/commands.hpp"

namespace hansa::cli {

namespace {

std::string version_text() {
  return fmt::format("hansa {} ({}, {})\n", version(), commit(), compiler());
}

/// What the words ask for. Help and version are acts too.
Act understand(CLI::App& program, std::vector<std::string> const& words) {
  Act chosen;
  add_run(program, chosen);
  add_check(program, chosen);
  add_mechanisms(program, chosen);
  add_interventions(program, chosen);
  add_describe(program, chosen);
  add_schema(program, chosen);
  add_network(program, chosen);
  add_fit(program, chosen);
  add_compare(program, chosen);
  add_sensitivity(program, chosen);
  add_report(program, chosen);
  add_sweep(program, chosen);
  add_calibrate(program, chosen);
  add_power(program, chosen);
  add_stats(program, chosen);
  bool wants_version = false;
  program.add_flag("--version", wants_version, "the version, the commit and the compiler");
  program.require_subcommand(0, 1);
  try {
    program.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (CLI::CallForHelp const&) {
    return [text = program.help()] { return print(text), Exit::done; };
  } catch (CLI::ParseError const& error) {
    throw usage_error(program, words, &error);
  }
  if (wants_version) {
    return [] { return print(version_text()), Exit::done; };
  }
  if (!chosen) throw usage_error(program, words, nullptr);
  return chosen;
}

/// The act's exit code; what is thrown becomes lines on standard error.
Exit perform(std::vector<std::string> const& words) {
  try {
    CLI::App program("Cities that adopt policy innovations through network ties.", "hansa");
    return understand(program, words)();
  } catch (Error const& error) {
    print_errors(error.complaints());
    return error.fault() == Fault::input ? Exit::bad_input : Exit::failed;
  } catch (std::bad_alloc const&) {
    print_errors(std::vector<Complaint>{{"not enough memory", {}, "fewer cities, ties or threads need less"}});
  } catch (std::exception const& error) {
    print_errors(std::vector<Complaint>{{fmt::format("unexpected failure: {}", error.what()), {}, {}}});
  }
  return Exit::failed;
}

}  // namespace

}  // namespace hansa::cli

int main(int count, char** words) {
  // A closed pipe and a file that may not grow are failures to report, not ends to die of.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  return static_cast<int>(hansa::cli::perform({words + 1, words + count}));
}
