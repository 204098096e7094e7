/// One policy's adoptions as statistics see them: who adopted when, and of whom that is known.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/model.hpp"
#include "record/history.hpp"
#include "world/world.hpp"

namespace hansa {

/// Adoptions and departures that data tell up to the end of time, sorted by step, then city; step 0 lies before the
/// first. Those of interval-censored dates are in the middle.
[[nodiscard]] std::vector<DatedEvent> observed_events(PolicyRecords const& records, Clock const& clock);

/// Of n cities over T steps. What happens after the last step is not known: times of adoption are right-censored.
struct Adoptions {
  std::int32_t start = 1;                 ///< label of step 1
  std::int32_t steps = 0;                 ///< T
  std::vector<DatedEvent> events;         ///< of all steps, in the order of observed_events
  std::vector<std::int32_t> label;        ///< n: of the first adoption; `never`
  std::vector<std::uint8_t> known;        ///< n: it is known whether and when the city adopted; others count nowhere
  std::vector<std::uint8_t> covered;      ///< n: its absence from the data means that it did not adopt; only these are
                                          ///< at risk
  std::vector<std::int32_t> entry, exit;  ///< n: first and last step in which the city can decide
  std::size_t intervals = 0;              ///< adoptions of which only an interval is known

  [[nodiscard]] Index cities() const noexcept { return static_cast<Index>(label.size()); }
  [[nodiscard]] bool has_time(Index city) const noexcept { return known[city] != 0 && label[city] != never; }
  /// Step of the first adoption; below 1 before the first step.
  [[nodiscard]] std::int64_t step(Index city) const noexcept { return std::int64_t{label[city]} - start + 1; }
};

/// From data. `policy`: as it was compiled, for the dates between which its cities can decide.
[[nodiscard]] Adoptions observed_adoptions(PolicyModel const& policy, PolicyRecords const& records, Clock const& clock,
                                           Index cities);

/// From a simulation, whose events are given in the same order: all cities are known and covered.
[[nodiscard]] Adoptions simulated_adoptions(PolicyModel const& policy, std::vector<DatedEvent> events,
                                            Clock const& clock, Index cities);

/// Who has the policy, step by step, also before the first one; steps may only be asked for in ascending order.
class CurrentAdopters {
 public:
  explicit CurrentAdopters(Adoptions const& adoptions);
  /// Per city: 1 if it has the policy at the end of the step.
  [[nodiscard]] std::vector<std::uint8_t> const& at(std::int64_t step);

 private:
  struct Change {
    std::int64_t step;
    Index city;
    std::uint8_t has;
  };
  std::vector<Change> changes_;  // by step, then city
  std::vector<std::uint8_t> has_;
  std::size_t next_ = 0;
};

}  // namespace hansa
