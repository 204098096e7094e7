/// What is known of past adoptions of one policy: its adopters file, or its initial adopters.
#pragma once

#include "world/world.hpp"

namespace hansa {

/// Reads `city,year[,policy][,after][,left]`, or selects the initial adopters; finds who is covered and eligible.
/// Complains of unknown cities, years that are not whole numbers, empty intervals and spells that overlap (with
/// intervals too); warns if no row concerns the policy, and with their number of rows after the end of the clock.
[[nodiscard]] PolicyRecords build_records(PolicySpec const& policy, Clock const& clock, Tables const& tables,
                                          World const& world, Complaints& complaints, int threads = 0);

/// Only complains of what is wrong with the adopters file whichever cities there are: columns and labels.
void check_adoptions(PolicySpec const& policy, Tables const& tables, Complaints& complaints);

}  // namespace hansa
