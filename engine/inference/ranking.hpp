/// Which of several fits to the same rows explains them best.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "inference/cross_validation.hpp"
#include "inference/design.hpp"
#include "inference/event_history.hpp"
#include "inference/hypothesis_tests.hpp"

namespace hansa {

/// SHA-256 of who could decide on what when, and what was decided: of all of a design but its covariates.
[[nodiscard]] std::string rows_digest(Design const& design);

struct Contender {
  std::string name;
  std::string rows;  ///< rows_digest of what it was fitted to
  EventHistoryFit fit;
  std::vector<std::string> identities = {};  ///< of its columns, where columns of one name may be of different numbers:
                                             ///< what is equal is the same; empty: the names
  Design const* design = nullptr;            ///< for ratios under a penalty; null: they are not made
};

struct Ranked {
  std::string name;
  std::string failure;  ///< why it is not ranked; empty where it is
  std::size_t parameters = 0;
  double log_likelihood = 0, aic = 0, bic = 0;
  double aic_difference = 0, bic_difference = 0;  ///< to the lowest
  double weight = 0;                              ///< Akaike weight (Burnham & Anderson 2002)
  std::size_t aic_rank = 0, bic_rank = 0;         ///< from 1; equals share a rank
  std::string against;                            ///< the smallest other fit that it contains; empty: none
  std::optional<ChiSquareTest> likelihood_ratio;  ///< against that one; under a penalty the penalised one
};

struct Ranking {
  std::vector<Ranked> fits;  ///< by AIC, then by name; those without estimates at the end
  std::size_t failed = 0;
  Penalty penalty = Penalty::none;                             ///< with which all were fitted
  std::vector<std::string> notes = {};                         ///< sentences without full stop
  std::optional<CrossValidationResult> cross_validation = {};  ///< of the same fits, where it was asked for
};

/// Under Firth's penalty AIC and BIC are those of the log-likelihood without the penalty at Firth's estimates. These
/// are within O(1/n) of the likeliest ones (Firth 1993), where the log-likelihood is flat, so that the criteria have
/// the same first-order ground (Konishi & Kitagawa 1996), as long as nothing separates; a note names what does.
/// Penalised log-likelihoods of different columns do not compare; likelihood ratios under the penalty are those of
/// Heinze & Schemper (2002), with the penalty of the larger fit.
///
/// Throws Error where fits are of different rows, or where some are penalised and others not: neither can be compared.
[[nodiscard]] Ranking rank_fits(std::vector<Contender> const& contenders);

}  // namespace hansa
