/// Finds for each event what it was and which mechanism had most of it.
#include "record/event_log.hpp"

#include <algorithm>

namespace hansa {

void EventLog::turn_to(std::int32_t step) {
  step_ = step;
  weighed_.clear();
  group_ = next_ = 0;
  sorted_ = false;
}

/// That of the call before, where the cities are the same: groups have no city in common.
EventLog::Weighed* EventLog::group_of(std::span<Index const> cities, EventKind kind) {
  assert(!sorted_);
  bool const same = group_ < weighed_.size() && weighed_[group_].city == cities.front();
  if (!same) {
    group_ = weighed_.size();
    for (Index const city : cities) weighed_.push_back({.city = city, .kind = kind});
  }
  assert(weighed_.size() - group_ == cities.size());
  return weighed_.data() + group_;
}

LoggedEvent EventLog::replayed(Event const& event, std::int32_t label) const noexcept {
  if (event.sign < 0) return {label, event.city, no_mechanism, EventKind::replayed_abandonment};
  return {label, event.city, static_cast<std::int32_t>(Reserved::data), EventKind::replay};
}

LoggedEvent EventLog::decided(Event const& event, std::int32_t label) {
  if (event.sign < 0) return {label, event.city, no_mechanism, EventKind::abandonment};
  while (next_ < weighed_.size() && weighed_[next_].city < event.city) ++next_;
  assert(next_ < weighed_.size() && weighed_[next_].city == event.city);
  return {label, event.city, weighed_[next_].leading(), weighed_[next_].kind};
}

void EventLog::note(std::int32_t step, std::span<Event const> events, std::span<std::int32_t const> labels,
                    std::vector<LoggedEvent>& log) {
  if (step < 1) return;
  if (step != step_) turn_to(step);
  if (!sorted_) {
    auto const by_city = [](Weighed const& a, Weighed const& b) { return a.city < b.city; };
    if (!std::is_sorted(weighed_.begin(), weighed_.end(), by_city))
      std::sort(weighed_.begin(), weighed_.end(), by_city);
    sorted_ = true;
  }
  for (std::size_t k = 0; k < events.size(); ++k)
    log.push_back(step < first_decision_ ? replayed(events[k], labels[k]) : decided(events[k], labels[k]));
}

}  // namespace hansa
