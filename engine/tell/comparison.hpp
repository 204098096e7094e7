/// What a comparison found: in sentences, as a table, as a tree for JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "measures/comparison.hpp"
#include "run/question.hpp"
#include "scenario/draft.hpp"
#include "study/compare.hpp"
#include "world/cities.hpp"

namespace hansa {

/// Where the strengths of a comparison come from.
enum class Strengths {
  assumed,    ///< the author's
  estimated,  ///< taken from a fit
  drawn       ///< drawn from a fit, for each replicate the same in all scenarios
};

/// What stands around the numbers.
struct ComparisonFacts {
  std::int64_t asked = 0;  ///< replicates
  double seconds = 0;
  std::size_t warnings = 0;
  std::string file;  ///< empty: none was written
  std::string currency;
  Strengths strengths = Strengths::assumed;
  Precision precision = Precision::not_asked;
  std::optional<PreciseRequest> until = {};  ///< what was to be precise
  std::vector<ComparedPair> lacking = {};    ///< what has no such measure
};

/// Of a comparison of these questions; the file is not known.
[[nodiscard]] ComparisonFacts facts_of(CompareOutcome const& outcome, std::span<Question const> questions);

/// Findings first, in sentences with their uncertainty; then the tables. `cities` are those of the base.
[[nodiscard]] std::string comparison_words(Comparison const& comparison, Cities const& cities,
                                           ComparisonFacts const& facts);

/// What intervals and spreads can tell, by where the strengths come from.
[[nodiscard]] std::string strengths_words(Strengths strengths);
/// What one what-if changes for one policy, in sentences without line breaks; there must be replicates.
[[nodiscard]] std::string finding_words(Comparison const& comparison, ComparisonFacts const& facts, std::size_t what_if,
                                        std::size_t policy);

/// The same numbers, and those of every city.
[[nodiscard]] Node comparison_tree(Comparison const& comparison, Cities const& cities, ComparisonFacts const& facts);

/// The cities that are not funded and whose chance to adopt by the end differs most, the largest difference first, at
/// most `most`; none of which the chance is the same.
[[nodiscard]] std::vector<Index> most_moved(PolicyDifference const& difference, Cities const& cities, std::size_t most);

}  // namespace hansa
