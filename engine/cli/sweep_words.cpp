/// The words of `hansa sweep`, from the command line and back to one.
#include "cli/sweep_words.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/subprocess.hpp"
#include "scenario/tables.hpp"

namespace hansa::cli {

ShardChoice shard_of(SweepWords const& words) {
  if (!words.shard) return {};
  std::size_t const slash = words.shard->find('/');
  auto const number = parse_integer(words.shard->substr(0, slash));
  auto const count = slash == std::string::npos ? std::nullopt : parse_integer(words.shard->substr(slash + 1));
  bool const fits = number && count && *number >= 1 && *number <= *count && *count <= 1'000'000;
  require(fits, fmt::format("'{}' is out of place", *words.shard), {"--shard"},
          "K/N was expected, as in 3/8: the third of eight parts");
  return {*number, *count};
}

EachReplicate each_of(SweepWords const& words) {
  std::string const word = words.each.value_or("numbers");
  constexpr std::pair<std::string_view, EachReplicate> known[] = {
      {"none", EachReplicate::none}, {"numbers", EachReplicate::numbers}, {"all", EachReplicate::all}};
  for (auto const& [name, each] : known)
    if (name == word) {
      require(!words.refers || each != EachReplicate::none, "'none' leaves nothing that could lie elsewhere",
              {"--each"}, "numbers or all was expected beside --virtual");
      return each;
    }
  throw Error(Complaint{fmt::format("'{}' is out of place", word), {"--each"}, "none, numbers or all was expected"});
}

int threads_of(SweepWords const& words) {
  return words.threads ? static_cast<int>(whole_number("--threads", *words.threads, 1, 4096)) : 0;
}

std::optional<std::int64_t> replicates_of(SweepWords const& words) {
  if (!words.replicates) return std::nullopt;
  return whole_number("--replicates", *words.replicates, 1, 1'000'000'000);
}

namespace {

/// This command again, as far as it says which sweep is meant, and where it is.
std::vector<std::string> command_words(SweepWords const& words, std::vector<std::string> more) {
  std::vector<std::string> all = {own_program(), "sweep"};
  all.insert(all.end(), more.begin(), more.end());
  all.insert(all.end(), {words.scenario().string(), "--folder", words.place().string()});
  return all;
}

}  // namespace

std::vector<std::string> task_command(SweepWords const& words) {
  std::vector<std::string> all = command_words(words, {});
  for (std::string const& each : words.settings) all.insert(all.end(), {"--set", each});
  if (words.from) all.insert(all.end(), {"--from", *words.from});
  if (words.draw) all.push_back("--draw");
  if (words.replicates) all.insert(all.end(), {"--replicates", *words.replicates});
  if (words.sure) all.push_back("--yes");
  return all;
}

std::vector<std::string> gather_command(SweepWords const& words) {
  std::vector<std::string> all = command_words(words, {"gather"});
  all.insert(all.end(), {"--output", words.result().string()});
  if (!words.csv.empty()) all.insert(all.end(), {"--csv", words.csv});
  if (!words.each_csv.empty()) all.insert(all.end(), {"--csv-replicates", words.each_csv});
  if (words.each) all.insert(all.end(), {"--each", *words.each});
  if (words.refers) all.push_back("--virtual");
  if (words.refers && words.sure) all.push_back("--yes");
  if (words.reproducible) all.push_back("--reproducible");
  if (words.force) all.push_back("--force");
  return all;
}

void add_sweep_words(CLI::App& command, SweepWords& words) {
  command
      .add_option("SCENARIO", words.what,
                  "the scenario file; status SCENARIO: how far it is; gather SCENARIO: collects what is there")
      ->required()
      ->expected(1, 2)
      ->type_name("[status|gather] SCENARIO");
  command.add_option("--set", words.settings, "PATH=VALUE: sets a value of the scenario; may be repeated")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  command.add_option("-o,--output", words.output, "the gathered file (default: SCENARIO-sweep.h5)")->type_name("FILE");
  command.add_option("--folder", words.folder, "where finished blocks are (default: SCENARIO.sweep)")
      ->type_name("FOLDER");
  command
      .add_option("--shard", words.shard, "runs the K-th of N parts and gathers nothing; each part may run anywhere")
      ->type_name("K/N");
  command.add_option("--replicates", words.replicates, "of each point, instead of the sweep's number")->type_name("N");
  add_from_words(command, words);
  add_slurm_words(command, words);
  command.add_option("--threads", words.threads, "at most so many threads (default: all processors)")->type_name("N");
  command.add_option("--block", words.block, "runs of a file on disk (default: some seconds' worth)")->type_name("N");
  command
      .add_option("--each", words.each,
                  "single replicates in the gathered file: none, numbers (default; no time series) or all")
      ->type_name("WHICH");
  command.add_option("--csv", words.csv, "writes a table too, one row a point and policy")->type_name("FILE");
  command
      .add_option("--csv-replicates", words.each_csv,
                  "the same with one row a replicate, as hansa sensitivity takes it")
      ->type_name("FILE");
  command.add_option("--design-only", words.design, "writes the points as CSV and runs nothing")->type_name("FILE");
  command.add_flag("--virtual", words.refers,
                   "the gathered file refers to the blocks for single replicates, instead of copying them");
  command.add_flag("--partial", words.partial, "gather: takes what is there, runs may be missing");
  command.add_flag("--yes", words.sure, "runs even what looks like a slip: millions of points, or weeks");
  command.add_flag("--reproducible", words.reproducible, "no times in the file: equal sweeps give equal bytes");
  command.add_flag("--force", words.force, "replaces existing files");
  command.add_flag("--quiet", words.quiet, "no plan, no progress and no table");
  command.add_flag("--json", words.json, "a machine-readable summary on standard output, instead of plan and table");
}

}  // namespace hansa::cli
