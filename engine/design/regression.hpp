/// How a measure goes with inputs over any sample: regression and correlation, of values and of ranks.
#pragma once

#include "design/sampled.hpp"

namespace hansa {

/// By input. Of the measure's mean over replicates.
struct RegressionEffects {
  std::vector<double> standardized;        ///< regression coefficients of standardised inputs and measure (SRC)
  std::vector<double> standardized_ranks;  ///< the same of ranks (SRRC; Iman & Conover 1979)
  std::vector<double> rank_correlation;    ///< Spearman's
  std::vector<double> partial;             ///< partial rank correlation (PRCC; Iman, Shortencarier & Johnson 1985)
  std::vector<double> partial_p;           ///< two-sided, Student's t with n - 1 - inputs degrees of freedom
  double r2 = 0, r2_ranks = 0;             ///< share of the variance that the regressions explain
};

/// Equal values share the mean of their ranks. Complains of inputs that do not vary or follow from the others, of a
/// measure that does not vary, and of fewer points than inputs and two.
[[nodiscard]] RegressionEffects regression_effects(Sampled const& sampled, Complaints& complaints);

/// Ranks from 1, those of equal values being their mean.
[[nodiscard]] std::vector<double> ranks_of(std::vector<double> const& values);

}  // namespace hansa
