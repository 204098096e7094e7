/// What policies cost, from scenario and world.
#pragma once

#include <optional>
#include <vector>

#include "model/model.hpp"
#include "model/phases.hpp"

namespace hansa {

/// True of mechanisms whose M is ln(c_ref / c).
[[nodiscard]] bool lowers_cost(MechanismSpec const& mechanism);

/// The policy's `cost`, or what a `scale` with `shared` says of it, in each of its phases; nothing without either.
/// Complains of attributes that are unknown, no numbers or incomplete, and of costs below 0 or above 10^18.
[[nodiscard]] std::optional<CostModel> cost_model(std::vector<Phase> const& phases, World const& world,
                                                  Clock const& clock, Complaints& complaints);

}  // namespace hansa
