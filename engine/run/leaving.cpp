/// Draws staying powers and finds the dates at which they are used up.
#include "run/leaving.hpp"

#include <algorithm>
#include <cmath>

#include "base/random.hpp"
#include "run/settle.hpp"

namespace hansa {

Leaving::Leaving(PolicyModel const& policy, RiskSet const& risk, Cities const& cities, Clock const& clock,
                 std::uint64_t seed)
    : policy_(policy),
      risk_(risk),
      cities_(cities),
      last_(clock.steps()),
      seed_(seed),
      hazard_(on_grid(std::min(policy.leaving.hazard, hazard_cap))) {
  if (empty()) return;
  due_.resize(padded(cities.size()));
  episodes_.resize(cities.size());
  leavers_.resize(due_.size());
}

void Leaving::begin(std::int64_t replicate) {
  if (empty()) return;
  key_ = make_key(seed_, static_cast<std::uint64_t>(replicate), Purpose::staying, policy_.hash);
  std::fill(due_.begin(), due_.end(), no_step);
  std::fill(episodes_.begin(), episodes_.end(), 0);
  for (auto const& [city, episode] : risk_.later_episodes()) episodes_[city] = episode;
}

void Leaving::adopted(Index city, std::int32_t step) {
  double power = 0;
  draw_exponential(key_, std::span(&cities_.hash[city], 1), static_cast<std::uint32_t>(episodes_[city]),
                   std::span(&power, 1));
  power = std::max(on_grid(power), grid_unit);
  double steps = std::ceil(power / hazard_);  // a quotient to the nearest; then exact comparisons of grid values
  if (steps < no_step) {
    if ((steps - 1) * hazard_ >= power) steps -= 1;
    if (steps * hazard_ < power) steps += 1;
  }
  std::int32_t const entry = policy_.entry.empty() ? 1 : policy_.entry[city];
  due_[city] = static_cast<std::int16_t>(date_of(city, std::max({step + 1, policy_.first_decision, entry}), steps));
}

std::int32_t Leaving::date_of(Index city, std::int32_t first, double steps) const noexcept {
  std::int32_t const exit = policy_.exit.empty() ? last_ : std::min<std::int32_t>(last_, policy_.exit[city]);
  auto const& bound = policy_.leaving.bound;
  auto spell = std::lower_bound(bound.begin(), bound.end(), city,
                                [](BoundSpell const& each, Index wanted) { return each.city < wanted; });
  for (; spell != bound.end() && spell->city == city; ++spell) {
    if (spell->until < first) continue;
    double const before = std::max(0, spell->from - first);
    if (steps <= before) break;
    steps -= before;
    first = spell->until + 1;
  }
  double const date = first + steps - 1;
  return date <= exit ? static_cast<std::int32_t>(date) : no_step;
}

std::span<Index const> Leaving::leave(std::int32_t step, LawsInForce const& laws) {
  std::uint32_t count = find_due(due_.data(), due_.size(), static_cast<std::int16_t>(step), leavers_.data());
  if (!laws.empty()) count = without_the_bound(count, laws);
  for (Index const city : std::span(leavers_).first(count)) {
    due_[city] = no_step;
    episodes_[city] += 1;
  }
  return std::span(leavers_).first(count);
}

std::uint32_t Leaving::without_the_bound(std::uint32_t count, LawsInForce const& laws) noexcept {
  std::uint32_t free = 0;
  for (Index const city : std::span(leavers_).first(count)) {
    if (laws.reach(city)) {
      due_[city] = no_step;
    } else {
      leavers_[free++] = city;
    }
  }
  return free;
}

}  // namespace hansa
