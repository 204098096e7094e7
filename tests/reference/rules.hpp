/// The decision rules of the model, one city at a time: what pressure is made of, what it must overcome, who gets what
/// share of an adoption.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/random.hpp"
#include "reference/facts.hpp"
#include "scenario/scenario.hpp"

namespace hansa::reference {

/// What both simulators refuse: |eta| > 80, a negative hazard or probability, a threshold law with nothing left.
struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The parts of a pressure besides the baseline, in the order of summation: attributes, trend, frailty, mechanisms.
using Parts = std::vector<std::pair<std::string, double>>;

/// Draws of one policy in one replicate, by the names of what they belong to.
class Draws {
 public:
  Draws(Scenario const& scenario, PolicySpec const& policy, World const& world, std::int64_t replicate)
      : scenario_(scenario), policy_(policy), world_(world), replicate_(replicate) {}

  /// R ~ Exp(1) of one episode, on the grid and at least one grid unit.
  [[nodiscard]] double resistance(Index city, int episode) const;
  /// R' ~ Exp(1), what it takes until an adopter leaves, in the same way.
  [[nodiscard]] double staying(Index city, int episode) const;
  /// Whether the city adapts the policy, as it is when it adopts it, in an episode.
  [[nodiscard]] bool adapts(PolicySpec const& now, Index city, int episode) const;
  /// R of the rule `threshold` before attributes and frailty lower it: given, or drawn once per city and policy.
  [[nodiscard]] double threshold(Facts const& facts, Index city) const;
  /// The same drawn given that it lies above `bound`.
  [[nodiscard]] double threshold_above(double bound, Index city) const;
  /// Effects of the city, of the city on this policy, and of its country, by their standard deviations.
  [[nodiscard]] double lasting_frailty(FrailtySpec const& sds, Index city) const;
  /// Effect of the step with label `t`.
  [[nodiscard]] double period_frailty(FrailtySpec const& sds, std::int32_t t) const;

 private:
  [[nodiscard]] double exponential(Purpose purpose, Index city, int episode) const;
  [[nodiscard]] double normal(Purpose purpose, std::uint64_t subject, std::uint64_t who, std::int32_t step) const;
  [[nodiscard]] double uniform(Index city) const;

  Scenario const& scenario_;
  PolicySpec const& policy_;
  World const& world_;
  std::int64_t replicate_;
};

/// What a city feels in a step: the baseline, what is its own (attributes and lasting frailty), what is common to all
/// (trend and frailty of the period), θ·M of each mechanism, pushes, and the hazard that mandates add.
struct Felt {
  std::optional<double> baseline;
  double own = 0;
  double common = 0;
  std::vector<double> theta_m;
  double push = 0;
  double mandated = 0;
};

/// Hazard of the step, on the grid. Rules logit, cloglog, additive, linear.
[[nodiscard]] double hazard_of(Rule rule, Felt const& felt);

/// Hazard of leaving in a step, on the grid; `belief`: the adopter's own.
[[nodiscard]] double hazard_of_leaving(AbandonmentSpec const& abandonment, double belief);

/// What a tie of weight `weight` takes from its target's resistance under rule cascade.
[[nodiscard]] double attempt(double strength, double weight);

/// Shares of one adoption (Aumann & Shapley 1974); `baseline` is among the keys. Rule additive: mechanisms in
/// proportion to their hazards, e^(baseline + own parts) shared within itself. Rules threshold and cascade: in
/// proportion to the parts, all to `baseline` where there is none or they cancel. `mandates`: hazards beside that of
/// the parts, by whose they are; in all at most 64.
[[nodiscard]] std::map<std::string, double> attribute(Rule rule, std::optional<double> baseline, Parts const& parts,
                                                      Parts const& mandates = {});

}  // namespace hansa::reference
