/// Decisions read from data instead of drawn: terms follow histories that are given, and tell how they press at each
/// step.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "model/model.hpp"
#include "run/given_hindrances.hpp"
#include "run/living_networks.hpp"
#include "world/world.hpp"

namespace hansa {

/// All terms of all policies, in double lanes, on the ties of the scenario, which live where they have dynamics; and
/// what hinders cities. The same calls in the same order as in a replicate, so that what a decision sees here is what
/// it would see there.
class Replay {
 public:
  /// Both outlive it.
  Replay(Model const& model, World const& world);

  /// Goes through steps 1 … last: visit(step) when the terms are as the decisions of `step` see them. histories[p] has
  /// the events of policy p, sorted by step, then city; step 0 is before the first.
  void run(std::span<std::vector<DatedEvent> const> histories, std::int32_t last,
           std::function<void(std::int32_t step)> const& visit);

  /// M of one term, unscaled, for any number of cities, as of the step being visited.
  void value(PolicyId policy, std::size_t term, std::span<Index const> cities, double* m) const;
  /// What adopters believe of a policy in their own hands, as of the same step; its terms keep beliefs.
  void own_beliefs(PolicyId policy, std::span<Index const> cities, double* beliefs) const;
  /// Who can decide in the step being visited, as far as other policies, laws, seeds and budgets are concerned.
  [[nodiscard]] GivenHindrances const& hindrances() const noexcept { return hindrances_; }

 private:
  struct Falls;
  void follow(std::span<std::vector<DatedEvent> const> histories, std::int32_t step);
  void gather(std::span<std::vector<DatedEvent> const> histories, std::int32_t step);
  void apply(std::size_t policy, Touched& touched);
  [[nodiscard]] Touched untracked() noexcept { return {nullptr, touched_.data(), 0, false}; }

  Model const& model_;
  std::vector<std::vector<std::unique_ptr<Kept>>> kept_;  // per policy and term
  std::vector<std::size_t> next_;                         // per policy: the first event that is not followed yet
  std::vector<std::vector<Event>> events_;                // per policy, of the step
  LivingNetworks living_;
  GivenHindrances hindrances_;
  std::vector<std::uint8_t> touched_;
};

}  // namespace hansa
