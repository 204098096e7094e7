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
};

/// Of one city and step: for each policy the fraction at which its clock is stopped, where it is. `bound`: by policy,
/// whether a mandate binds the city. `attention`: most adoptions; none: any number.
[[nodiscard]] std::vector<std::optional<double>> stops(std::vector<PolicySpec> const& policies,
                                                       std::vector<Crossing> crossings, std::vector<bool> const& bound,
                                                       std::optional<int> attention);

}  // namespace hansa::reference
