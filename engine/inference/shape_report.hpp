/// What is said of shape parameters that were estimated.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inference/event_history.hpp"

namespace hansa {

/// One shape parameter, on its own scale.
struct ShapeReport {
  std::string name;
  double estimate = 0;
  double error = 0;                     ///< from the information; NaN where the estimate is taken as known
  std::optional<double> cluster_error;  ///< the same
  double lower = 0, upper = 0;          ///< of the profile; ±inf where it does not fall so far
};

/// Errors by the delta method.
[[nodiscard]] std::vector<ShapeReport> shape_reports(EventHistoryFit const& fit);

/// Sentences on parameters that the data do not tell.
[[nodiscard]] std::vector<std::string> shape_warnings(EventHistoryFit const& fit, double level);

}  // namespace hansa
