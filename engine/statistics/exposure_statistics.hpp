/// Exposures in every step, and thresholds as intervals (Valente 1996).
#pragma once

#include <span>
#include <vector>

#include "scenario/stats_spec.hpp"
#include "statistics/adoptions.hpp"
#include "statistics/tie_rows.hpp"

namespace hansa {

/// An attribute's values in each step: those of `first` until others are in force.
struct StatisticAttribute {
  struct Change {
    std::int32_t step;
    Index city;
    double value;
  };
  std::vector<double> first;    ///< n
  std::vector<Change> changes;  ///< by step
};
[[nodiscard]] StatisticAttribute statistic_attribute(Cities const& cities, std::string_view name, Clock const& clock);
/// Its values in a step.
[[nodiscard]] std::vector<double> values_at(StatisticAttribute const& attribute, std::int32_t step);

/// How ties count in an exposure.
struct ExposureWeights {
  TieNorm normalize = TieNorm::share;
  bool weights = true;
  std::int32_t lag = 0;
  StatisticAttribute const* source_weight = nullptr;
};

/// E_i(t) = Σ_j w_ij a_j A_j(t − lag) / Σ_j w_ij a_j over the known cities j that i observes in t, A the adopters at
/// the end of a step (netdiffuseR, Valente 1995): those of t count. `weight` leaves the denominator out, `count` counts
/// adopters. Without ties 0. n × T, row-major; NaN of cities of which nothing is known.
[[nodiscard]] std::vector<double> exposures(Adoptions const& adoptions, TieRows const& rows,
                                            ExposureWeights const& how);

/// What a city is known to have needed: more than it refused, and no more than it saw in the step of adoption.
struct Thresholds {
  std::vector<double> adopted_at;  ///< n: exposure in the step of the first adoption; NaN: there is none in time
  std::vector<double> refused;     ///< n: highest exposure of a step, before that, in which the city was at risk; NaN:
                                   ///< there is no such step
};
/// `shares`: exposures as shares.
[[nodiscard]] Thresholds thresholds(Adoptions const& adoptions, std::span<double const> shares);

}  // namespace hansa
