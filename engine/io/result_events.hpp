/// Reads the log of events of a result file, and checks every number of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "io/hdf5.hpp"
#include "record/history.hpp"

namespace hansa {

/// One event of a result file.
struct ResultEvent {
  std::int32_t replicate;  ///< its number, as `replicate` has it
  std::int32_t policy;     ///< position along `policy`
  std::int32_t city;       ///< position along `city`
  std::int32_t time;       ///< label of the step
  EventKind kind;
  std::int32_t mechanism;  ///< position along `mechanism`, of abandonments no_mechanism
  bool operator==(ResultEvent const&) const = default;
};

/// What numbers of events may be.
struct EventLimits {
  std::size_t policies = 0, cities = 0, mechanisms = 0;
  std::int32_t start = 0, end = -1;  ///< labels of the first and the last step
};

/// Where the events of each replicate stand.
class ResultEvents {
 public:
  /// How long the six variables are.
  enum class Length {
    exact,    ///< as all replicates have events
    at_least  ///< longer where a run did not end
  };
  /// Of the replicates whose `status` (0 finished, 1 failed) and numbers are given. Throws as h5_refuse does where
  /// counts and variables do not fit together.
  ResultEvents(hid_t group, std::span<std::int32_t const> status, std::vector<std::int32_t> numbers, Length length);
  /// Those of replicates first … first + count - 1, which there are. Throws as h5_refuse does where an event is of
  /// another replicate, a number lies beyond its limits, an adoption has no mechanism or an abandonment one, or events
  /// are not in the order of time, policy, city.
  [[nodiscard]] std::vector<ResultEvent> read(hid_t group, EventLimits const& limits, std::size_t first,
                                              std::size_t count) const;

 private:
  std::vector<std::int32_t> numbers_;
  std::vector<std::uint64_t> begin_;  ///< of each replicate, and the end of the last
};

}  // namespace hansa
