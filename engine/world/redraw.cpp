/// Draws networks anew, one replicate after another.
#include "world/redraw.hpp"

namespace hansa {

void Redraw::draw(std::uint64_t seed, std::int64_t replicate) {
  drawn_.clear();
  Complaints complaints;
  for (NetworkSpec const& spec : world_.redrawn) {
    drawn_.push_back(draw_network(spec, world_.cities, seed, replicate, complaints, 1));
  }
  complaints.throw_if_any();
}

NetworkLayer const& Redraw::of(NetworkLayer const& layer) const noexcept {
  if (!layer.redrawn) return layer;
  for (NetworkLayer const& each : drawn_) {
    if (each.hash == layer.hash) return each;
  }
  return layer;
}

}  // namespace hansa
