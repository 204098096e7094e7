/// `hansa compare`: scenarios on common random numbers, and what each changes.
#include "study/compare.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>

#include <CLI/App.hpp>
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/from.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress_line.hpp"
#include "io/comparison_file.hpp"
#include "io/json.hpp"
#include "scenario/tables.hpp"
#include "study/followers.hpp"
#include "study/knock_out.hpp"
#include "tell/comparison.hpp"

namespace hansa::cli {

namespace {

struct CompareWords : FromWords {
  std::string base;
  std::vector<std::string> what_ifs, settings, knock_outs;
  std::string output;
  std::optional<std::string> threads, replicates, until, reruns;
  bool reproducible = false, force = false, quiet = false, json = false;
};

constexpr std::array<std::pair<std::string_view, Precise>, 7> measures = {{
    {"final_share", Precise::final_share},
    {"final_adopters", Precise::final_adopters},
    {"population_covered", Precise::population_covered},
    {"time_to_quarter", Precise::time_to_quarter},
    {"time_to_half", Precise::time_to_half},
    {"time_to_three_quarters", Precise::time_to_three_quarters},
    {"followers", Precise::followers},
}};

[[noreturn]] void refuse(std::string problem, std::string place, std::string mend) {
  throw Error(Complaint{std::move(problem), {std::move(place), 0, 0}, std::move(mend)});
}

PreciseRequest request_of(std::string const& words) {
  std::size_t const colon = words.find(':');
  std::string_view const name = std::string_view(words).substr(0, colon);
  auto const found =
      std::find_if(measures.begin(), measures.end(), [&](auto const& each) { return each.first == name; });
  auto const width =
      colon == std::string::npos ? std::nullopt : parse_number(std::string_view(words).substr(colon + 1));
  if (found == measures.end() || !width || !(*width > 0)) {
    std::vector<std::string_view> names;
    for (auto const& each : measures) names.push_back(each.first);
    refuse(fmt::format("'{}' is out of place", words), "--until-precise",
           fmt::format("MEASURE:WIDTH was expected, as in final_share:0.005; measures: {}", fmt::join(names, ", ")));
  }
  return {found->second, *width};
}

ReadOptions reading_of(CompareWords const& words, int threads) {
  ReadOptions reading{.settings = words.settings, .threads = threads};
  take_estimates(words, reading);
  if (words.replicates) reading.replicates = whole_number("--replicates", *words.replicates, 1, 1'000'000'000);
  return reading;
}

/// The questions of all files; mistakes in any of them are told together.
std::vector<Question> read_all(CompareWords const& words, int threads) {
  std::vector<std::string> files{words.base};
  files.insert(files.end(), words.what_ifs.begin(), words.what_ifs.end());
  std::vector<Question> questions;
  std::vector<Complaint> mistakes;
  for (std::string const& file : files) {
    try {
      questions.push_back(read_question(file, reading_of(words, threads)));
    } catch (Error const& error) {
      if (error.fault() != Fault::input) throw;
      for (Complaint const& each : error.complaints()) {
        bool const told = std::any_of(mistakes.begin(), mistakes.end(),
                                      [&](Complaint const& before) { return format(before) == format(each); });
        if (!told) mistakes.push_back(each);
      }
    }
  }
  if (!mistakes.empty()) throw Error(std::move(mistakes));
  return questions;
}

/// Warnings of all files, each once.
std::vector<Complaint> warnings_of(std::vector<Question> const& questions) {
  std::vector<Complaint> warnings;
  for (Question const& question : questions) {
    for (Complaint const& each : question.warnings) {
      bool const told = std::any_of(warnings.begin(), warnings.end(),
                                    [&](Complaint const& before) { return format(before) == format(each); });
      if (!told) warnings.push_back(each);
    }
  }
  return warnings;
}

std::function<Model(std::int64_t)> drawing(Question const& question) {
  if (!question.drawn) return {};
  return [&question](std::int64_t replicate) { return question.drawn->model(replicate); };
}

/// The scenarios of the questions, and the base without each mechanism that is to be left out.
class Scenarios {
 public:
  Scenarios(std::vector<Question> const& questions, CompareWords const& words) {
    for (Question const& each : questions) {
      std::string const name = each.scenario->file.stem().string();
      all_.push_back({name, *each.scenario, *each.world, each.model, drawing(each)});
    }
    for (std::string const& name : to_knock_out(questions.front(), words)) add_without(questions.front(), name);
    Complaints complaints;
    check_comparable(all_, complaints);
    complaints.throw_if_any();
  }
  [[nodiscard]] std::vector<ComparedScenario> const& all() const noexcept { return all_; }

 private:
  static std::vector<std::string> to_knock_out(Question const& base, CompareWords const& words) {
    std::vector<std::string> const known = mechanisms_of(base.model);
    std::vector<std::string> names;
    for (std::string const& each : words.knock_outs) {
      if (each == "all") {
        names.insert(names.end(), known.begin(), known.end());
      } else if (std::find(known.begin(), known.end(), each) != known.end()) {
        names.push_back(each);
      } else {
        refuse(fmt::format("no mechanism is called '{}'", each), "--knock-out",
               fmt::format("all or one of {} was expected", fmt::join(known, ", ")));
      }
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
  }

  void add_without(Question const& base, std::string const& name) {
    Complaints known;  // of the base, told before
    models_.push_back(std::make_unique<Model>(compile(*base.scenario, *base.world, standard_catalogue(), known)));
    knock_out(*models_.back(), name);
    std::function<Model(std::int64_t)> drawn;
    if (base.drawn) {
      drawn = [&base, name](std::int64_t replicate) {
        Model model = base.drawn->model(replicate);
        knock_out(model, name);
        return model;
      };
    }
    all_.push_back({"without " + name, *base.scenario, *base.world, *models_.back(), std::move(drawn)});
  }

  std::vector<std::unique_ptr<Model>> models_;
  std::vector<ComparedScenario> all_;
};

void keep(CompareOutcome const& outcome, std::vector<Question> const& questions, Scenarios const& scenarios,
          CompareWords const& words, std::filesystem::path const& file) {
  ComparisonFileOptions options;
  options.file = file;
  options.overwrite = words.force ? Overwrite::yes : Overwrite::no;
  options.reproducible = words.reproducible ? Reproducible::yes : Reproducible::no;
  Question const& base = questions.front();
  options.title = base.scenario->title;
  options.currency = base.scenario->currency;
  options.seed = base.scenario->seed;
  options.asked = outcome.asked;
  options.complete = !outcome.stopped && outcome.comparison.replicates > 0;
  if (words.from) (words.draw ? options.drawn_from : options.taken_from) = *words.from;
  for (std::size_t k = 0; k < scenarios.all().size(); ++k)
    options.scenario_texts.push_back(resolved_text(questions[k < questions.size() ? k : 0]));
  for (Question const& each : questions) options.input_digests.insert(each.digests.begin(), each.digests.end());
  write_comparison_file(outcome.comparison, *base.world, {outcome.replicates, outcome.adopters}, options);
}

void tell(CompareOutcome const& outcome, std::vector<Question> const& questions, CompareWords const& words,
          std::filesystem::path const& file) {
  ComparisonFacts facts;
  facts.asked = outcome.asked;
  facts.seconds = outcome.seconds;
  facts.file = file.string();
  facts.currency = questions.front().scenario->currency;
  if (words.from) facts.strengths = words.draw ? Strengths::drawn : Strengths::estimated;
  if (!outcome.precise) facts.precision = *words.until;
  Cities const& cities = questions.front().world->cities;
  if (words.json) {
    print(to_json(comparison_tree(outcome.comparison, cities, facts)) + "\n");
  } else if (!words.quiet) {
    print(comparison_words(outcome.comparison, cities, facts));
  }
}

/// Replicates of the reruns that tell who follows whom: as asked, or as many as take little.
std::int64_t reruns_of(CompareWords const& words, Question const& base, std::int64_t replicates) {
  constexpr std::int64_t usual = 500;
  constexpr Index largest = 50'000;
  if (words.reruns) return whole_number("--reruns", *words.reruns, 0, 1'000'000);
  return base.world->cities.size() <= largest ? std::min(usual, replicates) : 0;
}

/// As asked, or enough to know the chance of a single city to ± 0.02.
std::int64_t replicates_of(CompareWords const& words, Question const& base) {
  constexpr std::int64_t enough = 2500;
  std::int64_t const own = base.scenario->replicates;
  return words.replicates ? own : std::max(own, enough);
}

/// Adds followers to the differences of what-ifs that fund cities. False: it was stopped.
bool add_followers(CompareOutcome& outcome, std::vector<Question> const& questions, std::int64_t replicates,
                   CompareOptions const& running) {
  Question const& base = questions.front();
  for (std::size_t k = 1; k < questions.size() && replicates > 0; ++k) {
    Question const& with = questions[k];
    RerunOptions options;
    options.replicates = replicates;
    options.threads = running.threads;
    options.drawn = with.drawn != nullptr;
    options.model_of = drawing(with);
    if (!options.model_of) {
      options.model_of = [&](std::int64_t) {
        Complaints known;  // told before
        return compile(*with.scenario, *with.world, standard_catalogue(), known);
      };
    }
    options.progress = running.progress;
    options.stop = running.stop;
    for (std::size_t p = 0; p < with.model.policies.size(); ++p) {
      auto found = find_followers(*with.world, base.model, with.model, PolicyId{static_cast<Index>(p)}, options);
      if (!found) return false;
      PolicyDifference& difference = outcome.comparison.what_ifs[k - 1].policies[p];
      difference.rivals = std::move(found->rivals);
      difference.following = std::move(found->following);
    }
  }
  return true;
}

std::vector<Complaint> failures_of(CompareOutcome const& outcome, Scenarios const& scenarios) {
  constexpr std::size_t most = 100;
  std::vector<Complaint> told;
  for (std::size_t k = 0; k < std::min(most, outcome.failed.size()); ++k) {
    FailedReplicate const& each = outcome.failed[k];
    told.push_back({fmt::format("replicate {} failed: {}", each.replicate, each.why),
                    {scenarios.all()[each.arm].scenario.file.string(), 0, 0},
                    {}});
  }
  if (outcome.failed.size() > most)
    told.push_back({fmt::format("and {} more failed", outcome.failed.size() - most), {}, {}});
  return told;
}

/// Where the comparison goes: as asked, or into the current folder.
std::filesystem::path file_of(CompareWords const& words, Question const& base) {
  return words.output.empty() ? base.scenario->file.stem().string() + "-comparison.h5" : words.output;
}

Exit execute(CompareWords const& words) {
  Interrupt interrupt;
  int const threads = words.threads ? static_cast<int>(whole_number("--threads", *words.threads, 1, 4096)) : 0;
  std::optional<PreciseRequest> const until = words.until ? std::optional(request_of(*words.until)) : std::nullopt;
  if (words.what_ifs.empty() && words.knock_outs.empty())
    refuse("there is nothing to compare it with", words.base, "a what-if file or --knock-out was expected");
  std::vector<Question> const questions = read_all(words, threads);
  print_warnings(warnings_of(questions));
  Scenarios const scenarios(questions, words);
  std::filesystem::path const file = file_of(words, questions.front());
  for (Question const& each : questions) spare_inputs(each, file);
  PartFile(file, words.force ? Overwrite::yes : Overwrite::no).discard();  // what is in the way shows now
  RecordPlan plan = questions.front().plan;
  plan.adoption_time = true;
  plan.attribution = plan.beliefs = plan.abandonments = false;
  plan.subsets.clear();
  ProgressLine line(words.quiet ? Display::none : choose_display());
  CompareOptions options;
  options.replicates = replicates_of(words, questions.front());
  options.threads = threads;
  options.until = until;
  options.most = std::max(options.most, options.replicates);
  options.progress = [&](Done done) { line.show(done); };
  options.stop = interrupt.token();
  interrupt.begin_run();
  CompareOutcome outcome = compare(scenarios.all(), plan, options);
  if (!outcome.stopped && outcome.failed.empty())
    outcome.stopped = !add_followers(outcome, questions, reruns_of(words, questions.front(), outcome.asked), options);
  keep(outcome, questions, scenarios, words, file);
  tell(outcome, questions, words, file);
  std::vector<Complaint> const failures = failures_of(outcome, scenarios);
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
