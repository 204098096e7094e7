/// Scores of predictions beside those of a reference, in words and as a tree.
#pragma once

#include <span>
#include <string>

#include "inference/scores.hpp"
#include "scenario/draft.hpp"

namespace hansa {

/// A comparison and what its two predictions are called.
struct NamedScores {
  std::string own, reference;
  ScoreComparison comparison;
};

/// A table for a terminal: a line for each score of each comparison.
[[nodiscard]] std::string scores_text(std::span<NamedScores const> comparisons);

/// A list of {own, reference, trials, events, cities, log, brier}.
[[nodiscard]] Node scores_tree(std::span<NamedScores const> comparisons);

}  // namespace hansa
