/// From a fit to what later runs take of it.
#pragma once

#include "inference/fit_scenario.hpp"
#include "record/estimates.hpp"

namespace hansa {

/// Estimates with the paths that they replace and the covariance of the errors that the fit reports;
/// `model_covariance`, where that is another, gets the inverse of the information. The standard deviation of a city
/// intercept stands last, on its own scale (by the delta method); one of 0 has no variance. With random effects of
/// policies each policy has a baseline, the common one with its predicted effect; `baseline` and `policy_sd`, which
/// replace nothing, stand last. Without estimates there are
/// none.
[[nodiscard]] Estimates estimates_of(FittedPolicies const& fitted, std::vector<double>& model_covariance);

}  // namespace hansa
