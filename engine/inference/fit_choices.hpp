/// Choices of the section `fit` that do not go together, or not with the scenario.
#pragma once

#include "scenario/scenario.hpp"

namespace hansa {

/// Complains of random effects of policies beside other random effects, penalties or shapes, and of policies
/// without a baseline that they could shift.
void check_policy_effects(Scenario const& scenario, FitSpec const& spec, Complaints& complaints);

/// Complains of imputations beside what cannot be combined over them.
void check_imputations(Scenario const& scenario, FitSpec const& spec, Complaints& complaints);

}  // namespace hansa
