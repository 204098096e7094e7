/// From observed histories to the rows of a regression.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "inference/covariates.hpp"
#include "inference/design.hpp"
#include "inference/histories.hpp"
#include "record/estimates.hpp"

namespace hansa {

/// Which decisions become rows.
struct DesignOrder {
  std::vector<PolicyId> policies;  ///< more than one: pooled, all coefficients but the baseline in common
  bool own_columns = false;        ///< of more than one: each has coefficients of its own, called POLICY.TERM
  std::vector<std::vector<PolicyId>> competing = {};    ///< groups that are not decided independently within a step
  PolicyEffects policy_effects = PolicyEffects::fixed;  ///< fixed: a baseline each; random: a common one
  std::int32_t from = 1;                                ///< steps, both included
  std::int32_t until = 1;
  std::vector<FixedEffect> fixed_effects;
  std::int32_t clocks = 1;  ///< the first step in which resistances are consumed, not after `from`
};

/// A coefficient of a design: the paths that its estimate replaces, what it is of, and the mechanism and attribute that
/// it belongs to (or empty).
struct Coefficient {
  std::vector<std::string> paths;
  std::string mechanism;
  CoefficientKind kind = CoefficientKind::baseline;
  std::string attribute = {};  ///< of kinds slope, level, strength_by
};

/// What became of the observations that are not rows.
struct DesignCounts {
  std::size_t intervals = 0;        ///< adoptions that enter with all years in which they may have happened
  std::size_t cut_intervals = 0;    ///< censored at their beginning, since they end after the last scored decision
  std::size_t early_intervals = 0;  ///< of `intervals`: begin before the first scored decision, and are cut there
  std::size_t given_intervals = 0;  ///< end after the first scored decision, but have their middle before it
  std::size_t outside = 0;          ///< adoptions of cities that were not at risk then
  std::size_t bound = 0;            ///< adoptions under a mandate, or where a seed was placed
  std::size_t barred = 0;           ///< adoptions that the model bars: by other policies, a law or a budget
  std::size_t waited = 0;           ///< adoptions that enter with steps in which cities may have waited for money
  std::size_t joint = 0;            ///< steps of a city in which policies competed and some was adopted
  std::size_t uncovered = 0;        ///< cities out of the risk set: their absence from the data tells nothing
  std::size_t unknown_sources = 0;  ///< cities that count in no share, since it is unknown whether they have adopted
  std::size_t no_country = 0;       ///< rows of cities without a country, with a fixed effect of countries
  std::vector<std::pair<std::string, std::size_t>> lost_groups;  ///< periods and countries without an event -> rows
  std::vector<std::string> references;        ///< period or country that the others of a fixed effect are compared with
  std::vector<UnestimatedGroup> unestimated;  ///< the groups of both, by the paths of each policy
};

struct ObservedDesign {
  Design design;
  std::vector<Coefficient> coefficients;  ///< of the columns
  DesignCounts counts;
};

/// A row for every scored step in which a covered city is at risk (risk_rows). Policies share the columns of equal
/// names; within one no two terms have the same name (check_term_names). Scenario, world and model belong together; the
/// model was compiled with sources of known status only, and histories[p] is that of policy p, fitted or not. The years
/// of an interval-censored adoption are rows of one spell; after its middle, covariates are as if the city had not
/// adopted yet, though the others already see it. Periods (of a trend or a fixed effect) and countries without an event
/// leave the sample. Cost: one replay, and another of part of the years for each long interval.
[[nodiscard]] ObservedDesign build_design(Scenario const& scenario, World const& world, Model const& model,
                                          std::vector<ObservedHistory> const& histories, DesignOrder const& order);

/// The design with these columns only, in their order.
[[nodiscard]] Design with_columns(Design const& design, std::vector<std::size_t> const& columns);

}  // namespace hansa
