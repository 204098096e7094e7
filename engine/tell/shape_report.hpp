/// Estimated shape parameters in the forms of a fit's report.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "inference/fit_report.hpp"
#include "scenario/draft.hpp"

namespace hansa {

/// A table for a terminal, and how many fits it took.
[[nodiscard]] std::string shape_text(FitReport const& report);

/// `shapes`: {name: {paths, estimate, se, se_cluster, interval, searched, written, scale, flat, at_end, jumps}}, and
/// `shape_fits`: {tried, failed, failures}.
void add_shapes(FitReport const& report, std::vector<std::pair<std::string, Node>>& entries);

/// Rows of the table of terms, after those of the coefficients: as CSV, and for LaTeX.
[[nodiscard]] std::string shape_csv(FitReport const& report);
[[nodiscard]] std::string shape_latex(FitReport const& report);

}  // namespace hansa
