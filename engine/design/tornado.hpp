/// One parameter at a time: how far a measure moves from that of the scenario as it is.
#pragma once

#include "design/sampled.hpp"

namespace hansa {

struct TornadoBar {
  std::size_t input = 0;
  std::size_t low = 0, high = 0;           ///< points at which the measure is smallest and largest
  double low_change = 0, high_change = 0;  ///< of the measure, less that of point 0
  double low_error = 0, high_error = 0;    ///< standard errors, paired by replicate; NaN of one replicate
  [[nodiscard]] double width() const noexcept { return high_change - low_change; }
};

struct Tornado {
  double base = 0;               ///< the measure at point 0
  std::vector<TornadoBar> bars;  ///< one an input, the widest first
};

/// Point 0 is the base; every other differs from it in one input. Complains of the first that does not, and of inputs
/// that no point changes. A bar reaches over the base too, where both ends lie on one side of it.
[[nodiscard]] Tornado tornado(Sampled const& sampled, Complaints& complaints);

}  // namespace hansa
