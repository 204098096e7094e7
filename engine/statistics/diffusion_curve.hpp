/// Adopters, shares, rates and hazards in every step.
#pragma once

#include <vector>

#include "scenario/stats_spec.hpp"
#include "statistics/adoptions.hpp"

namespace hansa {

/// Of the n covered cities, in each of T steps.
///
/// - rate: new adopters over adopters before; NaN of none before. In netdiffuseR's convention 0 in the first step.
/// - hazard: new adopters over cities at risk at the start of the step, that is covered, between their dates of entry
///   and exit, and without the policy; NaN of none. In netdiffuseR's convention the same quotient with all cities
///   counted as at risk until they adopt, and 0 in the first step.
///
/// New adopters are all adoptions of the step, also again after leaving; those of the hazard are of cities at risk.
struct DiffusionCurve {
  std::vector<double> adopters, share, rate, hazard;  ///< T each
};
[[nodiscard]] DiffusionCurve diffusion_curve(Adoptions const& adoptions, CurveStatistic::Convention convention);

/// Estimates of the time to the first adoption, in each of T steps. At risk in a step are covered cities that entered
/// by then, did not adopt before (dated before the first step or out of the world included), and have not left the
/// world.
///
/// - survival: Π (1 − d/n) (Kaplan & Meier 1958); se: survival · √Σ d/(n(n − d)) (Greenwood 1926); NaN from the step on
///   in which all at risk adopt; cumulative hazard: Σ d/n (Nelson 1972; Aalen 1978).
struct SurvivalEstimates {
  std::vector<double> survival, error, cumulative_hazard, at_risk, events;
};
[[nodiscard]] SurvivalEstimates survival_estimates(Adoptions const& adoptions);

/// First adoptions of covered cities by label, from the first of them to the end of time, also those before the first
/// step; empty if there is none.
[[nodiscard]] std::vector<double> adoptions_by_period(Adoptions const& adoptions);

}  // namespace hansa
