/// Histories of adoption that a fit scores: from data, or from a simulation.
#pragma once

#include <cstdint>
#include <vector>

#include "model/model.hpp"
#include "record/history.hpp"
#include "world/world.hpp"

namespace hansa {

/// An adoption known to have happened after the decisions of step `after` (below 0: before time begins), and by those
/// of `last`, at least two steps later. Its event, if time has not ended by then, is dated in the middle.
struct AdoptionInterval {
  Index city;
  std::int32_t episode;
  std::int32_t after, middle, last;
};

/// One policy. Events are sorted by step, then city; step 0 is before the first.
struct ObservedHistory {
  std::vector<DatedEvent> events;
  std::vector<AdoptionInterval> intervals;  ///< sorted by city, then episode; those that begin before time ends
  std::vector<std::uint8_t> covered;        ///< per city: 1 if its absence means that it did not adopt; empty: all
  [[nodiscard]] bool covers(Index city) const noexcept { return covered.empty() || covered[city] != 0; }
};

/// What the adopters file tells. `policy` was compiled with a replay of all of it.
[[nodiscard]] ObservedHistory observed_history(PolicyModel const& policy, PolicyRecords const& records,
                                               Clock const& clock);

/// What a replicate did. When cities left only the log of events tells: throws Error for a history with abandonments
/// and without it.
[[nodiscard]] ObservedHistory simulated_history(PolicyHistory const& history, Clock const& clock);

}  // namespace hansa
