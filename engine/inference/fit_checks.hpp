/// What makes a design unfit for estimation, said in one sentence.
#pragma once

#include <string>
#include <vector>

#include "inference/coordinates.hpp"
#include "inference/design.hpp"
#include "inference/event_history.hpp"
#include "inference/separation.hpp"

namespace hansa {

/// Empty: nothing is wrong.
[[nodiscard]] std::string unfit(Design const& design, EventHistoryOptions const& options);

/// Fills rank and aliased columns, and the failure.
void report_aliases(EventHistoryFit& fit, std::vector<Alias> const& aliased);
/// Fills kind, columns and cities of a separation in the direction of `coefficients` (per column).
void report_separation(EventHistoryFit& fit, Design const& design, Eigen::VectorXd const& coefficients,
                       std::vector<std::uint8_t> const& strictly);

/// 'a', 'b' and 'c'; more than eight are counted.
[[nodiscard]] std::string list_columns(std::vector<std::string> const& names, std::vector<std::size_t> const& columns);

}  // namespace hansa
