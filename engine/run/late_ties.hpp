/// Ties with dynamics that are seen a step late.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "run/visits.hpp"
#include "world/living_ties.hpp"

namespace hansa {

/// The ties as they are, and what has to be done to see them late: what happened to them in a step happens to those
/// that are seen in the next one.
struct LateTies {
  LivingTies now;
  struct Use {
    std::uint32_t tie;
    Index source, target;
    std::int32_t policies;
  };
  std::vector<Use> uses, uses_before;  ///< of this step, of the one before
  std::vector<Visit> visits, visits_before;

  void begin(NetworkLayer const& layer) {
    now.begin(layer);
    for (auto* each : {&uses, &uses_before}) each->clear();
    for (auto* each : {&visits, &visits_before}) each->clear();
  }
  /// Ends `step` >= 1 for those that are seen.
  void follow(LivingTies& seen, std::int32_t step) {
    for (Use const& each : uses_before) seen.use(each.tie, each.source, each.target, each.policies, step);
    for (Visit const& each : visits_before) seen.add(each.source, each.target, step);
    seen.close(step);
    std::swap(uses, uses_before);
    std::swap(visits, visits_before);
    uses.clear();
    visits.clear();
  }
};

}  // namespace hansa
