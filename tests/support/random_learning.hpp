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

/// A kind with its parameters: `learning: {…}`. What the model and own experience are is by dice that stand apart.
[[nodiscard]] std::string random_learning(Stage const& stage, News news, Dice& dice, Dice& apart);

/// The value of `abandonment` by own belief.
[[nodiscard]] std::string random_leaving(Dice& apart);

/// The value of `reinvention`.
[[nodiscard]] std::string random_reinvention(Dice& apart, bool gains);

}  // namespace hansa::test
