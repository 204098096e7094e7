/// Scores of decisions that were left out, told.
#include "tell/cross_validation_report.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tell/fit_words.hpp"
#include "tell/text_table.hpp"
#include "tell/tree.hpp"

namespace hansa {

namespace {

constexpr double normal_975 = 1.959963984540054;
constexpr std::size_t most_folds = 12, most_reasons = 6;

std::string sum_words(double sum) {
  return std::isinf(sum) ? "∞" : two_decimals(sum);
}

std::string difference_words(CrossValidated const& each) {
  if (!each.against_best) return "–";
  SummedDifference const found = summed_log_difference(*each.against_best);
  if (std::isinf(found.sum)) return "∞";
  return fmt::format("{} ({} to {})", two_decimals(found.sum), two_decimals(found.lower), two_decimals(found.upper));
}

std::vector<std::string> row_of(CrossValidated const& each) {
  std::string const failed = fmt::format("{} of {}", each.failed, each.folds.size());
  if (!each.sums) return {"  " + each.name, "–", "–", "–", "–", "–", failed};
  return {"  " + each.name,
          sum_words(each.sums->log),
          four_digits(each.sums->brier),
          each.auc ? fmt::format("{:.3f}", *each.auc) : "–",
          each.rank > 0 ? fmt::format("{}", each.rank) : "–",
          difference_words(each),
          failed};
}

Node validated_node(CrossValidated const& each) {
  std::vector<Node> folds;
  for (FoldScore const& fold : each.folds) {
    folds.push_back(fold.failure.empty()
                        ? map_node({{"log", number_node(fold.sums.log)}, {"brier", number_node(fold.sums.brier)}})
                        : map_node({{"failure", text_node(fold.failure)}}));
  }
  Node against;
  if (each.against_best) {
    SummedDifference const found = summed_log_difference(*each.against_best);
    against = map_node({{"log_difference", number_node(found.sum)},
                        {"se_cluster", number_node(found.error)},
                        {"lower", number_node(found.lower)},
                        {"upper", number_node(found.upper)},
                        {"p", number_node(found.p)}});
  }
  return map_node({{"name", text_node(each.name)},
                   {"rank", each.rank > 0 ? count_node(each.rank) : Node()},
                   {"log", each.sums ? number_node(each.sums->log) : Node()},
                   {"brier", each.sums ? number_node(each.sums->brier) : Node()},
                   {"auc", each.auc ? number_node(*each.auc) : Node()},
                   {"against_best", std::move(against)},
                   {"failed", count_node(each.failed)},
                   {"folds", list_node(std::move(folds))}});
}

std::vector<CrossValidated const*> best_first(CrossValidationResult const& result) {
  std::vector<CrossValidated const*> models;
  for (CrossValidated const& each : result.models) models.push_back(&each);
  std::stable_sort(models.begin(), models.end(), [](CrossValidated const* a, CrossValidated const* b) {
    return a->rank > 0 && (b->rank == 0 || a->rank < b->rank);
  });
  return models;
}

void add_failures(std::string& text, CrossValidated const& each, CrossValidationResult const& result) {
  if (each.failed == 0) return;
  add_line(text, fmt::format("{}: {} of {} folds failed, so that it has no score and no rank", each.name, each.failed,
                             each.folds.size()));
  std::size_t told = 0;
  for (std::size_t k = 0; k < each.folds.size(); ++k) {
    if (each.folds[k].failure.empty()) continue;
    if (++told > most_reasons) continue;
    text += "    " + wrap(fmt::format("without {}: {}", result.folds[k].label, each.folds[k].failure), 100, 6) + '\n';
  }
  if (told > most_reasons) text += fmt::format("    and {} more\n", told - most_reasons);
}

std::string fold_words(FoldFacts const& fold, LeaveOut leave) {
  return fmt::format("{} {}: fitted to {} rows with {} adoptions, scored on {} decisions with {}",
                     leave == LeaveOut::years ? "predicted" : "left out", fold.label, fold.fitted_rows,
                     fold.fitted_events, fold.trials, fold.events);
}

}  // namespace

SummedDifference summed_log_difference(ScoreComparison const& comparison) {
  auto const n = static_cast<double>(comparison.trials);
  SummedDifference result;
  result.sum = n * comparison.log.mean;
  result.error = n * comparison.log.error;
  result.lower = result.sum - normal_975 * result.error;
  result.upper = result.sum + normal_975 * result.error;
  result.p = comparison.log.p;
  return result;
}

std::string leave_words(CrossValidationResult const& result) {
  constexpr std::string_view words[] = {"policies left out", "cities left out", "years predicted from those before"};
  return fmt::format("{} in {} fold{}", words[static_cast<std::size_t>(result.leave)], result.folds.size(),
                     result.folds.size() == 1 ? "" : "s");
}

std::string best_words(CrossValidationResult const& result) {
  if (result.best.empty()) return "no model has a score of all folds: there is none that predicts best";
  std::vector<std::string> near, level;
  std::size_t ranked = 0;
  for (CrossValidated const& each : result.models) {
    ranked += each.rank > 0;
    if (!each.against_best) continue;
    if (each.rank == 1) level.push_back("'" + each.name + "'");
    if (each.rank > 1 && !(summed_log_difference(*each.against_best).lower > 0)) near.push_back("'" + each.name + "'");
  }
  std::string text;
  if (ranked > 1) text = fmt::format("'{}' predicts best", result.best);
  if (!level.empty()) text += fmt::format(", as well as {}", fmt::join(level, ", "));
  if (!near.empty()) text += fmt::format("; it cannot be told from {}", fmt::join(near, ", "));
  if (!result.baseline.against_best)
    return text.empty() ? fmt::format("'{}' alone has scores of all folds", result.best) : text;
  SummedDifference const chance = summed_log_difference(*result.baseline.against_best);
  text += text.empty() ? fmt::format("'{}'", result.best) : "; it";
  if (chance.lower > 0) return text + " predicts better than the baseline alone";
  if (chance.upper < 0) return text + " predicts worse than the baseline alone";
  return text + " cannot be told from the baseline alone";
}

std::string cross_validation_text(CrossValidationResult const& result) {
  constexpr auto right = Align::right;
  std::string text = fmt::format("cross-validated, {}: {} decisions of {} cities, {} adoptions\n", leave_words(result),
                                 result.trials, result.cities, result.events);
  std::vector<std::vector<std::string>> rows = {
      {"  model", "log score", "Brier score", "AUC", "rank", "above the best (95 %)", "folds failed"}};
  for (CrossValidated const* const each : best_first(result)) rows.push_back(row_of(*each));
  rows.push_back(row_of(result.baseline));
  text += lay_out(rows, {Align::left, right, right, right, right, right, right});
  add_line(text, best_words(result));
  add_line(text,
           "scores are sums over the decisions left out, lower is better; differences are paired, with errors "
           "clustered by city");
  for (CrossValidated const& each : result.models) add_failures(text, each, result);
  add_failures(text, result.baseline, result);
  if (result.unscored > 0) {
    add_line(text, fmt::format("{} decisions left out are not scored: their policy, period or country has no adoption "
                               "among the rows fitted",
                               result.unscored));
  }
  bool const differ = result.leave != LeaveOut::cities;  // folds of cities are alike
  for (std::size_t k = 0; differ && k < result.folds.size() && k < most_folds; ++k) {
    add_line(text, fold_words(result.folds[k], result.leave));
  }
  for (std::string const& each : result.notes) add_line(text, "note: " + each);
  return text;
}

Node cross_validation_tree(CrossValidationResult const& result) {
  constexpr std::string_view words[] = {"policies", "cities", "years"};
  std::vector<Node> folds, models, notes;
  for (FoldFacts const& fold : result.folds) {
    folds.push_back(map_node({{"left_out", text_node(fold.label)},
                              {"fitted_rows", count_node(fold.fitted_rows)},
                              {"fitted_events", count_node(fold.fitted_events)},
                              {"trials", count_node(fold.trials)},
                              {"events", count_node(fold.events)}}));
  }
  for (CrossValidated const& each : result.models) models.push_back(validated_node(each));
  for (std::string const& each : result.notes) notes.push_back(text_node(each));
  return map_node({{"leave", text_node(std::string(words[static_cast<std::size_t>(result.leave)]))},
                   {"trials", count_node(result.trials)},
                   {"events", count_node(result.events)},
                   {"cities", count_node(result.cities)},
                   {"unscored", count_node(result.unscored)},
                   {"folds", list_node(std::move(folds))},
                   {"models", list_node(std::move(models))},
                   {"baseline", validated_node(result.baseline)},
                   {"best", result.best.empty() ? Node() : text_node(result.best)},
                   {"says", text_node(best_words(result))},
                   {"notes", list_node(std::move(notes))}});
}

}  // namespace hansa
