/// Budgets of cities, and the fees of collaborations.
#pragma once

#include "model/model.hpp"

namespace hansa {

/// Fills in the resources and fees of `model`. Complains of attributes that are unknown, incomplete or out of range.
void compile_resources(Scenario const& scenario, World const& world, Model& model, Complaints& complaints);

}  // namespace hansa
