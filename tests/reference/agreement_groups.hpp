/// Compares what histories say of groups of cities and of the people that live in them.
#pragma once

#include <string>
#include <vector>

#include "reference/agreement.hpp"
#include "reference/reference.hpp"

namespace hansa::reference {

/// Adopters by group, the population covered, and with Lanes::full what each mechanism had to do with the adoptions of
/// each group. Empty if they agree.
[[nodiscard]] std::string compare_groups(test::Question const& question, PolicyHistory const& engine,
                                         PolicyOutcome const& slow, Lanes lanes, Tally& tally);

/// Mean budgets by group.
[[nodiscard]] std::string compare_budgets_by(test::Question const& question, SharedHistory const& engine,
                                             std::vector<std::vector<double>> const& balances);

}  // namespace hansa::reference
