/// Ties from a file: source,target[,weight].
#pragma once

#include <vector>

#include "world/network.hpp"

namespace hansa {

enum class Weights { none, given };

/// Ties, and whether they came with weights of their own.
struct DrawnTies {
  std::vector<Tie> ties;
  Weights weights = Weights::none;
};

/// Reads the rows as they stand. Complains, with the row, of blank and unknown cities and of weights that are missing,
/// negative or not finite; and of columns that date ties, which have no meaning here.
[[nodiscard]] DrawnTies read_ties(FileTies const& file, NetworkSpec const& spec, Cities const& cities,
                                  Tables const& tables, Complaints& complaints);

/// Adds the mirror image of every row; ties of a city to itself have none.
void mirror_rows(std::vector<Tie>& ties);

}  // namespace hansa
