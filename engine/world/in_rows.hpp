/// The ties of a layer by target: layers store them by source.
#pragma once

#include <cstdint>
#include <vector>

#include "world/network.hpp"

namespace hansa {

/// Row of target i: entries first[i] to first[i + 1] - 1, by source, then position in the layer. 8 bytes a tie.
struct InRows {
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> tie;  ///< position in the layer
  std::vector<Index> source;
  InRows() = default;
  explicit InRows(NetworkLayer const& layer);
};

}  // namespace hansa
