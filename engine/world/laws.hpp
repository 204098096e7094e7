/// Files of national laws: which country's law on a policy is in force from when on.
#pragma once

#include <vector>

#include "world/world.hpp"

namespace hansa {

/// The rows of each mechanism's file that are of its policy (columns country, policy, from). Complains of blank cells,
/// of countries without a city, of years that are none, and of a country that stands twice.
[[nodiscard]] std::vector<LawRecords> read_laws(Scenario const& scenario, Tables const& tables, Cities const& cities,
                                                Complaints& complaints);

}  // namespace hansa
