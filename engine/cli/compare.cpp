/// `hansa compare`: scenarios on common random numbers, and what each changes.
#include <algorithm>
#include <filesystem>
#include <memory>

#include <CLI/App.hpp>
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/from.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress_line.hpp"
#include "io/json.hpp"
#include "scenario/tables.hpp"
#include "study/what_ifs.hpp"
#include "tell/comparison.hpp"
#include "tell/followers.hpp"

namespace hansa::cli {

namespace {

struct CompareWords : FromWords {
  std::string base;
  std::vector<std::string> what_ifs, settings, knock_outs;
  std::string output;
  std::optional<std::string> threads, replicates, until, reruns;
  bool reproducible = false, force = false, quiet = false, json = false;
};

PreciseRequest request_of(std::string const& words) {
  std::size_t const colon = words.find(':');
  auto const found = std::find(precise_names.begin(), precise_names.end(), std::string_view(words).substr(0, colon));
  auto const width =
      colon == std::string::npos ? std::nullopt : parse_number(std::string_view(words).substr(colon + 1));
  require(
      found != precise_names.end() && width && *width > 0, fmt::format("'{}' is out of place", words),
      {"--until-precise"},
      fmt::format("MEASURE:WIDTH was expected, as in final_share:0.005; measures: {}", fmt::join(precise_names, ", ")));
  return {static_cast<Precise>(found - precise_names.begin()), *width};
}

std::vector<Question> read_all(CompareWords const& words, int threads) {
  ReadOptions reading{.settings = words.settings, .threads = threads};
  take_estimates(words, reading);
  if (words.replicates) reading.replicates = whole_number("--replicates", *words.replicates, 1, 1'000'000'000);
  std::vector<std::filesystem::path> files{words.base};
  files.insert(files.end(), words.what_ifs.begin(), words.what_ifs.end());
  return read_questions(files, reading);
}

WhatIfOptions options_of(CompareWords const& words, int threads) {
  WhatIfOptions options;
  options.threads = threads;
  options.knock_outs = words.knock_outs;
  if (words.replicates) options.replicates = whole_number("--replicates", *words.replicates, 1, 1'000'000'000);
  if (words.reruns) options.reruns = whole_number("--reruns", *words.reruns, 0, 1'000'000);
  if (words.until) options.until = request_of(*words.until);
  return options;
}

void tell(CompareOutcome const& outcome, std::vector<Question> const& questions, CompareWords const& words,
          std::filesystem::path const& file) {
  ComparisonFacts facts = facts_of(outcome, questions);
  facts.file = file.string();
  Cities const& cities = questions.front().world->cities;
  if (words.json) {
    print(to_json(comparison_tree(outcome.comparison, cities, facts)) + "\n");
  } else if (!words.quiet) {
    print(comparison_words(outcome.comparison, cities, facts));
  }
}

std::vector<Complaint> failures_of(CompareOutcome const& outcome, std::vector<Question> const& questions) {
  constexpr std::size_t most = 100;
  std::vector<Complaint> told;
  for (std::size_t k = 0; k < std::min(most, outcome.failed.size()); ++k) {
    FailedReplicate const& each = outcome.failed[k];
    Question const& of = questions[each.arm < questions.size() ? each.arm : 0];  // the others are the base without
    told.push_back(
        {fmt::format("replicate {} failed: {}", each.replicate, each.why), {of.scenario->file.string(), 0, 0}, {}});
  }
  if (outcome.failed.size() > most)
    told.push_back({fmt::format("and {} more failed", outcome.failed.size() - most), {}, {}});
  return told;
}

/// What is told of reruns that are left out, also where no findings are shown.
void warn_of(CompareOutcome const& outcome, std::vector<Question> const& questions) {
  std::vector<Complaint> told;
  Comparison const& of = outcome.comparison;
  for (std::size_t k = 0; k + 1 < questions.size(); ++k) {
    for (std::size_t p = 0; p < of.policies.size(); ++p) {
      std::optional<Reruns> const& reruns = of.what_ifs[k].policies[p].reruns;
      if (reruns && (!reruns->left_out.empty() || reruns->failed > 0))
        told.push_back({fmt::format("{}: {}", of.policies[p], left_out_words(*reruns)),
                        {questions[k + 1].scenario->file.string(), 0, 0},
                        {}});
    }
  }
  print_warnings(told);
}

/// Where the comparison goes: as asked, or into the current folder.
std::filesystem::path file_of(CompareWords const& words) {
  return words.output.empty() ? std::filesystem::path(words.base).stem().string() + "-comparison.h5" : words.output;
}

Exit execute(CompareWords const& words) {
  Interrupt interrupt;
  int const threads = words.threads ? static_cast<int>(whole_number("--threads", *words.threads, 1, 4096)) : 0;
  WhatIfOptions options = options_of(words, threads);
  require(!words.what_ifs.empty() || !words.knock_outs.empty(), "there is nothing to compare it with", {words.base},
          "a what-if file or --knock-out was expected");
  std::vector<Question> const questions = read_all(words, threads);
  check_what_ifs(questions, options);
  print_warnings(comparison_warnings(questions));
  std::filesystem::path const file = file_of(words);
  for (Question const& each : questions) spare_inputs(each, file);
  PartFile(file, words.force ? Overwrite::yes : Overwrite::no).discard();  // what is in the way shows now
  ProgressLine line(words.quiet ? Display::none : choose_display());
  options.progress = [&](Done done) { line.show(done); };
  options.stop = interrupt.token();
  interrupt.begin_run();
  CompareOutcome const outcome = compare(questions, options);
  write_comparison(
      outcome, questions,
      {file, words.force ? Overwrite::yes : Overwrite::no, words.reproducible ? Reproducible::yes : Reproducible::no});
  tell(outcome, questions, words, file);
  warn_of(outcome, questions);
  if (Question const& base = questions.front(); base.drawn) {
    Outcome drawn;
    drawn.redrawn = base.drawn->redrawn(outcome.comparison.draws);
    tell_redrawn(drawn, words);
  }
  std::vector<Complaint> const failures = failures_of(outcome, questions);
  print_errors(failures);
  if (outcome.stopped) return Exit::interrupted;
  return failures.empty() ? Exit::done : Exit::failed;
}

}  // namespace

void add_compare(CLI::App& program, Act& chosen) {
  CLI::App* const command =
      program.add_subcommand("compare", "runs scenarios on common random numbers and tells what each changes");
  auto const words = std::make_shared<CompareWords>();
  command->add_option("BASE", words->base, "the scenario with which the others are compared")->required();
  command->add_option("WHATIF", words->what_ifs, "scenarios, as a rule small files over the base");
  command->add_option("--set", words->settings, "replaces a value of all of them, as in seed=2")
      ->type_name("PATH=VALUE")
      ->expected(1)
      ->allow_extra_args(false);
  command->add_option("-o,--output", words->output, "the file of the comparison (default: BASE-comparison.h5)")
      ->type_name("FILE");
  command->add_option("--knock-out", words->knock_outs, "the base without this mechanism, or without each: all")
      ->type_name("NAME")
      ->expected(1)
      ->allow_extra_args(false);
  command->add_option("--until-precise", words->until, "doubles the replicates until an interval is that narrow")
      ->type_name("MEASURE:WIDTH");
  command
      ->add_option("--reruns", words->reruns,
                   "replicates that tell who follows whom, and whether others would lead to more (default: 500; 0: "
                   "none, as in worlds of more than 50000 cities)")
      ->type_name("N");
  add_from_words(*command, *words);
  command->add_option("--threads", words->threads, "at most so many threads (default: all processors)")->type_name("N");
  command->add_option("--replicates", words->replicates, "instead of the base's number, or 2500 where it has fewer")
      ->type_name("N");
  command->add_flag("--reproducible", words->reproducible, "no times in the file: equal runs give equal bytes");
  command->add_flag("--force", words->force, "replaces an existing file");
  command->add_flag("--quiet", words->quiet, "no progress and no findings");
  command->add_flag("--json", words->json, "all numbers on standard output, instead of the findings");
  command->callback([words, &chosen] { chosen = [words] { return execute(*words); }; });
}

}  // namespace hansa::cli
