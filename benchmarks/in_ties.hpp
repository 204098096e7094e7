/// The in-ties of a network layer, for loops that pull.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "hansa.hpp"
#include "plain_loop.hpp"

namespace hansa::benchmarks {

[[nodiscard]] inline InTies in_ties(NetworkLayer const& layer) {
  InTies ties;
  std::size_t const cities = layer.in_degree.size();
  ties.first.resize(cities + 1);
  for (std::size_t i = 0; i < cities; ++i) ties.first[i + 1] = ties.first[i] + layer.in_degree[i];
  ties.source.resize(layer.ties());
  std::vector<std::uint32_t> next(ties.first.begin(), ties.first.end() - 1);
  for (std::uint32_t source = 0; source < cities; ++source)
    for (std::uint32_t e = layer.first[source]; e < layer.first[source + 1]; ++e)
      ties.source[next[layer.target[e]]++] = source;
  return ties;
}

}  // namespace hansa::benchmarks
