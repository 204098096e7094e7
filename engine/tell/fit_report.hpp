/// The report of fits in its four forms: for a terminal, as rows, for machines, and for a paper.
#pragma once

#include <span>
#include <string>

#include "inference/fit_report.hpp"
#include "inference/ranking.hpp"
#include "scenario/draft.hpp"

namespace hansa {

/// Plain text, several lines, for a terminal of 100 columns.
[[nodiscard]] std::string fit_text(FitReport const& report);

/// RFC 4180: one row per term of each fit; of a fit without estimates the numbers are blank. Shortest decimals that
/// read back as the same numbers.
[[nodiscard]] std::string fit_csv(std::span<FitReport const> reports);

/// {"fits": {name: {rule, information, coef, se, se_cluster, …}}}; without estimates `coef` and what follows from it
/// are left out, and `separating`, `aliased` name the terms.
[[nodiscard]] Node fit_tree(std::span<FitReport const> reports);

/// A table (booktabs) for each fit.
[[nodiscard]] std::string fit_latex(std::span<FitReport const> reports);

/// Hypotheses beside one another, the best first; failed ones at the end, counted.
[[nodiscard]] std::string ranking_text(Ranking const& ranking);
[[nodiscard]] Node ranking_tree(Ranking const& ranking);

}  // namespace hansa
