/// Fits how adopters leave a policy.
#pragma once

#include <vector>

#include "inference/fit_scenario.hpp"
#include "inference/refits.hpp"

namespace hansa {

/// The fitted policies that the scenario lets cities abandon.
[[nodiscard]] std::vector<PolicyId> left_policies(FitQuestion const& question);

/// The hazard of leaving, with errors: constant as `abandonment: {hazard: …}` has it, or by log odds and, where the
/// scenario says so, by what adopters believe. The report is called POLICY.abandonment. Penalties, links, fixed effects
/// and random effects are those of adoptions, and not of this.
[[nodiscard]] FittedPolicies fit_leaving(FitQuestion const& question, PolicyId policy,
                                         std::vector<ObservedHistory> const& histories);

/// The same of many histories; histories[r][p] is policy p of history r. `threads` as of fit_histories.
[[nodiscard]] std::vector<Refit> fit_leaving_histories(FitQuestion const& question, PolicyId policy,
                                                       std::vector<std::vector<ObservedHistory>> const& histories,
                                                       Truth const& truth, int threads = 0);

/// Adds what a scenario says of these hazards.
void add_leaving_truth(Truth& truth, Scenario const& scenario);

}  // namespace hansa
