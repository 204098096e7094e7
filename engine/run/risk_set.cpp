/// Schedules of entry and exit.
#include "run/risk_set.hpp"

#include <algorithm>

namespace hansa {

RiskSet::RiskSet(PolicyModel const& policy, Index cities, std::int32_t steps) : policy_(policy) {
  for (Index i = 0; i < cities; ++i) {
    if (!policy.entry.empty() && policy.entry[i] > policy.first_decision && policy.entry[i] <= steps) {
      entries_.emplace_back(policy.entry[i], i);
    }
    if (!policy.exit.empty() && policy.exit[i] >= policy.first_decision && policy.exit[i] < steps) {
      exits_.emplace_back(policy.exit[i], i);
    }
  }
  std::sort(entries_.begin(), entries_.end());
  std::sort(exits_.begin(), exits_.end());
  for (DatedEvent const& dated : policy.dated) {
    if (dated.event.sign < 0) episodes_.emplace_back(dated.event.city, dated.event.episode + 1);
  }
  std::sort(episodes_.begin(), episodes_.end());
  // The last one of each city is the episode in which it decides.
  auto const same_city = [](auto const& a, auto const& b) { return a.first == b.first; };
  auto const begin = std::unique(episodes_.rbegin(), episodes_.rend(), same_city).base();
  episodes_.erase(episodes_.begin(), begin);
}

bool RiskSet::is_open(Index city, std::int32_t step) const noexcept {
  bool const entered = policy_.entry.empty() || policy_.entry[city] <= step;
  bool const stays = policy_.exit.empty() || policy_.exit[city] >= step;
  return entered && stays;
}

namespace {

/// The part of a sorted schedule that is dated `step`.
std::span<std::pair<std::int32_t, Index> const> at_step(std::vector<std::pair<std::int32_t, Index>> const& schedule,
                                                        std::int32_t step) noexcept {
  auto const [begin, end] = std::equal_range(schedule.begin(), schedule.end(), std::pair<std::int32_t, Index>{step, 0},
                                             [](auto const& a, auto const& b) { return a.first < b.first; });
  return std::span(begin, end);
}

}  // namespace

std::span<std::pair<std::int32_t, Index> const> RiskSet::entering(std::int32_t step) const noexcept {
  return at_step(entries_, step);
}

std::span<std::pair<std::int32_t, Index> const> RiskSet::leaving(std::int32_t step) const noexcept {
  return at_step(exits_, step);
}

void RiskSet::close(std::int32_t step, std::uint8_t* flags, std::int16_t* due) const {
  for (auto const& [when, city] : leaving(step)) {
    if ((flags[city] & flag_adopted) != 0) continue;
    flags[city] |= flag_asleep;
    due[city] = no_step;
  }
}

void RiskSet::open(std::int32_t step, std::uint8_t* flags, Touched& touched) const {
  if (step == policy_.first_decision) {
    touched.everybody = true;
    return;
  }
  for (auto const& [when, city] : entering(step)) {
    if ((flags[city] & flag_adopted) != 0 || !is_open(city, step)) continue;
    flags[city] = 0;
    touched.add(city);
  }
}

void RiskSet::wake(Index begin, Index end, std::uint8_t* flags) const noexcept {
  for (Index i = begin; i < end; ++i) {
    bool const wakes = (flags[i] & flag_adopted) == 0 && is_open(i, policy_.first_decision);
    flags[i] = wakes ? 0 : flags[i];
  }
}

std::int32_t RiskSet::later_episode(Index city) const noexcept {
  auto const found = std::lower_bound(episodes_.begin(), episodes_.end(), std::pair<Index, std::int32_t>{city, 0});
  return found != episodes_.end() && found->first == city ? found->second : 0;
}

}  // namespace hansa
