/// Which of several fits to the same rows explains them best.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

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
  std::optional<ChiSquareTest> likelihood_ratio;  ///< against that one
};

struct Ranking {
  std::vector<Ranked> fits;  ///< by AIC, then by name; those without estimates at the end
  std::size_t failed = 0;
};

/// Throws Error where fits are of different rows, or where some are penalised: neither can be compared.
[[nodiscard]] Ranking rank_fits(std::vector<Contender> const& contenders);

}  // namespace hansa
