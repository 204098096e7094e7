/// Random pools, shapes, exposures and memberships.
#pragma once

#include <string>

#include "support/dice.hpp"
#include "support/random_policy.hpp"

namespace hansa::test {

/// What may stand under `pool`.
[[nodiscard]] std::string random_pool(Stage const& stage, Dice& dice);

/// A logistic, as shape or production.
[[nodiscard]] std::string random_logistic(Dice& dice);

/// A kind with its parameters, `exposure: {…}` or `competition: {…}`, for a policy of this rule.
[[nodiscard]] std::string random_exposure(Stage const& stage, std::string const& rule, Dice& dice);

/// `log_adopters: {…}`.
[[nodiscard]] std::string random_log_adopters(Stage const& stage, Dice& dice);

/// `membership: {…}`; only on a stage with clubs.
[[nodiscard]] std::string random_membership(Stage const& stage, Dice& dice);

}  // namespace hansa::test
