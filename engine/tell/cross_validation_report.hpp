/// What models say of decisions that were left out, in words and as a tree.
#pragma once

#include <optional>
#include <string>

#include "inference/cross_validation.hpp"
#include "scenario/draft.hpp"

namespace hansa {

/// How much higher a log score is, summed over the decisions left out: negative where the own is better.
struct SummedDifference {
  double sum = 0, error = 0;
  double lower = 0, upper = 0;  ///< 95 %
  double p = 1;
};
[[nodiscard]] SummedDifference summed_log_difference(ScoreComparison const& comparison);

/// "cities left out in 5 folds"
[[nodiscard]] std::string leave_words(CrossValidationResult const& result);

/// Which model predicts best, from which it cannot be told, and whether it does better than one chance for all: a
/// sentence without full stop.
[[nodiscard]] std::string best_words(CrossValidationResult const& result);

/// Plain text for a terminal: scores, the best, the folds, what failed and why, and notes.
[[nodiscard]] std::string cross_validation_text(CrossValidationResult const& result);

/// {leave, trials, events, cities, unscored, folds: [{left_out, fitted_rows, fitted_events, trials, events}], models:
/// [{name, rank, log, brier, auc, against_best, failed, folds: [{log, brier} or {failure}]}], baseline, best, notes};
/// `log` and `brier` are sums, null where a fold failed.
[[nodiscard]] Node cross_validation_tree(CrossValidationResult const& result);

}  // namespace hansa
