/// Fits the policies of a scenario to the adoptions that its data tell of.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "inference/build_design.hpp"
#include "inference/fit_report.hpp"
#include "inference/ranking.hpp"
#include "model/catalogue.hpp"

namespace hansa {

/// A scenario compiled to be fitted: everything that data tell is replayed, and only cities of known status are
/// sources. Movable; the world outlives it.
struct FitQuestion {
  std::unique_ptr<Scenario const> scenario;
  World const* world = nullptr;
  Model model;
  FitSpec spec;
  std::vector<ObservedHistory> histories;  ///< one a policy
};

/// Complains of what cannot be fitted: policies without dated adopters, rules without a likelihood, mechanisms that
/// nobody can observe, ties that are drawn anew.
[[nodiscard]] FitQuestion pose_fit(Scenario const& scenario, World const& world, Catalogue catalogue,
                                   Complaints& complaints);

/// One fit: of a policy, or of several pooled.
struct FittedPolicies {
  FitReport report;
  ObservedDesign observed;
};

/// Names of the policies of each fit that the question asks for: each alone, or all pooled.
[[nodiscard]] std::vector<std::vector<PolicyId>> fits_of(FitQuestion const& question);

/// The rows of one fit.
[[nodiscard]] ObservedDesign design_of(FitQuestion const& question, std::vector<PolicyId> const& policies);

/// How the question wants these policies fitted.
[[nodiscard]] EventHistoryOptions options_of(FitQuestion const& question, std::vector<PolicyId> const& policies);

[[nodiscard]] FittedPolicies fit_policies(FitQuestion const& question, std::vector<PolicyId> const& policies);

/// The hypotheses of the question, fitted to the same rows: each keeps the covariates of its mechanisms, and all that
/// are no mechanism's.
[[nodiscard]] Ranking rank_hypotheses(FitQuestion const& question, FittedPolicies const& whole);

}  // namespace hansa
