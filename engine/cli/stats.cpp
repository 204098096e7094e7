/// `hansa stats`: diffusion statistics of observed or simulated histories.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <CLI/App.hpp>
#include <fmt/format.h>

#include "base/parallel.hpp"
#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "inference/kept_histories.hpp"
#include "io/json.hpp"
#include "io/statistics_file.hpp"
#include "statistics/statistics_table.hpp"
#include "tell/statistics_report.hpp"

namespace hansa::cli {

namespace {

struct StatsWords : ScenarioWords {
  std::string output, histories;
  std::optional<std::string> threads;
  bool reproducible = false, force = false, quiet = false, json = false;
};

std::vector<std::string> policies_of(Question const& question) {
  std::vector<std::string> names;
  for (PolicySpec const& each : question.scenario->policies) names.push_back(each.name);
  return names;
}

/// Of what the adopters files tell.
StatisticsTable of_data(DiffusionStatistics const& statistics, Question const& question, StatisticsNotes& notes) {
  Scenario const& scenario = *question.scenario;
  World const& world = *question.world;
  std::vector<StatisticValues> values;
  std::size_t intervals = 0, unknown = 0;
  bool any = false;
  for (std::size_t p = 0; p < scenario.policies.size(); ++p) {
    Adoptions const adoptions =
        observed_adoptions(question.model.policies[p], world.records.at(p), scenario.clock, world.cities.size());
    any = any || std::ranges::any_of(adoptions.label, [](std::int32_t label) { return label != never; });
    intervals += adoptions.intervals;
    unknown += static_cast<std::size_t>(std::ranges::count(adoptions.known, 0));
    values.push_back(statistics.of(adoptions, scenario.policies[p].name, 0));
  }
  require(any, "no adoptions were observed", statistics.spec().where,
          "'adopters: {file: …}' of a policy was expected, or --histories RESULT.h5");
  if (intervals > 0)
    notes.notes.push_back(fmt::format("{} {} known as {} only; the middle is taken", intervals,
                                      intervals == 1 ? "date is" : "dates are",
                                      intervals == 1 ? "an interval" : "intervals"));
  if (unknown > 0)
    notes.notes.push_back(fmt::format("it is unknown of {} {} whether {} adopted: {} nowhere", unknown,
                                      unknown == 1 ? "city" : "cities", unknown == 1 ? "it" : "they",
                                      unknown == 1 ? "it counts" : "they count"));
  return table_of(statistics, policies_of(question), values);
}

/// Of the replicates of a result, in blocks that bound the memory.
StatisticsTable of_result(DiffusionStatistics const& statistics, Question const& question, StatsWords const& words,
                          int threads, StatisticsNotes& notes) {
  constexpr std::int64_t block = 256;
  Scenario const& scenario = *question.scenario;
  World const& world = *question.world;
  ResultReader const reader(words.histories);
  check_kept(reader, scenario, world);
  ReplicateTable table(statistics, policies_of(question));
  std::int64_t failed = 0;
  for (std::int64_t first = 0; first < reader.replicates(); first += block) {
    std::int64_t const count = std::min(block, reader.replicates() - first);
    std::vector<double> numbers = reader.values("replicate", first, count);
    std::vector<std::int32_t> const status = reader.status(first, count);
    auto histories = kept_histories(reader, first, count, scenario, world);
    std::vector<std::int64_t> kept;
    for (std::size_t k = 0; k < status.size(); ++k)
      if (status[k] == 0) kept.push_back(static_cast<std::int64_t>(numbers[k]));
    failed += count - static_cast<std::int64_t>(kept.size());
    std::vector<std::vector<StatisticValues>> values(kept.size());
    parallel_for(kept.size(), threads, [&](std::size_t r) {
      for (std::size_t p = 0; p < scenario.policies.size(); ++p)
        values[r].push_back(
            statistics.of(simulated_adoptions(question.model.policies[p], std::move(histories[r][p].events),
                                              scenario.clock, world.cities.size()),
                          scenario.policies[p].name, kept[r]));
    });
    for (std::size_t r = 0; r < kept.size(); ++r) table.add(kept[r], values[r]);
  }
  StatisticsTable made = std::move(table).finish();
  require(!made.replicates.empty(), "no replicate has finished", {words.histories, 0, 0},
          "give a result that has some");
  if (failed > 0)
    notes.notes.push_back(
        fmt::format("{} failed {} left out", failed, failed == 1 ? "replicate is" : "replicates are"));
  return made;
}

StatisticsFileOptions writing_of(StatsWords const& words, Question const& question) {
  StatisticsFileOptions options;
  options.file = words.output;
  options.overwrite = words.force ? Overwrite::yes : Overwrite::no;
  options.reproducible = words.reproducible ? Reproducible::yes : Reproducible::no;
  options.title = question.scenario->title;
  options.scenario_text = resolved_text(question);
  options.input_digests = question.digests;
  options.world_sha256 = digest(*question.world);
  if (!words.histories.empty()) options.histories = std::filesystem::path(words.histories).filename().string();
  return options;
}

/// Early, before anything is computed.
void check_output(StatsWords const& words, Question const& question) {
  if (words.output.empty()) return;
  std::error_code none;
  spare_inputs(question, words.output);
  require(words.force || !std::filesystem::exists(words.output, none), "exists", {words.output, 0, 0},
          "--force replaces it");
  require(words.histories.empty() || !std::filesystem::equivalent(words.output, words.histories, none),
          "is an input of this command", {words.output, 0, 0}, "write elsewhere");
}

Exit stats(StatsWords const& words) {
  Interrupt const interrupt;
  int const threads = words.threads ? static_cast<int>(whole_number("--threads", *words.threads, 1, 4096)) : 0;
  Question const question = read_question(words.file, {.settings = words.settings, .threads = threads});
  require(question.scenario->stats.has_value(), "has no section 'stats'", {words.file, 0, 0},
          "list statistics there, as in stats: {seen: {exposure: {network: NETWORK}}}");
  Complaints complaints;
  DiffusionStatistics const statistics(*question.scenario, *question.world, complaints);
  complaints.throw_if_any();
  print_warnings(question.warnings);
  print_warnings(complaints.warnings());
  check_output(words, question);
  StatisticsNotes notes;
  StatisticsTable const table = words.histories.empty() ? of_data(statistics, question, notes)
                                                        : of_result(statistics, question, words, threads, notes);
  if (!words.output.empty()) {
    write_statistics_file(table, question.world->cities, question.scenario->clock, writing_of(words, question));
    notes.file = words.output;
  }
  Clock const& clock = question.scenario->clock;
  if (words.json)
    print(to_json(statistics_tree(table, question.world->cities, clock, notes)) + "\n");
  else if (!words.quiet)
    print(statistics_text(table, statistics.spec(), clock, notes));
  return Exit::done;
}

}  // namespace

void add_stats(CLI::App& program, Act& chosen) {
  CLI::App* const command =
      program.add_subcommand("stats", "computes diffusion statistics of observed or simulated histories");
  auto const words = std::make_shared<StatsWords>();
  add_scenario_words(*command, *words);
  command->add_option("-o,--output", words->output, "writes all of them to a file (netCDF-4)")->type_name("FILE");
  command
      ->add_option("--histories", words->histories, "of the replicates of this result of the scenario, not of the data")
      ->type_name("FILE");
  command->add_option("--threads", words->threads, "at most so many threads (default: all processors)")->type_name("N");
  command->add_flag("--reproducible", words->reproducible, "no times in the file: equal statistics give equal bytes");
  command->add_flag("--force", words->force, "replaces an existing file");
  command->add_flag("--quiet", words->quiet, "says nothing on standard output");
  command->add_flag("--json", words->json, "the statistics in JSON on standard output, instead of the tables");
  command->callback([words, &chosen] { chosen = [words] { return stats(*words); }; });
}

}  // namespace hansa::cli
