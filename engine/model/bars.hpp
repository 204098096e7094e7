/// What policies require and exclude of each other, and how many a city can adopt in a step.
#pragma once

#include "model/model.hpp"

namespace hansa {

/// Fills in `required` and `excluded` of the policies of `model`, which are compiled, and its `attention`. Complains of
/// an attention that is unknown, missing or no whole number from 1 on, and beside a policy of rule `cascade`.
void compile_bars(Scenario const& scenario, World const& world, Model& model, Complaints& complaints);

}  // namespace hansa
