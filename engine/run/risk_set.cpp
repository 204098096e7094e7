/// Schedules of entry and exit.
#include "run/risk_set.hpp"

#include <algorithm>

namespace hansa {

RiskSet::RiskSet(PolicyModel const& policy, Index cities, std::int32_t steps) : policy_(policy), cities_(cities) {
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

bool RiskSet::open(Index city, std::int32_t step) const noexcept {
  bool const entered = policy_.entry.empty() || policy_.entry[city] <= step;
  bool const stays = policy_.exit.empty() || policy_.exit[city] >= step;
  return entered && stays;
}

void RiskSet::move(std::int32_t step, std::uint8_t* flags, std::int16_t* due, Touched& touched) const {
  auto const wake = [&](Index city) {
    if ((flags[city] & flag_adopted) != 0 || !open(city, step + 1)) return;
    flags[city] &= static_cast<std::uint8_t>(~flag_asleep & ~flag_touched);
    touched.add(city);
  };
  if (step + 1 == policy_.first_decision) {
    for (Index i = 0; i < cities_; ++i) wake(i);
    touched.everybody = true;
    return;
  }
  auto const of = [](auto const& list, std::int32_t when) {
    return std::equal_range(list.begin(), list.end(), std::pair<std::int32_t, Index>{when, 0},
                            [](auto const& a, auto const& b) { return a.first < b.first; });
  };
  for (auto [it, end] = of(exits_, step); it != end; ++it) {
    if ((flags[it->second] & flag_adopted) != 0) continue;
    flags[it->second] |= flag_asleep;
    due[it->second] = no_step;
  }
  for (auto [it, end] = of(entries_, step + 1); it != end; ++it) wake(it->second);
}

std::int32_t RiskSet::episode(Index city) const noexcept {
  auto const found = std::lower_bound(episodes_.begin(), episodes_.end(), std::pair<Index, std::int32_t>{city, 0});
  return found != episodes_.end() && found->first == city ? found->second : 0;
}

}  // namespace hansa
