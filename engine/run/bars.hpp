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

}  // namespace hansa
