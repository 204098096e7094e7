/// What fits say of decisions that they have not seen: models scored on the rows that are left out in turn.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "inference/event_history.hpp"
#include "inference/fold_designs.hpp"
#include "inference/scores.hpp"

namespace hansa {

/// The fit of a model whose design is that of estimated shape parameters, and what tells the columns of these apart
/// from others: equal ones are the same covariate with the same shapes to be estimated.
struct ShapedModel {
  EventHistoryFit fit;
  std::vector<std::string> identities;
};

/// A model to be cross-validated.
struct CrossModel {
  std::string name;
  Design design;
  std::vector<Family> families;  ///< of its columns
  EventHistoryOptions options;
  std::optional<ShapedModel> shaped = {};  ///< where shape parameters were estimated
};

/// What one model says of one fold: sums over its trials.
struct FoldScore {
  std::string failure;  ///< why there is no score; empty where there is
  Scores sums;
};

/// One model over all folds. With a failed fold it has no scores: what it says of the others would not compare.
struct CrossValidated {
  std::string name;
  std::vector<FoldScore> folds;
  std::size_t failed = 0;
  std::optional<Scores> sums;  ///< over all trials
  std::optional<double> auc;   ///< of events with other trials of their fold: chances of different fits do not compare
                               ///< (Forman & Scholz 2010)
  std::size_t rank = 0;        ///< among models, by the log score, from 1; 0: none
  std::optional<ScoreComparison> against_best;  ///< paired by trial, errors clustered by city
};

/// One fold, as all models see it.
struct FoldFacts {
  std::string label;
  std::size_t fitted_rows = 0, fitted_events = 0;
  std::size_t trials = 0, events = 0;  ///< that are scored
};

struct CrossValidationResult {
  LeaveOut leave = LeaveOut::years;
  std::vector<FoldFacts> folds;
  std::size_t trials = 0, events = 0, cities = 0;  ///< that are scored
  std::size_t unscored = 0;  ///< trials left out but not scored: of policies, periods or countries without an adoption
                             ///< among the rows that some model was fitted to
  std::vector<CrossValidated> models;  ///< in their order
  CrossValidated baseline;             ///< one chance per policy (policies left out: one for all), from the rows fitted
  std::string best;                    ///< the model with the lowest log score; empty: none has one
  std::vector<std::string> notes;      ///< sentences without full stop
};

/// Fits each model to the training rows of each fold and scores what it says of the others: the log score (Good 1952)
/// and the Brier score (Brier 1950), summed over trials. All designs have the same rows. Of each fold the trials that
/// every model can predict are scored. `threads`: at most so many (0: all); no result depends on it. Cost: a fit per
/// model and fold.
[[nodiscard]] CrossValidationResult cross_validate(std::vector<CrossModel> const& models,
                                                   std::vector<Fold> const& folds, LeaveOut leave, int threads = 0);

}  // namespace hansa
