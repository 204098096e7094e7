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

namespace {

bool is_leaving(EventKind kind) {
  return kind == EventKind::abandonment || kind == EventKind::replayed_abandonment;
}

/// Adoptions before the first step, of which only the first of each city is kept.
void add_initial(PolicyHistory const& history, Clock const& clock, ObservedHistory& observed) {
  for (Index i = 0; i < history.adoption_time.size(); ++i) {
    std::int32_t const label = history.adoption_time[i];
    if (label != never && label < clock.start) observed.events.push_back({0, label, {i, 0, +1}});
  }
}

/// All that the log of events tells, in its order.
void add_logged(PolicyHistory const& history, Clock const& clock, ObservedHistory& observed) {
  std::vector<std::int32_t> episode(history.adoption_time.size(), 0), left(episode.size(), 0);
  for (LoggedEvent const& each : history.events) {
    bool const leaves = is_leaving(each.kind);
    std::int8_t const sign = leaves ? -1 : +1;
    observed.events.push_back({each.time - clock.start + 1, each.time, {each.city, episode[each.city], sign}});
    episode[each.city] += leaves ? 1 : 0;
    left[each.city] += leaves ? 1 : 0;
  }
  for (Index i = 0; i < left.size(); ++i)
    require(left[i] == history.abandonments[i],
            "cities left the policy before the first step of this history, and the log of events does not have that",
            {}, "begin 'time' before they left, or leave them out of adopters");
}

}  // namespace

ObservedHistory simulated_history(PolicyHistory const& history, Clock const& clock) {
  bool const left = std::any_of(history.abandonments.begin(), history.abandonments.end(), [](auto n) { return n > 0; });
  require(!left || !history.events.empty(), "cities abandon the policy in this history, and when they did is not kept",
          {}, "run with output: {events: true}, or fit histories in which adoption is for good");
  ObservedHistory observed;
  add_initial(history, clock, observed);
  if (left) {
    add_logged(history, clock, observed);
    return observed;
  }
  for (Index i = 0; i < history.adoption_time.size(); ++i) {
    std::int32_t const label = history.adoption_time[i];
    if (label != never && label >= clock.start) observed.events.push_back({label - clock.start + 1, label, {i, 0, +1}});
  }
  std::stable_sort(observed.events.begin(), observed.events.end(), [](DatedEvent const& a, DatedEvent const& b) {
    return std::tie(a.step, a.event.city) < std::tie(b.step, b.event.city);
  });
  return observed;
}

}  // namespace hansa
