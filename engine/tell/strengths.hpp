/// What strengths mean: the chance that a city adopts in a step, without pressure and at meaningful levels of each
/// attribute and mechanism.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "model/model.hpp"
#include "scenario/draft.hpp"
#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace hansa {

struct ChanceAt {
  std::string when;  ///< "half of those observed"
  double chance;     ///< of adopting in a step; under rule threshold the share of cities whose threshold is reached;
                     ///< not a number where a run would stop
  friend bool operator==(ChanceAt const&, ChanceAt const&) = default;
};

/// One thing that moves a policy: nothing at all, an attribute, the trend, a mechanism.
struct Lever {
  std::string name;
  std::string kind;  ///< of a mechanism; else empty
  std::vector<ChanceAt> chances;
  friend bool operator==(Lever const&, Lever const&) = default;
};

/// What moves a policy from a label on, with numbers that are set then.
struct LaterChances {
  std::int32_t from;
  std::vector<Lever> levers;
};

/// All else is as in the typical city: the median of each number, the commonest value of each text, at the first
/// decision; one lever is moved at a time.
struct PolicyChances {
  std::string policy;
  Rule rule = Rule::logit;
  std::vector<Lever> levers;
  std::vector<LaterChances> later = {};  ///< by date; without dates from which on all is as it was at another one
};

struct Chances {
  std::vector<PolicyChances> policies;
  /// Strengths that together can lead a predictor beyond ±80, where a run stops, or a probability below 0, or one of
  /// them alone an additive hazard below 0 or a city to certainty.
  std::vector<Complaint> warnings;
};

[[nodiscard]] Chances chances_of(Scenario const& scenario, World const& world, Model const& model);

/// A table for each policy, for a terminal.
[[nodiscard]] std::string chances_words(Chances const& chances, Clock const& clock);
/// The same as a tree, for JSON.
[[nodiscard]] Node chances_tree(Chances const& chances);

/// "0.15 %", with two digits; "the run stops" of what is not a number.
[[nodiscard]] std::string chance_words(double chance);

}  // namespace hansa
