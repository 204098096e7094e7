/// Study visits: who goes to see whom in a step.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/model.hpp"
#include "world/living_ties.hpp"
#include "world/world.hpp"

namespace hansa {

/// A new tie: `target` observes `source`.
struct Visit {
  Index source, target;
};

/// A city visits with probability 1 - e^-rate: with the chance of closure one that is observed by one that it observes
/// (both drawn evenly from the ties that there are; Jackson & Rogers 2007), else one drawn by (1 + policies
/// adopted)^prestige from all cities, in order of id, and reached with exp(-distance / decay_km), in 32 tries at most.
/// All visits of a step are to the ties that there were before any of them. Draws are keyed by network, city and step.
class Visits {
 public:
  /// The model outlives it.
  Visits(DynamicsModel const& model, Cities const& cities, std::uint64_t seed);

  void begin(std::int64_t replicate);
  /// Other numbers from the next step on.
  void take(VisitsSpec const& spec) noexcept;
  /// adopted[i]: how many policies city i has. Valid until the next call.
  std::span<Visit const> find(std::int32_t step, std::span<std::uint16_t const> adopted, LivingTies const& ties);

 private:
  void visit(Index city, std::int32_t step, LivingTies const& ties);
  [[nodiscard]] std::optional<Index> observed_by(Index city, double u, LivingTies const& ties) const;
  [[nodiscard]] std::optional<Index> far_away(Index city, std::int32_t step) const;

  DynamicsModel const& model_;
  VisitsSpec spec_;
  Cities const& cities_;
  std::uint64_t seed_, key_ = 0;
  double chance_;
  std::vector<double> sums_;  // of (1 + policies adopted)^prestige over the cities up to each
  std::vector<Visit> visits_;
};

}  // namespace hansa
