/// Hypotheses on the same rows: parts of a model, or models of other scenarios, ranked and cross-validated.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inference/cross_validation.hpp"
#include "inference/fit_scenario.hpp"
#include "inference/ranking.hpp"

namespace hansa {

/// Complains of a cross-validation that the section `fit` asks for and the policies do not allow: of years with
/// coefficients of single periods, of policies that are not pooled.
void check_cross_validation(FitSpec const& spec, Scenario const& scenario, Complaints& complaints);

/// A scenario that is compared with the first: what it is called, and where complaints of it point.
struct Rival {
  std::string name;
  Place where;
  FitQuestion const* question = nullptr;
};

/// The whole of a fit as a model.
[[nodiscard]] CrossModel model_of(std::string name, FittedPolicies const& fitted);

/// The hypotheses of the question on the rows of the whole fit: each keeps the covariates of its mechanisms, and all
/// that are no mechanism's. Shape parameters of the mechanisms that it keeps are estimated anew.
[[nodiscard]] std::vector<CrossModel> hypotheses_of(FitQuestion const& question, FittedPolicies const& whole,
                                                    int threads = 0);

/// The models of other scenarios of the same policies. Throws Error, all at once, where one has other policies, fits
/// them in other groups, or has other rows: how many, and which cities and years are the first.
[[nodiscard]] std::vector<CrossModel> models_of(std::vector<Rival> const& rivals, FitQuestion const& question,
                                                std::vector<PolicyId> const& policies, FittedPolicies const& whole);

/// Cross-validates models of this question's rows as its section `fit` says; nothing where that asks for none.
[[nodiscard]] std::optional<CrossValidationResult> cross_validate(FitQuestion const& question,
                                                                  std::vector<CrossModel> const& models,
                                                                  int threads = 0);

/// Hypotheses of the question, with rivals also the whole of the first (called `own_name`) unless one of its hypotheses
/// is that, and the rivals, fitted to the same rows, ranked, and cross-validated where the question asks for it.
[[nodiscard]] Ranking rank_hypotheses(FitQuestion const& question, FittedPolicies const& whole, int threads = 0);
[[nodiscard]] Ranking rank_hypotheses(FitQuestion const& question, std::vector<PolicyId> const& policies,
                                      FittedPolicies const& whole, std::string const& own_name,
                                      std::vector<Rival> const& rivals, int threads = 0);

}  // namespace hansa
