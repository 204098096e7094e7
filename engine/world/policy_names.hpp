/// Names in the column `policy` of adopters files that may be slips of those in the scenario.
#pragma once

#include "scenario/scenario.hpp"
#include "scenario/tables.hpp"

namespace hansa {

/// An adopters file may tell of policies that the scenario does not have: nothing is said of them. Warns, once a name
/// and with the number of its rows, of those near to a policy of the scenario: in capitals, blanks, '_', '-', or a
/// slip. Names with other digits ("ban_1", "ban_2") are not near.
void warn_of_policy_names(Scenario const& scenario, Tables const& tables, Complaints& complaints);

}  // namespace hansa
