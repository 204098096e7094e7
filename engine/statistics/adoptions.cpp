/// Puts adoptions in the order of steps.
#include "statistics/adoptions.hpp"

#include <algorithm>
#include <tuple>

namespace hansa {

namespace {

Adoptions adoptions_of(PolicyModel const& policy, std::vector<DatedEvent> events, Clock const& clock, Index cities) {
  Adoptions made;
  made.start = clock.start;
  made.steps = clock.steps();
  made.label.assign(cities, never);
  made.entry.assign(cities, 1);
  made.exit.assign(cities, made.steps);
  for (Index i = 0; i < cities; ++i) {
    if (!policy.entry.empty()) made.entry[i] = std::max<std::int32_t>(policy.entry[i], 1);
    if (!policy.exit.empty()) made.exit[i] = std::min<std::int32_t>(policy.exit[i], made.steps);
  }
  for (DatedEvent const& each : events)
    if (each.event.sign > 0 && made.label[each.event.city] == never) made.label[each.event.city] = each.label;
  made.events = std::move(events);
  return made;
}

}  // namespace

std::vector<DatedEvent> observed_events(PolicyRecords const& records, Clock const& clock) {
  std::vector<DatedEvent> events;
  auto const add = [&](Index city, std::int32_t label, std::int8_t sign) {
    if (label > clock.end) return;
    std::int64_t const step = std::max<std::int64_t>(std::int64_t{label} - clock.start + 1, 0);
    events.push_back({static_cast<std::int32_t>(step), label, {city, 0, sign}});
  };
  for (Index const city : records.initial) add(city, clock.start - 1, +1);
  for (Observation const& row : records.observed) {
    add(row.city, row.year, +1);
    if (row.left) add(row.city, *row.left, -1);
  }
  std::stable_sort(events.begin(), events.end(), [](DatedEvent const& a, DatedEvent const& b) {
    return std::tie(a.step, a.event.city) < std::tie(b.step, b.event.city);
  });
  return events;
}

Adoptions observed_adoptions(PolicyModel const& policy, PolicyRecords const& records, Clock const& clock,
                             Index cities) {
  Adoptions made = adoptions_of(policy, observed_events(records, clock), clock, cities);
  made.known = known_cities(records, cities);
  made.covered = records.covered;
  if (made.covered.empty()) made.covered.assign(cities, 1);
  for (Index const city : records.initial) made.known[city] = 1;
  for (Observation const& row : records.observed)
    made.intervals += row.after && std::int64_t{row.as_written} - *row.after > 1 && row.year <= clock.end ? 1 : 0;
  return made;
}

Adoptions simulated_adoptions(PolicyModel const& policy, std::vector<DatedEvent> events, Clock const& clock,
                              Index cities) {
  Adoptions made = adoptions_of(policy, std::move(events), clock, cities);
  made.known.assign(cities, 1);
  made.covered.assign(cities, 1);
  return made;
}

CurrentAdopters::CurrentAdopters(Adoptions const& adoptions) : has_(adoptions.label.size(), 0) {
  for (DatedEvent const& each : adoptions.events)
    changes_.push_back({std::int64_t{each.label} - adoptions.start + 1, each.event.city,
                        static_cast<std::uint8_t>(each.event.sign > 0 ? 1 : 0)});
  std::stable_sort(changes_.begin(), changes_.end(), [](Change const& a, Change const& b) {
    return std::tie(a.step, a.city) < std::tie(b.step, b.city);
  });
}

std::vector<std::uint8_t> const& CurrentAdopters::at(std::int64_t step) {
  for (; next_ < changes_.size() && changes_[next_].step <= step; ++next_)
    has_[changes_[next_].city] = changes_[next_].has;
  return has_;
}

}  // namespace hansa
