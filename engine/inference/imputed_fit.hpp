/// Fits of completed data sets, in which dates that are known as intervals only are drawn, combined by Rubin's rules.
///
/// A first fit sums the likelihood up over the years of an interval, while others see its middle. Data set m takes
/// coefficients drawn from the distribution of its estimates, and the date of each adoption from their chances along
/// the interval (asymptotic data augmentation: Wei & Tanner 1991; for interval-censored times Pan 2000); covariates,
/// also those of others who saw the adoption, are rebuilt from all drawn dates. What others did later tells nothing of
/// a date here.
#pragma once

#include <vector>

#include "inference/fit_scenario.hpp"
#include "inference/imputed_dates.hpp"

namespace hansa {

/// `dates` are all of the question, one at least. Failed data sets are counted; the fit as a whole fails where the
/// first fit does, where fewer than half of the data sets or fewer than two have estimates (of a single one: that one),
/// and where a coefficient is 0 on its boundary in some. `threads`: at most so many (0: all); no result depends on it.
[[nodiscard]] FittedPolicies fit_imputed(FitQuestion const& question, std::vector<PolicyId> const& policies,
                                         std::vector<UnknownDate> const& dates, int threads = 0);

}  // namespace hansa
