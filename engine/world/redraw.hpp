/// Networks that each replicate draws anew.
#pragma once

#include <cstdint>
#include <vector>

#include "world/world.hpp"

namespace hansa {

/// The networks of one replicate. One per thread, reused; the world must outlive it.
class Redraw {
 public:
  explicit Redraw(World const& world) : world_(world) {}
  /// Draws all networks with `redraw: replicate` for this replicate. Does nothing where there is none.
  void draw(std::uint64_t seed, std::int64_t replicate);
  /// The replicate's own draw of a network of the world; the network itself where it is drawn once per scenario.
  [[nodiscard]] NetworkLayer const& of(NetworkLayer const& layer) const noexcept;

 private:
  World const& world_;
  std::vector<NetworkLayer> drawn_;  // one for each of world_.redrawn
};

}  // namespace hansa
