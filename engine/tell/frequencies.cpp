/// Order statistics by walking the values.
#include "tell/frequencies.hpp"

#include <cmath>
#include <limits>

namespace hansa {

void Frequencies::add(std::int32_t value) {
  ++times_[value];
  ++count_;
}

double Frequencies::quantile(double p) const noexcept {
  if (count_ == 0) return std::numeric_limits<double>::quiet_NaN();
  double const rank = static_cast<double>(count_ - 1) * p;
  auto const below = static_cast<std::int64_t>(std::floor(rank));
  std::int64_t passed = 0;
  for (auto at = times_.begin(); at != times_.end(); ++at) {
    passed += at->second;
    if (below >= passed) continue;
    auto const next = std::next(at);
    std::int32_t const upper = below + 1 < passed || next == times_.end() ? at->first : next->first;
    return at->first + (rank - static_cast<double>(below)) * (upper - at->first);
  }
  return times_.rbegin()->first;
}

}  // namespace hansa
