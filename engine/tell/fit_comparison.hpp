/// Hypotheses and cross-validated models as rows of CSV, and as tables for a paper.
#pragma once

#include <span>
#include <string>

#include "inference/ranking.hpp"

namespace hansa {

/// What is told of one fit: a ranking, whose `fits` are empty where models were cross-validated only.
struct ComparedFits {
  std::string fit;    ///< name of the fit: the policy, or `pooled`
  std::string title;  ///< of the scenario
  Ranking const* ranking = nullptr;
};

/// RFC 4180: one row per model of each fit; numbers that there are not are blank. `kind` is `model`, or `reference` for
/// one chance for all. Shortest decimals that read back as the same numbers.
[[nodiscard]] std::string comparison_csv(std::span<ComparedFits const> comparisons);

/// A table (booktabs) for each fit.
[[nodiscard]] std::string comparison_latex(std::span<ComparedFits const> comparisons);

}  // namespace hansa
