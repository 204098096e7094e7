/// What is said of a fit that was combined over completed data sets.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "inference/rubin.hpp"

namespace hansa {

/// One coefficient: where its error is from.
struct ImputedTerm {
  double within = 0;   ///< root of the mean variance
  double between = 0;  ///< standard deviation of the estimates; 0 of a single data set
  double degrees = 0;  ///< of its Student's t
  double missing = 0;  ///< fraction of missing information
};

struct LeastAndMost {
  std::size_t least = 0, most = 0;
};

struct ImputationReport {
  std::size_t asked = 0;                        ///< data sets
  std::size_t fitted = 0;                       ///< that have estimates; only these are combined
  std::map<std::string, std::size_t> failures;  ///< reason -> how many
  std::size_t dates = 0;                        ///< drawn in each data set
  std::size_t evenly = 0;  ///< of them, with the same chance in each year, since no row tells of them
  LeastAndMost rows, events;
  std::vector<ImputedTerm> terms;
  std::optional<FTest> wald;  ///< of all but the baselines
};

}  // namespace hansa
