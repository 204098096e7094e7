/// What policies cost, from scenario and world.
#pragma once

#include <optional>

#include "model/model.hpp"

namespace hansa {

/// True of mechanisms whose M is ln(c_ref / c).
[[nodiscard]] bool lowers_cost(MechanismSpec const& mechanism);

/// The policy's `cost`, or what a `scale` with `shared` says of it; nothing without either. Complains of attributes
/// that are unknown, no numbers or incomplete, and of costs below 0 or above 10^18.
[[nodiscard]] std::optional<CostModel> cost_model(PolicySpec const& policy, World const& world, Clock const& clock,
                                                  Complaints& complaints);

}  // namespace hansa
