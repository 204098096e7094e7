/// Nearest neighbours by sorting all distances: slow and obviously right.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "world/pairs.hpp"

namespace hansa::test {

/// (source, target) of every tie, sorted.
using Pairs = std::vector<std::pair<Index, Index>>;

inline Pairs pairs_of(std::vector<Pair> const& ties) {
  Pairs pairs;
  for (Pair const& tie : ties) pairs.emplace_back(tie.source, tie.target);
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

/// For each city all others by (distance, id), the first k.
template <class Distance>
Pairs brute_force(Index n, std::size_t k, Distance const& distance) {
  Pairs pairs;
  for (Index i = 0; i < n; ++i) {
    std::vector<std::pair<double, Index>> others;
    for (Index j = 0; j < n; ++j) {
      if (j != i) others.emplace_back(distance(i, j), j);
    }
    std::sort(others.begin(), others.end());
    for (std::size_t m = 0; m < k; ++m) pairs.emplace_back(others[m].second, i);
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

}  // namespace hansa::test
