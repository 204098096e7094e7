/// `hansa fit`: estimates the coefficients of a scenario's policies from observed adoptions.
#include <algorithm>
#include <iterator>
#include <memory>

#include <CLI/App.hpp>
#include <fmt/format.h>

#include "cli/answer.hpp"
#include "cli/commands.hpp"
#include "cli/fit_dyads.hpp"
#include "cli/fit_judged.hpp"
#include "cli/fit_rivals.hpp"
#include "cli/interrupt.hpp"
#include "inference/estimates_of.hpp"
#include "inference/fit_leaving.hpp"
#include "inference/fit_scenario.hpp"
#include "inference/forecast.hpp"
#include "inference/hypotheses.hpp"
#include "inference/kept_histories.hpp"
#include "inference/refits.hpp"
#include "inference/term_names.hpp"
#include "io/fit_file.hpp"
#include "io/json.hpp"
#include "tell/cross_validation_report.hpp"
#include "tell/fit_comparison.hpp"
#include "tell/fit_panel.hpp"
#include "tell/fit_report.hpp"
#include "tell/forecast_report.hpp"
#include "tell/recovery_report.hpp"
#include "tell/tree.hpp"

namespace hansa::cli {

namespace {

struct FitWords : ScenarioWords {
  std::vector<std::string> others;
  std::string output, panel, csv, latex, histories, ranking;
  std::optional<std::string> threads, until, goodness;
  bool compare = false, score = false, dyads = false, reproducible = false, force = false, quiet = false, json = false;
};

/// Everything that was fitted, and how the hypotheses rank in each fit.
struct Fits {
  std::vector<FittedPolicies> fitted;
  std::vector<FitReport> reports;   ///< of adoptions, then of how cities leave
  std::vector<Ranking> rankings;    ///< empty unless asked for; without hypotheses, of what was cross-validated only
  std::vector<Forecast> forecasts;  ///< empty unless asked for
  Judged judged;
};

Fits fit_all(FitQuestion const& question, std::vector<Rival> const& rivals, FitWords const& words, int threads) {
  Fits fits;
  for (std::vector<PolicyId> const& policies : fits_of(question)) {
    fits.fitted.push_back(fit_policies(question, policies, threads));
    fits.reports.push_back(fits.fitted.back().report);
    if (words.compare) {
      fits.rankings.push_back(rank_hypotheses(question, policies, fits.fitted.back(), words.file, rivals, threads));
    } else if (question.spec.cross_validation) {
      fits.rankings.emplace_back().cross_validation =
          cross_validate(question, {model_of("model", fits.fitted.back())}, threads);
    }
    if (words.score) {
      fits.forecasts.push_back(forecast(question, policies, fits.fitted.back(), standard_catalogue(), 1000, threads));
    }
  }
  for (PolicyId const policy : left_policies(question)) {  // last: rankings and forecasts are of adoptions
    fits.fitted.push_back(fit_leaving(question, policy, question.histories));
    fits.reports.push_back(fits.fitted.back().report);
  }
  return fits;
}

void write_file(std::string const& file, FitWords const& words, Question const& question,
                std::function<void(Answer&)> const& write) {
  if (file.empty()) return;
  Answer answer({file, words.force}, question.inputs);
  write(answer);
  answer.finish();
}

FitRecord record_of(FittedPolicies const& fitted) {
  FitRecord record;
  record.estimates = estimates_of(fitted, record.model_covariance);
  EventHistoryFit const& fit = fitted.report.fit;
  auto const count = [](std::size_t number) { return static_cast<double>(number); };
  record.facts = {{"rows", count(fit.rows)},
                  {"events", count(fit.events)},
                  {"clusters", count(fit.clusters)},
                  {"rank", count(fit.rank)},
                  {"information", fit.information == Information::expected ? "expected" : "observed"},
                  {"penalty", fit.penalty == Penalty::none ? "none" : "firth"},
                  {"failure", fit.failure}};
  if (auto const& told = fitted.report.imputations) {
    record.facts.emplace_back("imputations", count(told->asked));
    record.facts.emplace_back("imputations_fitted", count(told->fitted));
  }
  if (!fit.estimated() || fitted.report.imputations) return record;  // of likelihoods imputations have none
  if (fit.log_likelihood_alike) record.facts.emplace_back("log_likelihood_alike", *fit.log_likelihood_alike);
  record.facts.emplace_back("log_likelihood", fit.log_likelihood);
  record.facts.emplace_back("null_log_likelihood", fit.null_log_likelihood);
  record.facts.emplace_back("aic", fit.aic());
  record.facts.emplace_back("bic", fit.bic());
  return record;
}

void write_estimates(Fits const& fits, FitWords const& words, Question const& question) {
  if (words.output.empty()) return;
  FitFileOptions options;
  options.file = words.output;
  options.overwrite = words.force ? Overwrite::yes : Overwrite::no;
  options.reproducible = words.reproducible ? Reproducible::yes : Reproducible::no;
  options.title = question.scenario->title;
  options.scenario_text = resolved_text(question);
  options.input_digests = question.digests;
  options.world_sha256 = digest(*question.world);
  options.inputs = input_digests(*question.world);
  options.more = judged_in_file(fits.judged, fits.fitted, fits.rankings);
  std::vector<FitRecord> records;
  for (FittedPolicies const& each : fits.fitted) records.push_back(record_of(each));
  spare_inputs(question, options.file);
  write_fit_file(records, options);
}

void write_files(Fits const& fits, FitWords const& words, Question const& question) {
  write_file(words.panel, words, question, [&](Answer& answer) {
    write_panel(fits.fitted.front().observed.design, *question.scenario, question.world->cities,
                [&](std::string_view piece) { answer.write(piece); });
  });
  write_file(words.csv, words, question, [&](Answer& answer) { answer.write(fit_csv(fits.reports)); });
  std::vector<ComparedFits> comparisons;
  for (std::size_t k = 0; k < fits.rankings.size(); ++k) {
    comparisons.push_back({fits.reports[k].subject.name, question.scenario->title, &fits.rankings[k]});
  }
  write_file(words.ranking, words, question, [&](Answer& answer) { answer.write(comparison_csv(comparisons)); });
  write_file(words.latex, words, question,
             [&](Answer& answer) { answer.write(fit_latex(fits.reports) + comparison_latex(comparisons)); });
}

/// A map by the names of the fits.
template <class Found>
Node by_fit(Fits const& fits, std::vector<Found> const& found, Node (*tree)(Found const&)) {
  std::vector<std::pair<std::string, Node>> entries;
  for (std::size_t k = 0; k < found.size(); ++k) entries.emplace_back(fits.reports[k].subject.name, tree(found[k]));
  return map_node(std::move(entries));
}

Node validated_tree(Ranking const& ranking) {
  return cross_validation_tree(*ranking.cross_validation);
}

void tell(Fits const& fits, FitWords const& words) {
  if (words.json) {
    Node tree = fit_tree(fits.reports);
    if (words.compare) {
      tree.entries.push_back({"hypotheses", {}, by_fit(fits, fits.rankings, ranking_tree)});
    } else if (!fits.rankings.empty()) {
      tree.entries.push_back({"cross_validation", {}, by_fit(fits, fits.rankings, validated_tree)});
    }
    add_judged(tree, fits.judged);
    if (!fits.forecasts.empty()) tree.entries.push_back({"score", {}, by_fit(fits, fits.forecasts, forecast_tree)});
    print(to_json(tree) + "\n");
    return;
  }
  if (words.quiet) return;
  for (std::size_t k = 0; k < fits.reports.size(); ++k) {
    print((k == 0 ? "" : "\n") + fit_text(fits.reports[k]));
    if (k < fits.rankings.size()) print("\n" + ranking_text(fits.rankings[k]));
    if (k < fits.forecasts.size()) print("\n" + forecast_text(fits.forecasts[k]));
  }
  print(judged_text(fits.judged));
}

/// What is made of one likelihood or one set of rows, and imputations have many.
void check_imputed_words(FitWords const& words, FitQuestion const& question) {
  if (question.spec.imputations == 0) return;
  for (auto const& [given, option] :
       {std::pair{words.compare, "--compare"}, {words.score, "--score"}, {!words.panel.empty(), "--panel"}}) {
    require(!given, std::string(option) + " is of one set of rows, and each imputation has its own", {"hansa fit"},
            "leave it out, or fit with --set fit.imputations=0");
  }
}

void check_words(FitWords const& words, FitQuestion const& question, std::size_t fits) {
  check_imputed_words(words, question);
  require(words.compare || words.others.empty(), "several scenarios are given", {"hansa fit"},
          "compare them with --compare, or fit one");
  require(
      !words.compare || !words.others.empty() || !question.spec.hypotheses.empty(),
      "there are no hypotheses to compare", {"hansa fit"},
      "list them in the section fit of the scenario: hypotheses: {NAME: [MECHANISM, …]}, or name further scenarios");
  bool const rivals = std::ranges::any_of(fits_of(question), [&](std::vector<PolicyId> const& policies) {
    return design_order(question, policies).own_columns;
  });
  require(!words.compare || !rivals, "policies that compete within a step have no hypotheses of their own",
          {"hansa fit"}, "fit them without --compare");
  require(words.ranking.empty() || words.compare || question.spec.cross_validation.has_value(),
          "--ranking has nothing to write", {"hansa fit"},
          "compare hypotheses with --compare, or ask for cross_validation in the section fit");
  require(words.panel.empty() || fits == 1, "several fits have different terms, and one panel cannot hold them",
          {"hansa fit"}, "choose one with --set fit.policies=[POLICY], or pool them");
}

/// What the scenario that the result carries says; nothing where each replicate drew numbers of its own.
Truth truth_in(ResultReader const& reader, FitQuestion const& posed, FitWords const& words) {
  if (reader.has_attribute("parameters_drawn_from")) return {};
  Question const simulated = parse_question(reader.text("scenario"), words.file);
  Truth truth = truth_of(*simulated.scenario, *simulated.world, simulated.model);
  add_shape_truth(truth, posed, *simulated.scenario);
  add_leaving_truth(truth, *simulated.scenario);
  return truth;
}

/// Fits every history of a result file, in blocks that bound the memory.
Exit fit_kept(FitWords const& words, Question const& question, int threads) {
  constexpr std::int64_t block = 256;
  Complaints complaints;
  FitQuestion const posed =
      pose_fit(*question.scenario, *question.world, standard_catalogue(), complaints, Scored::simulated);
  complaints.throw_if_any();
  ResultReader const reader(words.histories);
  check_kept(reader, *question.scenario, *question.world);
  Truth const truth = truth_in(reader, posed, words);
  require(words.csv.empty() || fits_of(posed).size() == 1, "several fits do not go into one file", {"hansa fit"},
          "choose one with --set fit.policies=[POLICY], or pool them");
  std::vector<std::pair<std::string, Node>> told;
  using Histories = std::vector<std::vector<ObservedHistory>>;
  auto const refit = [&](std::string const& name, std::string const& csv, auto const& fit_block) {
    std::vector<Refit> refits;
    for (std::int64_t first = 0; first < reader.replicates(); first += block) {
      std::int64_t const count = std::min(block, reader.replicates() - first);
      Histories const histories = kept_histories(reader, first, count, *question.scenario, *question.world);
      std::ranges::move(fit_block(histories), std::back_inserter(refits));
    }
    Recoveries const found = recoveries_of(refits);
    if (!words.json && !words.quiet) print(recovery_text(name, found));
    told.emplace_back(name, recovery_tree(found));
    write_file(csv, words, question, [&](Answer& answer) { answer.write(refits_csv(refits)); });
  };
  for (std::vector<PolicyId> const& policies : fits_of(posed))
    refit(name_of_fit(posed, policies), words.csv,
          [&](Histories const& histories) { return fit_histories(posed, policies, histories, truth, threads); });
  for (PolicyId const policy : left_policies(posed))
    refit(question.scenario->policies[policy.value].name + ".abandonment", "",
          [&](Histories const& histories) { return fit_leaving_histories(posed, policy, histories, truth, threads); });
  if (words.json) print(to_json(map_node({{"histories", map_node(std::move(told))}})) + "\n");
  return Exit::done;
}

void check_kept_words(FitWords const& words) {
  for (auto const& [given, option] : {std::pair{words.compare, "--compare"},
                                      {words.score, "--score"},
                                      {words.goodness.has_value(), "--goodness"},
                                      {!words.panel.empty(), "--panel"},
                                      {!words.latex.empty(), "--latex"},
                                      {!words.ranking.empty(), "--ranking"},
                                      {!words.output.empty(), "--output"}}) {
    require(!given, std::string(option) + " is of one fit, and --histories makes many", {"hansa fit"},
            "leave one of them out");
  }
}

/// What is of the decisions of single cities.
void check_dyad_words(FitWords const& words) {
  for (auto const& [given, option] : {std::pair{words.compare, "--compare"},
                                      {words.score, "--score"},
                                      {!words.ranking.empty(), "--ranking"},
                                      {!words.output.empty(), "--output"},
                                      {!words.others.empty(), "a second scenario"}}) {
    require(!given, std::string(option) + " is of single cities, and --dyads takes pairs", {"hansa fit"},
            "leave one of them out");
  }
}

Exit fit(FitWords const& words) {
  Interrupt const interrupt;
  if (words.dyads) check_dyad_words(words);
  if (!words.histories.empty()) check_kept_words(words);
  int const threads = words.threads ? static_cast<int>(whole_number("--threads", *words.threads, 1, 4096)) : 0;
  require(!words.score || words.until.has_value(), "what is scored are decisions after those that are fitted",
          {"hansa fit"}, "say until when to fit: --until Y --score");
  std::vector<std::string> settings = words.settings;
  if (words.until) settings.push_back(fmt::format("fit.until={}", *words.until));
  if (words.goodness) settings.push_back(fmt::format("fit.goodness={}", *words.goodness));
  Question question = read_question(words.file, {.settings = settings, .threads = threads});
  print_warnings(question.warnings);
  if (words.dyads)
    return fit_dyads({words.file, words.panel, words.csv, words.latex, words.histories, threads, words.force,
                      words.quiet, words.json},
                     question);
  if (!words.histories.empty()) return fit_kept(words, question, threads);
  Complaints complaints;
  FitQuestion const posed = pose_fit(*question.scenario, *question.world, standard_catalogue(), complaints);
  if (words.score) check_forecast(posed, complaints);
  check_nulls(posed.spec, *posed.world, complaints);
  if (!words.panel.empty()) check_panel_names(*posed.scenario, posed.spec, *posed.world, complaints);
  complaints.throw_if_any();
  check_words(words, posed, fits_of(posed).size());
  Rivals const others = read_rivals(words.others, words.file, settings, threads);
  for (Question const& each : others.questions) {
    question.inputs.insert(question.inputs.end(), each.inputs.begin(), each.inputs.end());
  }
  Fits fits = fit_all(posed, others.rivals, words, threads);
  fits.judged = judge_fits(question, posed, fits.fitted, threads);
  write_files(fits, words, question);
  tell(fits, words);
  write_estimates(fits, words, question);  // last: without any it fails, and the report says why there are none
  return Exit::done;
}

}  // namespace

void add_fit(CLI::App& program, Act& chosen) {
  CLI::App* const command =
      program.add_subcommand("fit", "estimates the coefficients of the policies from observed adoptions");
  auto const words = std::make_shared<FitWords>();
  add_scenario_words(*command, *words);
  command->add_option("-o,--output", words->output, "writes the estimates for `hansa run --from` (HDF5)")
      ->type_name("FILE");
  command->add_option("others", words->others, "scenarios whose models are compared with the first")->type_name("FILE");
  command->add_flag("--compare", words->compare,
                    "ranks the hypotheses of the scenario, and further scenarios, on the same rows");
  command
      ->add_option("--ranking", words->ranking, "writes what --compare and cross-validation say as CSV, a model a row")
      ->type_name("FILE");
  command->add_option("--until", words->until, "the last decision that is fitted, instead of the scenario's fit.until")
      ->type_name("Y");
  command
      ->add_option("--goodness", words->goodness,
                   "holds N histories simulated from the fit against the observed one, instead of fit.goodness")
      ->type_name("N");
  command->add_flag("--score", words->score,
                    "scores predictions of the decisions after --until, against the baseline and without networks");
  command->add_flag("--dyads", words->dyads,
                    "fits pairs of cities instead, of which the one may emulate the other (fit: dyads)");
  command->add_option("--panel", words->panel, "writes the rows and their covariates as CSV")->type_name("FILE");
  command->add_option("--csv", words->csv, "writes the estimates as CSV, a term a row")->type_name("FILE");
  command->add_option("--latex", words->latex, "writes the estimates as a table for LaTeX")->type_name("FILE");
  command
      ->add_option("--histories", words->histories,
                   "fits each history of this result of the scenario instead of the data, and compares")
      ->type_name("FILE");
  command->add_option("--threads", words->threads, "at most so many threads (default: all processors)")->type_name("N");
  command->add_flag("--reproducible", words->reproducible, "no times in the file: equal fits give equal bytes");
  command->add_flag("--force", words->force, "replaces existing files");
  command->add_flag("--quiet", words->quiet, "says nothing on standard output");
  command->add_flag("--json", words->json, "the estimates in JSON on standard output, instead of the tables");
  command->callback([words, &chosen] { chosen = [words] { return fit(*words); }; });
}

}  // namespace hansa::cli
