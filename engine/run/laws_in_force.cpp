/// Follows the terms of laws from step to step.
#include "run/laws_in_force.hpp"

#include <algorithm>
#include <array>

#include "run/settle.hpp"

namespace hansa {

LawsInForce::LawsInForce(PolicyModel const& policy, Force force, Clock const& clock, Index cities) : clock_(clock) {
  for (CompiledLaw const& each : policy.laws) {
    if (each.force != force) continue;
    laws_.push_back(&each);
    kept_.push_back(each.term->keep());
    reached_.emplace_back(cities, std::uint8_t{0});
    of_all_.emplace_back();
  }
  if (empty()) return;
  list_.resize(cities + 1);
  seen_.resize(cities);
}

void LawsInForce::begin(Outset const& outset) {
  for (std::size_t k = 0; k < laws_.size(); ++k) {
    laws_[k]->term->reset(*kept_[k], outset);
    std::fill(reached_[k].begin(), reached_[k].end(), std::uint8_t{0});
    of_all_[k].reset();
  }
}

void LawsInForce::follow(std::span<Event const> events) {
  for (std::size_t k = 0; k < laws_.size(); ++k) {
    Touched ignored{list_.data(), seen_.data()};
    laws_[k]->term->apply(*kept_[k], events, ignored);
    for (std::uint32_t each = 0; each < ignored.count; ++each) seen_[list_[each]] = 0;
  }
}

bool LawsInForce::reach(Index city) const noexcept {
  return std::any_of(reached_.begin(), reached_.end(), [city](auto const& of_law) { return of_law[city] != 0; });
}

/// Whether the pressure of a law changes in `step`; then it is the new one.
bool LawsInForce::presses_anew(std::size_t k, std::int32_t step) noexcept {
  for (NumberStep const& each : laws_[k]->pressures_later) {
    if (each.step != step) continue;
    of_all_[k] = each.number;
    return true;
  }
  return false;
}

/// Of those whom the term touches, who was not reached before: ascending.
std::span<Index const> LawsInForce::newly_reached(std::size_t k, std::int32_t step) {
  Touched touched{list_.data(), seen_.data()};
  laws_[k]->term->advance(*kept_[k], {step, clock_.start + step - 1}, touched);
  std::span<Index> const cities(list_.data(), touched.count);
  for (Index const city : cities) seen_[city] = 0;
  std::sort(cities.begin(), cities.end());
  std::array<double, batch_size> m;
  std::uint32_t reached = 0;
  for (std::size_t from = 0; from < cities.size(); from += batch_size) {
    std::span<Index> const batch = cities.subspan(from, std::min(batch_size, cities.size() - from));
    laws_[k]->term->value(*kept_[k], batch, m.data());
    for (std::size_t i = 0; i < batch.size(); ++i) {
      Index const city = batch[i];
      if (m[i] == 0 || reached_[k][city] != 0) continue;
      reached_[k][city] = 1;
      list_[reached++] = city;
    }
  }
  return {list_.data(), reached};
}

}  // namespace hansa
