/// The section `fit` as values: which observed decisions are scored, and how coefficients are estimated from them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenario/dyad_spec.hpp"
#include "scenario/parameters.hpp"

namespace hansa {

/// How pressure turns into the chance of a decision. Probit exists in fits only.
enum class FitLink { logit, cloglog, probit, additive };
enum class Information { expected, observed };
enum class ErrorCluster { city, country, period, leader };  ///< leader: of dyads, whose city is the follower
enum class FixedEffect { country, period };
enum class Intervals { wald, profile };
enum class Penalty { none, firth };  ///< Firth 1993: half the log-determinant of the information
enum class PolicyEffects {
  fixed,
  random
};  ///< a baseline for each pooled policy, or a common one and normal intercepts
enum class LeaveOut { policies, cities, years };

struct Hypothesis {
  std::string name;
  Place where;
  std::vector<Reference> mechanisms;  ///< those that it keeps
};

struct CrossValidation {
  LeaveOut leave = LeaveOut::years;
  std::int64_t folds = 5;
};

/// Tests of networks against networks that cannot have mattered.
struct NullsSpec {
  Place where;
  std::int64_t permutations = 0;    ///< relabellings of each network's cities
  std::optional<Reference> within;  ///< a text attribute: cities change places with those of the same value only
  std::int64_t rewirings = 0;       ///< of each network, degrees kept
};

struct FitSpec {
  Place where;
  std::optional<std::int32_t> from, until;              ///< first and last scored decision; default start and end
  std::vector<Reference> policies;                      ///< default all
  bool pooled = false;                                  ///< one set of coefficients, and baselines by policy_effects
  PolicyEffects policy_effects = PolicyEffects::fixed;  ///< of policies that are pooled
  std::optional<FitLink> link;                          ///< default: the policy's rule
  Information information = Information::expected;
  std::vector<ErrorCluster> clusters = {ErrorCluster::city};  ///< one or two
  std::vector<FixedEffect> fixed_effects;
  Intervals intervals = Intervals::wald;
  Penalty penalty = Penalty::none;
  std::int64_t imputations = 0;        ///< completed data sets, in which interval-censored dates are drawn; 0: none
  std::vector<Reference> profile;      ///< paths of shape parameters to estimate
  std::vector<Hypothesis> hypotheses;  ///< sorted by name
  std::optional<CrossValidation> cross_validation;
  std::optional<NullsSpec> nulls;
  std::int64_t goodness = 0;  ///< histories simulated from the fitted model, to hold the observed one against; 0: none
  std::optional<DyadSpec> dyads;
};

}  // namespace hansa
