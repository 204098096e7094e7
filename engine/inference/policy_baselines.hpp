/// A fit with random effects of policies, told as one with a baseline for each policy.
///
/// With estimates θ ~ N(θ̂, V), V of coefficients and ln σ, and the intercept u of a policy given θ about its mode û(θ)
/// with variance c, the baseline of a policy is β₀ + û(θ̂), and errors of all are those of (β, u − û): V, V·û′ and
/// û′·V·û′ᵀ + c (empirical Bayes with the delta method: Kass & Steffey 1989). A policy that no row tells of has û = 0
/// and c = σ².
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "inference/design.hpp"
#include "inference/event_history.hpp"

namespace hansa {

/// Policies by their number in the design, and what a column of theirs is called: baseline_NAME.
struct NamedPolicies {
  std::vector<Index> policy;
  std::vector<std::string> name;
};

/// Estimates with their covariance. The columns of the fit with a baseline for each policy in the place of the common
/// one; after them that one, `baseline`, and `policy_sd` on its own scale.
struct PolicyBaselines {
  std::vector<std::string> names;
  Eigen::VectorXd values;
  Eigen::MatrixXd covariance;
};

/// The fit has estimates, random effects of policies and a column `baseline`.
[[nodiscard]] PolicyBaselines policy_baselines(EventHistoryFit const& fit, NamedPolicies const& policies);

/// The same as a fit without intercept, so that its predictions are those of the policies. Of a fit without random
/// effects or estimates: itself.
[[nodiscard]] EventHistoryFit with_policy_baselines(EventHistoryFit const& fit, NamedPolicies const& policies);
/// A design in which each policy has its own column of the baseline, where the common one is.
[[nodiscard]] Design with_policy_baselines(Design const& design, NamedPolicies const& policies);

}  // namespace hansa
