/// Digests of the parts of a world, each by itself: to tell which part is another one.
#pragma once

#include <map>
#include <string>

#include "world/world.hpp"

namespace hansa {

struct InputDigest {
  std::string sha256;
  bool changes = false;  ///< over time, so that it depends on where time starts and ends
};
using InputDigests = std::map<std::string, InputDigest>;

/// SHA-256 of `cities` (their ids), `attributes.A`, `networks.N` (ties and weights) and `collaborations.C`. The order
/// of rows in the files is none of it, and neither is any other part.
[[nodiscard]] InputDigests input_digests(World const& world);

}  // namespace hansa
