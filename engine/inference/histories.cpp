/// Histories of adoption, in events.
#include "inference/histories.hpp"

#include <algorithm>
#include <tuple>

#include "base/error.hpp"

namespace hansa {

namespace {

/// Below 1 before time begins, however long ago.
std::int32_t step_of(std::int32_t label, Clock const& clock) {
  constexpr std::int64_t furthest = 1'000'000'000;
  return static_cast<std::int32_t>(std::clamp(std::int64_t{label} - clock.start + 1, -furthest, furthest));
}

}  // namespace

ObservedHistory observed_history(PolicyModel const& policy, PolicyRecords const& records, Clock const& clock) {
  ObservedHistory history{policy.dated, {}, records.covered};
  std::int32_t episode = 0;
  for (std::size_t k = 0; k < records.observed.size(); ++k) {
    Observation const& row = records.observed[k];
    episode = k > 0 && records.observed[k - 1].city == row.city ? episode + 1 : 0;
    if (!row.after || std::int64_t{row.as_written} - *row.after < 2 || *row.after >= clock.end) continue;
    history.intervals.push_back({row.city, episode, step_of(*row.after, clock), std::max(step_of(row.year, clock), 0),
                                 std::max(step_of(row.as_written, clock), 0)});
  }
  return history;
}

ObservedHistory simulated_history(PolicyHistory const& history, Clock const& clock) {
  bool const left = std::any_of(history.abandonments.begin(), history.abandonments.end(), [](auto n) { return n > 0; });
  require(!left, "cities abandon the policy in this history, and when they did is not kept", {},
          "fit histories in which adoption is for good");
  ObservedHistory observed;
  for (Index i = 0; i < history.adoption_time.size(); ++i) {
    std::int32_t const label = history.adoption_time[i];
    if (label != never) observed.events.push_back({std::max(label - clock.start + 1, 0), label, {i, 0, +1}});
  }
  std::stable_sort(observed.events.begin(), observed.events.end(), [](DatedEvent const& a, DatedEvent const& b) {
    return std::tie(a.step, a.event.city) < std::tie(b.step, b.event.city);
  });
  return observed;
}

}  // namespace hansa
