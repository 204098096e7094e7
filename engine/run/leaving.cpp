/// Draws staying powers, and finds the dates at which they are used up or takes from them step by step.
#include "run/leaving.hpp"

#include <cmath>

#include "base/flat_math.hpp"
#include "base/random.hpp"
#include "run/resistance.hpp"

namespace hansa {

Leaving::Leaving(PolicyModel const& policy, RiskSet const& risk, Cities const& cities, Clock const& clock,
                 std::uint64_t seed)
    : policy_(policy),
      leaving_(policy.leaving),
      risk_(risk),
      cities_(cities),
      last_(clock.steps()),
      seed_(seed),
      hazards_(on_grid(std::min(policy.leaving.hazard.start(), hazard_cap))) {
  for (NumberStep const& each : policy.leaving.hazard.later())
    hazards_.add(each.step, on_grid(std::min(each.number, hazard_cap)));
  if (empty()) return;
  if (by_belief()) {
    power_.resize(cities.size());
    first_.resize(cities.size());
  } else {
    due_.resize(padded(cities.size()));
  }
  episodes_.resize(cities.size());
  leavers_.resize(padded(cities.size()));
}

void Leaving::begin(std::int64_t replicate) {
  if (empty()) return;
  key_ = make_key(seed_, static_cast<std::uint64_t>(replicate), Purpose::staying, policy_.hash);
  std::fill(due_.begin(), due_.end(), no_step);
  std::fill(power_.begin(), power_.end(), 0.0);
  std::fill(episodes_.begin(), episodes_.end(), 0);
  for (auto const& [city, episode] : risk_.later_episodes()) episodes_[city] = episode;
}

void Leaving::adopted(std::span<Index const> cities, std::int32_t step) {
  std::array<double, batch_size> powers;
  for (; !cities.empty(); cities = cities.subspan(std::min(batch_size, cities.size()))) {
    std::span<Index const> const some = cities.first(std::min(batch_size, cities.size()));
    draw_episodes(
        key_, cities_.hash, some, [this](Index city) { return episodes_[city]; }, powers.data());
    for (std::size_t k = 0; k < some.size(); ++k) date(some[k], step, powers[k]);
  }
}

/// When a city leaves that adopts in `step`, or from when on it may.
void Leaving::date(Index city, std::int32_t step, double power) noexcept {
  std::int32_t const entry = policy_.entry.empty() ? 1 : policy_.entry[city];
  std::int32_t const first = std::max({step + 1, policy_.first_decision, entry});
  if (by_belief()) {
    power_[city] = power;
    first_[city] = static_cast<std::int16_t>(std::min<std::int32_t>(first, no_step));
    return;
  }
  if (!hazards_.constant()) {
    due_[city] = static_cast<std::int16_t>(date_by_steps(city, first, power));
    return;
  }
  double const hazard = hazards_.start();
  double steps = std::ceil(power / hazard);  // a quotient to the nearest; then exact comparisons of grid values
  if (steps < no_step) {
    if ((steps - 1) * hazard >= power) steps -= 1;
    if (steps * hazard < power) steps += 1;
  }
  due_[city] = static_cast<std::int16_t>(date_of(city, first, steps));
}

std::int32_t Leaving::date_by_steps(Index city, std::int32_t first, double power) const noexcept {
  std::int32_t const exit = policy_.exit.empty() ? last_ : std::min<std::int32_t>(last_, policy_.exit[city]);
  for (std::int32_t step = first; step <= exit; ++step) {
    if (is_bound(city, step)) continue;
    power -= hazards_.at(step);
    if (power <= 0) return step;
  }
  return no_step;
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

bool Leaving::is_bound(Index city, std::int32_t step) const noexcept {
  auto const& bound = policy_.leaving.bound;
  if (bound.empty()) return false;
  auto spell = std::lower_bound(bound.begin(), bound.end(), city,
                                [](BoundSpell const& each, Index wanted) { return each.city < wanted; });
  while (spell != bound.end() && spell->city == city && spell->until < step) ++spell;
  return spell != bound.end() && spell->city == city && spell->from <= step;
}

/// Takes the hazard ln(1 + e^(base - own_belief b)) of `step` from each; who has nothing left joins the `left` who
/// leave.
std::size_t Leaving::consume(std::int32_t step, std::span<Index const> cities, double const* beliefs,
                             std::size_t left) {
  double const base = leaving_.base.at(step), own_belief = leaving_.own_belief.at(step);
  for (std::size_t k = 0; k < cities.size(); ++k) {
    Index const city = cities[k];
    double const odds = base - own_belief * beliefs[k];
    power_[city] -= on_grid(std::min(flat::softplus(std::clamp(odds, -predictor_bound, predictor_bound)), hazard_cap));
    if (power_[city] > 0) continue;
    power_[city] = 0;
    episodes_[city] += 1;
    leavers_[left++] = city;
  }
  return left;
}

}  // namespace hansa
