/// Who comes first when several policies would be adopted by one city in one step.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "scenario/scenario.hpp"

namespace hansa::reference {

/// A policy that a city would adopt in a step.
struct Crossing {
  std::size_t policy;
  double fraction;       ///< of the step, at which resistance is used up
  bool certain = false;  ///< seeded, replayed, or brought by a tie
  bool bound = false;    ///< by a mandate
  bool pays = true;      ///< what the policy costs
};

/// What a city has, and what it would pay for a policy; nothing where that is not stated.
struct Means {
  double balance;
  std::vector<std::optional<double>> prices;
};

/// What becomes of a policy in a city's step: the fraction at which its clock is stopped; or it waits for money.
struct Turn {
  std::optional<double> stopped;
  bool waits = false;
};

/// Of one city and step, by policy. `bound`: whether a mandate binds the city. `attention`: most adoptions; none: any
/// number. `means`: nothing where there are no budgets.
[[nodiscard]] std::vector<Turn> turns(std::vector<PolicySpec> const& policies, std::vector<Crossing> crossings,
                                      std::vector<bool> const& bound, std::optional<int> attention,
                                      std::optional<Means> const& means);

}  // namespace hansa::reference
