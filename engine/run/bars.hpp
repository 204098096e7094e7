/// Who is barred from a policy by what a city has adopted, or not adopted, besides.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/ids.hpp"

namespace hansa {

/// Of one policy, as of the end of the step before. Two bytes per city for each of `required` and `excluded`, where the
/// policy has such.
struct Bars {
  std::vector<std::uint16_t> missing;    ///< per city: required policies that it has not adopted; empty: none
  std::vector<std::uint16_t> excluding;  ///< per city: excluded policies that it has adopted, and national laws that
                                         ///< pre-empt it; empty: none
  std::vector<Index> now;  ///< where an excluded policy is seeded or replayed in this step, ascending; so far

  [[nodiscard]] bool empty() const noexcept { return missing.empty() && excluding.empty(); }
  [[nodiscard]] bool lacks(Index city) const noexcept { return !missing.empty() && missing[city] > 0; }
  [[nodiscard]] bool excludes(Index city) const noexcept { return !excluding.empty() && excluding[city] > 0; }
  /// The same with what is sure to happen in this step.
  [[nodiscard]] bool excludes_now(Index city) const noexcept {
    return excludes(city) || std::binary_search(now.begin(), now.end(), city);
  }
};

/// What keeps cities from deciding on a policy in the next step.
struct Hindrances {
  Bars const* bars = nullptr;      ///< null: no other policy does
  std::vector<std::uint8_t> poor;  ///< per city: its budget does not reach; empty: cities do not stop for that
  std::vector<std::uint8_t>
      in_queue;  ///< per city: it has overcome its resistance and waits until it can pay; or empty

  [[nodiscard]] bool empty() const noexcept { return bars == nullptr && poor.empty() && in_queue.empty(); }
  /// True if lacks() may be.
  [[nodiscard]] bool may_lack() const noexcept { return !poor.empty() || (bars != nullptr && !bars->missing.empty()); }
  /// Something is missing that only a mandate or a seed makes up for.
  [[nodiscard]] bool lacks(Index city) const noexcept {
    return (!poor.empty() && poor[city] != 0) || (bars != nullptr && bars->lacks(city));
  }
  [[nodiscard]] bool excludes(Index city) const noexcept { return bars != nullptr && bars->excludes(city); }
  [[nodiscard]] bool waits(Index city) const noexcept { return !in_queue.empty() && in_queue[city] != 0; }
};

}  // namespace hansa
