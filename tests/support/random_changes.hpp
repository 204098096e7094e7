/// Random interventions that change collaborations and networks already written.
#pragma once

#include "support/random_policy.hpp"

namespace hansa::test {

/// Items of the section `interventions`, none in two worlds of three. The dice are its own, so that worlds without them
/// stay as they are.
[[nodiscard]] Lines random_changes(Stage const& stage, std::uint64_t number, Texts const& texts);

/// A set of cities, which may be found by members or ties of its date.
[[nodiscard]] std::string random_cities(Stage const& stage, Dice& dice, std::string const& yaml);

}  // namespace hansa::test
