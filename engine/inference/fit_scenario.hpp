/// Fits the policies of a scenario to the adoptions that its data tell of.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "inference/build_design.hpp"
#include "inference/fit_report.hpp"
#include "inference/unfit_scenarios.hpp"
#include "model/catalogue.hpp"
#include "scenario/tables.hpp"

namespace hansa {

/// A scenario compiled to be fitted. Of data, everything is replayed, and only cities of known status are sources; in a
/// simulation the status of all is known. Movable; the world outlives it.
struct FitQuestion {
  Scored scored = Scored::data;
  std::unique_ptr<Scenario const> scenario;
  World const* world = nullptr;
  Model model;
  FitSpec spec;
  std::vector<ObservedHistory> histories;  ///< of data, one a policy
  Catalogue catalogue = {};
  std::shared_ptr<Tables const> tables = {};    ///< of the world, where distances of networks are fitted; else null
  std::shared_ptr<World const> own_world = {};  ///< null: that of the caller
};

/// Complains of what cannot be fitted (check_fit, check_intervals).
[[nodiscard]] FitQuestion pose_fit(Scenario const& scenario, World const& world, Catalogue catalogue,
                                   Complaints& complaints, Scored scored = Scored::data);

/// One fit: of a policy, or of several pooled.
struct FittedPolicies {
  FitReport report;
  ObservedDesign observed;
};

/// Names of the policies of each fit that the question asks for: each alone, or all pooled.
[[nodiscard]] std::vector<std::vector<PolicyId>> fits_of(FitQuestion const& question);

/// What such a fit is called: its policy, or `pooled`.
[[nodiscard]] std::string name_of_fit(FitQuestion const& question, std::vector<PolicyId> const& policies);

/// Which decisions are the rows of one fit.
[[nodiscard]] DesignOrder design_order(FitQuestion const& question, std::vector<PolicyId> const& policies);

/// The rows of one fit, from the histories of all policies.
[[nodiscard]] ObservedDesign design_of(FitQuestion const& question, std::vector<PolicyId> const& policies,
                                       std::vector<ObservedHistory> const& histories);
[[nodiscard]] inline ObservedDesign design_of(FitQuestion const& question, std::vector<PolicyId> const& policies) {
  return design_of(question, policies, question.histories);
}

/// What the rows are of, in names, with notes on observations that are none.
[[nodiscard]] FitSubject subject_of(FitQuestion const& question, std::vector<PolicyId> const& policies,
                                    ObservedDesign const& observed);

/// How the question wants these policies fitted.
[[nodiscard]] EventHistoryOptions options_of(FitQuestion const& question, std::vector<PolicyId> const& policies);

/// With shape parameters, these are estimated too, and the design is that of the estimates. With imputations, dates
/// that are known as intervals only are drawn. `threads`: at most so many (0: all); no result depends on it.
[[nodiscard]] FittedPolicies fit_policies(FitQuestion const& question, std::vector<PolicyId> const& policies,
                                          int threads = 0);

}  // namespace hansa
