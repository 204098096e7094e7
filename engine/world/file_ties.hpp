/// Ties from a file: source,target[,weight][,from][,until], or with slices in a column time.
#pragma once

#include <vector>

#include "world/network.hpp"
#include "world/pairs.hpp"

namespace hansa {

enum class Weights { none, given };

/// Ties, and whether they came with weights of their own.
struct DrawnTies {
  std::vector<Tie> ties;
  Weights weights = Weights::none;
};

/// Reads the rows as they stand. A row holds at labels `from` to `until`, both included (blank: always), or at the one
/// label `time`; in the decisions of these steps, or of the next ones where the network's ties are lagged. Rows that
/// hold at no step are dropped with a counted warning. Complains, with the row, of blank and unknown cities, of weights
/// that are missing, negative or not finite, and of dates that are none or end before they begin; and of `time` beside
/// `from` or `until`.
[[nodiscard]] DrawnTies read_ties(FileTies const& file, NetworkSpec const& spec, Cities const& cities,
                                  Tables const& tables, Clock const& clock, Complaints& complaints);

/// Only the pairs (source, target) of the rows, whatever else they say.
[[nodiscard]] std::vector<Pair> read_pairs(FileRef const& file, Cities const& cities, Tables const& tables,
                                           Complaints& complaints);

/// Adds the mirror image of every row; ties of a city to itself have none.
void mirror_rows(std::vector<Tie>& ties);

}  // namespace hansa
