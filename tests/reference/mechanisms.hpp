/// The values of the mechanisms from the state of all cities, one city at a time.
#pragma once

#include <optional>
#include <vector>

#include "reference/facts.hpp"
#include "scenario/scenario.hpp"

namespace hansa::reference {

/// Where one policy stands at the end of a step.
struct Standing {
  std::vector<bool> adopted;        ///< per city
  std::vector<int> adoptions;       ///< adoption episodes begun so far, initial ones included
  std::vector<std::int32_t> since;  ///< label of the last adoption or abandonment
};

/// M of one mechanism for one city deciding at label `t`, from the standing at the end of t - 1; as if the
/// collaboration `whole` (empty: none) produced all that it can.
[[nodiscard]] double value(MechanismSpec const& mechanism, Facts const& facts, Standing const& standing, Index city,
                           std::int32_t t, std::string const& whole = {});

/// What the policy costs a city in the step of label `t`, as if it had not adopted; nothing if that is not stated.
[[nodiscard]] std::optional<double> cost(PolicySpec const& policy, Facts const& facts, Standing const& standing,
                                         Index city, std::int32_t t);
/// Whether its adopters pay in every step, or once.
[[nodiscard]] bool pays_by_step(PolicySpec const& policy);

}  // namespace hansa::reference
