/// Shapes told as coefficients: by how much η changes with them, in further columns of the design.
#pragma once

#include <Eigen/Core>

#include "inference/event_history.hpp"

namespace hansa {

/// The design with slopes (rows × shapes) as its last columns, and the fit with coefficients 0 for these: η changes
/// with a shape as it would with such a coefficient. The covariances are those of coefficients and shapes alone.
struct WidenedFit {
  Design design;
  EventHistoryFit fit;
};
[[nodiscard]] WidenedFit widened_by(Design const& design, EventHistoryFit const& fit, Eigen::MatrixXd const& slopes);

}  // namespace hansa
