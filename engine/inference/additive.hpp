/// What additive hazards need beside the common search: a start inside of the bounds, and a look at what runs away.
#pragma once

#include <Eigen/Core>

#include "inference/event_history.hpp"
#include "inference/newton.hpp"

namespace hansa {

/// Half of the mean hazard for the log-linear part, the rest in equal parts for the others; in coordinates.
[[nodiscard]] Eigen::VectorXd additive_start(Sample const& sample, double hazard);

/// The first event that no column explains (all are 0 there, and nothing is log-linear), or the number of units.
[[nodiscard]] std::size_t unexplained_event(Sample const& sample);

/// Whether the likelihood still rises as coefficients run away: a column that is 0 in every row without adoption, or a
/// log-linear part whose hazard runs to 0. Fills the separation and the failure.
[[nodiscard]] bool runs_away(EventHistoryFit& fit, Design const& design, Sample const& sample,
                             Eigen::MatrixXd const& transform, Maximum const& maximum);

}  // namespace hansa
