/// What the parameters of learning come to: how looks weigh, and how beliefs average.
#pragma once

#include "mechanisms/learning_beliefs.hpp"
#include "mechanisms/learning_degroot.hpp"
#include "model/catalogue.hpp"

namespace hansa {

/// Numbers of performance are no larger.
inline constexpr double most_of_learning = 1e12;

/// Complains of attributes that are unknown, text, incomplete or out of range, and of numbers so small that their
/// squares come near 0. All by date, as the phases of the context have them.
[[nodiscard]] LookRule look_rule(MechanismSpec const& spec, TermContext const& context, Complaints& complaints);
[[nodiscard]] AverageRule average_rule(MechanismSpec const& spec, TermContext const& context, Complaints& complaints);

/// Complains of what is said of looks where cities average, and of averages where they look; also by what is set at a
/// date.
void complain_of_model(MechanismSpec const& spec, bool averages, TermContext const& context, Complaints& complaints);

}  // namespace hansa
