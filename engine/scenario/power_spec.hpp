/// The section `power` as values: which histories are simulated from which hypotheses, and how often a fit finds what
/// they were simulated from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenario/parameters.hpp"
#include "scenario/selector.hpp"

namespace hansa {

/// Strengths that a mechanism has in turn.
struct PowerEffect {
  Reference path;                 ///< policies.P.mechanisms.M.strength
  std::string policy, mechanism;  ///< of the path
  std::vector<double> sizes;      ///< one for all levels, or one for each
};

/// A world without contagion in which something else makes tied cities alike.
struct WorldSpec {
  /// In the order of the words of the format.
  enum class Kind { homophily, law, membership, shocks };
  Kind kind = Kind::homophily;
  Place where;
  std::vector<double> strengths;  ///< what it adds to the predictor, at each of its levels
  Reference name;                 ///< homophily: the network; membership: the collaboration
  double correlation = 0;         ///< homophily: ρ of the trait along ties
  std::int32_t at = 0;            ///< law: label of the first step in which it holds
  Selector cities;                ///< law: of those that have it
};

/// What decides whether an effect is found.
enum class PowerTest { likelihood_ratio, wald };

struct PowerSpec {
  Place where;
  std::int64_t histories = 1000;  ///< of each hypothesis and level
  double alpha = 0.05;
  PowerTest test = PowerTest::likelihood_ratio;
  std::optional<double> adoptions;     ///< to which baselines are moved, on average
  std::vector<Reference> hypotheses;   ///< of fit; default all
  std::vector<PowerEffect> effects;    ///< sorted by path
  std::vector<WorldSpec> worlds = {};  ///< in the order of their kinds
  std::size_t levels = 1;              ///< of all effects
};

}  // namespace hansa
