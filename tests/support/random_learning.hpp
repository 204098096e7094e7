/// Random merits and learning mechanisms.
#pragma once

#include <string>

#include "support/dice.hpp"
#include "support/random_policy.hpp"

namespace hansa::test {

/// Whether beliefs may fall below their prior: hazards and probabilities that are added cannot be negative.
enum class News { any, good };

/// The value of `merit`.
[[nodiscard]] std::string random_merit(Stage const& stage, News news, Dice& dice);

/// A kind with its parameters: `learning: {…}`.
[[nodiscard]] std::string random_learning(Stage const& stage, News news, Dice& dice);

}  // namespace hansa::test
