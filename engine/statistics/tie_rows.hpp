/// The ties of a network as rows of the cities that are observed, for statistics.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "world/network.hpp"

namespace hansa {

/// Along the ties as they stand (a row has those that the city observes), or turned round (those that observe it).
enum class TieSense { observed, observers };

/// Ties between counted cities. Row of city i: entries first[i] to first[i + 1] − 1, in the order of the layer. 12
/// bytes a tie, 20 where ties are dated.
struct TieRows {
  std::vector<std::size_t> first;
  std::vector<Index> city;                ///< the other end
  std::vector<double> weight;             ///< in units of the layer
  std::vector<std::int16_t> from, until;  ///< of dated ties, or empty
  double unit = 1;                        ///< weight of a tie = unit × its number

  TieRows() = default;
  TieRows(NetworkLayer const& layer, std::vector<std::uint8_t> const& counted, TieSense sense = TieSense::observed);

  /// Whether the entry counts in the decisions of a step.
  [[nodiscard]] bool holds(std::size_t entry, std::int64_t step) const noexcept {
    return from.empty() || (from[entry] <= step && until[entry] >= step);
  }
};

/// Statistics need ties that are stored, and the same in every run.
[[nodiscard]] inline bool has_ties_of_its_own(NetworkLayer const& layer) noexcept {
  return layer.group.empty() && !layer.redrawn;
}

}  // namespace hansa
