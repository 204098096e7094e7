/// Leaves out the ties that do not hold.
#include "world/ties_in_force.hpp"

#include <algorithm>

namespace hansa {

TiesInForce::TiesInForce(NetworkLayer const& layer, std::int32_t step)
    : first_(layer.first), weight_(layer.weight), target_(layer.target) {
  if (!layer.dated()) return;
  // Steps of a lagged layer are those of decisions, one later than those of its ties.
  std::int32_t const at = std::max(step, 1) + (layer.timing == TieTiming::lagged ? 1 : 0);
  own_first_.assign(1, 0);
  for (std::size_t source = 0; source + 1 < layer.first.size(); ++source) {
    for (std::uint32_t k = layer.first[source]; k < layer.first[source + 1]; ++k) {
      if (layer.from[k] > at || layer.until[k] < at) continue;
      own_target_.push_back(layer.target[k]);
      if (layer.weighted()) own_weight_.push_back(layer.weight[k]);
    }
    own_first_.push_back(static_cast<std::uint32_t>(own_target_.size()));
  }
  first_ = own_first_;
  weight_ = own_weight_;
  target_ = own_target_;
}

}  // namespace hansa
