/// Abandonment of one policy in one replicate: when each adopter leaves, and which episode a city is in.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/aligned.hpp"
#include "model/model.hpp"
#include "run/laws_in_force.hpp"
#include "run/risk_set.hpp"
#include "world/cities.hpp"

namespace hansa {

/// An adopter has a staying power R' ~ Exp(1), drawn by policy, city and episode; each step in which it can leave takes
/// the hazard from it, and the city leaves in the step that takes the rest. It can from the step after its adoption on,
/// while it is in the world and no mandate binds it, and not before the first decisions. 6 bytes a city; a scan of
/// 2 bytes a city in each step.
class Leaving {
 public:
  /// All outlive it.
  Leaving(PolicyModel const& policy, RiskSet const& risk, Cities const& cities, Clock const& clock, std::uint64_t seed);

  /// True if nobody ever leaves but by data; then nothing else is to be called but episode().
  [[nodiscard]] bool empty() const noexcept { return !(hazard_ > 0); }
  void begin(std::int64_t replicate);
  /// A city adopts in `step` (0: before the first).
  void adopted(Index city, std::int32_t step);
  /// An adoption ends otherwise: by data.
  void forget(Index city) noexcept { due_[city] = no_step; }
  /// Who leaves in `step`, ascending; their next episode begins. `laws` that bind a city do so for good: it does not
  /// leave any more. Valid until the next call.
  std::span<Index const> leave(std::int32_t step, LawsInForce const& laws);
  /// The episode that the city is in: 0 for the first time at risk.
  [[nodiscard]] std::int32_t episode(Index city) const noexcept {
    return episodes_.empty() ? risk_.episode(city) : episodes_[city];
  }

 private:
  std::uint32_t without_the_bound(std::uint32_t count, LawsInForce const& laws) noexcept;
  [[nodiscard]] std::int32_t date_of(Index city, std::int32_t first, double steps) const noexcept;

  PolicyModel const& policy_;
  RiskSet const& risk_;
  Cities const& cities_;
  std::int32_t last_;
  std::uint64_t seed_;
  double hazard_;  // on the grid
  std::uint64_t key_ = 0;
  AlignedVector<std::int16_t> due_;  // step in which an adopter leaves
  std::vector<std::int32_t> episodes_;
  std::vector<Index> leavers_;
};

}  // namespace hansa
