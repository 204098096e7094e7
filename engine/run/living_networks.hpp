/// The networks of one replicate whose ties have dynamics: use, visits, and what falls below the floor.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/model.hpp"
#include "record/recorder.hpp"
#include "run/late_ties.hpp"
#include "run/tie_use.hpp"
#include "run/visits.hpp"
#include "world/living_ties.hpp"
#include "world/world.hpp"

namespace hansa {

/// Ties change at the end of a step, in this order: all decay; those that are used gain; visits begin new ones; weak
/// ones end; those that data date for the next step begin and end. A scenario without such networks pays nothing.
class LivingNetworks {
 public:
  /// Both outlive it.
  LivingNetworks(Model const& model, World const& world);

  [[nodiscard]] bool empty() const noexcept { return ties_.empty(); }
  /// `outset`: without living ties.
  void begin(Outset const& outset);
  /// As they are seen: those of lagged networks as they were a step before.
  [[nodiscard]] std::span<LivingTies const> ties() const noexcept { return ties_; }
  /// Events of a step, of each policy.
  void note(PolicyId policy, std::span<Event const> events);
  /// Begins `step` >= 1, before anything has happened in it: dynamics may be others from then on.
  void open(std::int32_t step);
  /// Ends `step`; 0: before the first, after which nothing has changed.
  void advance(std::int32_t step);
  /// Tells of all networks, also of those whose ties stay as they are, how many ties there are at the end of `step`.
  void tell(std::int32_t step, Recorder& recorder) const;

 private:
  [[nodiscard]] LivingTies& now(std::size_t k) noexcept { return late_[k] ? late_[k]->now : ties_[k]; }
  [[nodiscard]] LivingTies const& now(std::size_t k) const noexcept { return late_[k] ? late_[k]->now : ties_[k]; }
  void follow_use(std::size_t k, std::int32_t step);

  World const& world_;
  Outset outset_;
  std::vector<DynamicsModel> const& models_;
  std::vector<LivingTies> ties_;               // one a network, like those that follow
  std::vector<std::optional<LateTies>> late_;  // where those are seen late
  std::vector<TieUse> use_;
  std::vector<std::optional<Visits>> visits_;
  std::vector<std::uint16_t> adopted_;  // per city: policies that it has
};

}  // namespace hansa
