/// The table that closes a run: what came out, in words that need no manual.
#pragma once

#include <cstdint>
#include <string>

#include "scenario/draft.hpp"
#include "tell/summary.hpp"

namespace hansa {

/// What the table says of the run itself.
struct RunFacts {
  double seconds = 0;
  std::int64_t asked = 0;   ///< replicates
  std::int64_t failed = 0;  ///< of those that were run
  std::size_t warnings = 0;
  std::string file = {};  ///< empty: none was written
};

/// Plain text, several lines, for a terminal of 100 columns.
[[nodiscard]] std::string closing_table(Summary const& summary, RunFacts const& facts);

/// The same numbers as a tree, for JSON.
[[nodiscard]] Node closing_tree(Summary const& summary, RunFacts const& facts);

/// "0.42 s", "3 min 20 s", "2 h 5 min": a duration in the units that one would say.
[[nodiscard]] std::string duration_words(double seconds);

/// A rate with three digits: "1234", "12.3", "0.0123".
[[nodiscard]] std::string rate_words(double per_second);

}  // namespace hansa
