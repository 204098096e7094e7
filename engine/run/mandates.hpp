/// Mandates on the cities in one replicate: those of interventions by date, and those of national laws in force.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "model/model.hpp"
#include "run/by_date.hpp"
#include "run/laws_in_force.hpp"
#include "run/settle.hpp"

namespace hansa {

/// Of one policy. Hazards are summed in double precision, interventions first and then laws by name, and capped.
template <class Lane>
class Mandates {
 public:
  /// Hazards have `room` >= cities.
  Mandates(PolicyModel const& policy, Clock const& clock, std::size_t room, Index cities)
      : dated_(policy.mandated, room),
        laws_(policy, Force::mandate, clock, cities),
        sums_(laws_.empty() || policy.rule == Rule::threshold ? 0 : room) {}

  /// True if none adds to a hazard in any step.
  [[nodiscard]] bool empty() const noexcept { return data() == nullptr; }
  void begin(Outset const& outset) {
    dated_.begin();
    std::fill(sums_.begin(), sums_.end(), Lane{0});
    laws_.begin(outset);
  }
  void follow(std::span<Event const> events) {
    if (!laws_.empty()) laws_.follow(events);
  }
  /// Brings them to the decisions of step + 1; use(city) for each whose mandates change.
  template <class Use>
  void advance(std::int32_t step, Use const& use) {
    dated_.advance(step + 1, [&](Index city) {
      if (!sums_.empty()) sums_[city] = sum_of(city);
      use(city);
    });
    laws_.advance(step, [&](std::size_t, Index city) {
      if (!sums_.empty()) sums_[city] = sum_of(city);
      use(city);
    });
  }

  /// Hazards of all cities in the next decisions; null where empty().
  [[nodiscard]] Lane const* data() const noexcept {
    if (!sums_.empty()) return sums_.data();
    return dated_.empty() ? nullptr : dated_.data();
  }
  [[nodiscard]] double operator[](Index city) const noexcept {
    Lane const* const all = data();
    return all == nullptr ? 0 : static_cast<double>(all[city]);
  }
  /// The part that interventions have of that hazard, which is above 0; and that of law k.
  [[nodiscard]] double part_of_interventions(Index city) const noexcept { return dated(city) / uncapped(city); }
  [[nodiscard]] double part_of_law(std::size_t k, Index city) const noexcept {
    return laws_.reach(k, city) ? laws_.pressure(k, city) / uncapped(city) : 0;
  }
  /// The part that law k, or all laws, have of that hazard and `push` together.
  [[nodiscard]] double part_of_law(std::size_t k, Index city, double push) const noexcept {
    double const hazard = (*this)[city];
    return hazard > 0 ? part_of_law(k, city) * hazard / (push + hazard) : 0;
  }
  [[nodiscard]] double part_of_laws(Index city, double push) const noexcept {
    double sum = 0;
    for (std::size_t k = 0; k < laws_.size(); ++k) sum += part_of_law(k, city, push);
    return sum;
  }
  [[nodiscard]] LawsInForce const& laws() const noexcept { return laws_; }

 private:
  [[nodiscard]] double dated(Index city) const noexcept {
    return dated_.empty() ? 0 : static_cast<double>(dated_[city]);
  }
  [[nodiscard]] double uncapped(Index city) const noexcept {
    double sum = dated(city);
    for (std::size_t k = 0; k < laws_.size(); ++k)
      if (laws_.reach(k, city)) sum += laws_.pressure(k, city);
    return sum;
  }
  [[nodiscard]] Lane sum_of(Index city) const noexcept {
    return static_cast<Lane>(std::min(uncapped(city), hazard_cap));
  }

  ByDate<Lane> dated_;
  LawsInForce laws_;
  std::vector<Lane> sums_;  // per city; empty: those of dated_
};

}  // namespace hansa
