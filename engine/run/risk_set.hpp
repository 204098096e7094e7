/// Who can decide on a policy in a step: dates of entry and exit, the end of the replay, and later episodes.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "model/model.hpp"
#include "run/scan.hpp"

namespace hansa {

/// Constant schedule of one policy. A city is at risk from max(entry, first decision) to exit unless it has adopted.
class RiskSet {
 public:
  RiskSet(PolicyModel const& policy, Index cities, std::int32_t steps);

  /// After the decisions of `step`: puts to sleep those for whom it was the last one, before anything can touch them.
  void close(std::int32_t step, std::uint8_t* flags, std::int16_t* due) const;
  /// Before the decisions of `step` (>= first decision): wakes who enters, touched, so that their pressure is computed.
  /// At the first decision everybody is touched, and wake() must be called for all cities.
  void open(std::int32_t step, std::uint8_t* flags, Touched& touched) const;
  /// Of a range of cities, wakes all who can make the first decision.
  void wake(Index begin, Index end, std::uint8_t* flags) const noexcept;

  /// The episode in which a city decides: 0, or more where the data say it abandoned the policy before.
  [[nodiscard]] std::int32_t episode(Index city) const noexcept { return episodes_.empty() ? 0 : later_episode(city); }
  [[nodiscard]] std::vector<std::pair<Index, std::int32_t>> const& later_episodes() const noexcept { return episodes_; }

  /// True if the dates of entry and exit let the city decide in `step`.
  [[nodiscard]] bool is_open(Index city, std::int32_t step) const noexcept;
  /// Cities whose date of entry is `step`, after the first decision; and those whose last step it is. Sorted.
  [[nodiscard]] std::span<std::pair<std::int32_t, Index> const> entering(std::int32_t step) const noexcept;
  [[nodiscard]] std::span<std::pair<std::int32_t, Index> const> leaving(std::int32_t step) const noexcept;

 private:
  [[nodiscard]] std::int32_t later_episode(Index city) const noexcept;

  PolicyModel const& policy_;
  std::vector<std::pair<std::int32_t, Index>> entries_;   // after the first decision, sorted
  std::vector<std::pair<std::int32_t, Index>> exits_;     // before the last step, sorted
  std::vector<std::pair<Index, std::int32_t>> episodes_;  // cities that abandoned, sorted
};

}  // namespace hansa
