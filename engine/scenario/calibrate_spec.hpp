/// The section `calibrate` as values: which parameters are estimated by simulation, from which priors, and what of a
/// history is compared.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "scenario/fit_spec.hpp"
#include "scenario/sweep_spec.hpp"

namespace hansa {

/// What is compared of a simulated and the observed history, of each policy.
struct SummarySpec {
  /// In the order of the words of the format; the last one is compared by the goodness of a fit only.
  enum class Of { curve, curve_by_group, exposure_at_adoption, moran, seniority };
  Of of = Of::curve;
  std::optional<Reference> by = {};  ///< the attribute of groups, or the network; default all that there are
  Place where = {};
};

struct CalibrateSpec {
  Place where;
  std::vector<SweptParameter> parameters;  ///< priors, sorted by keys; `values` are numbers
  std::vector<SummarySpec> summaries;
  std::vector<Hypothesis> hypotheses;  ///< sorted by name; none: all mechanisms act
  std::int64_t particles = 1000;       ///< of each generation
  std::int64_t generations = 8;        ///< after the one from the prior
  std::int64_t replicates = 4;         ///< simulations of each proposal
  double quantile = 0.5;               ///< of the distances of one generation: the tolerance of the next
  std::optional<double> tolerance;     ///< where it is reached, that is the end
  double acceptance = 0.01;            ///< where fewer proposals are accepted, that is the end
};

}  // namespace hansa
