/// The nearest of every city among points in a few dimensions: the k nearest, or all within a distance.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "world/pairs.hpp"

namespace hansa {

/// Points of all cities in canonical order. The squared distance of two cities is the sum of the squared differences
/// of their coordinates, axis by axis, plus one for each label that differs.
struct PointCloud {
  std::size_t axes = 0;
  std::vector<double> coordinates;  ///< n × axes, finite
  std::size_t texts = 0;
  std::vector<std::int32_t> labels;  ///< n × texts

  [[nodiscard]] double squared_distance(Index a, Index b) const noexcept;
};

/// One tie from each of the k nearest to each city, by target. Of cities at the same distance (as doubles)
/// the smaller canonical index, that is the smaller id, comes first; 0 < k < n. A k-d tree (nanoflann) over the
/// coordinates, O(n log n) in practice; labels alone are compared by distinct combination, O(P² k + n k) for P of them.
/// Spread over at most `threads` threads (0: all).
[[nodiscard]] std::vector<Pair> nearest_neighbours(PointCloud const& cloud, Index cities, std::size_t k,
                                                   int threads = 0);

/// Each pair of cities whose squared distance is at most `squared`, or more by less than one part in 10^8, once. Labels
/// must be none. Nothing if there are more than `most`, or, soon, if a sample of the cities makes one expect four times
/// as many.
[[nodiscard]] std::optional<PairParts> neighbours_within(PointCloud const& cloud, Index cities, double squared,
                                                         std::size_t most, int threads = 0);

}  // namespace hansa
