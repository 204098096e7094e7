/// What data say about adoption, in the shape of the result file: beside the simulated histories.
#pragma once

#include <cstdint>
#include <vector>

#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace hansa {

/// Policies in the scenario's order, cities in the order of the input's rows.
struct ObservedAdoption {
  bool any = false;                         ///< some policy has a file of adopters
  std::vector<std::int32_t> adoption_time;  ///< policies × cities: first year in the file; `never`
  std::vector<std::int32_t> adopters;       ///< policies × T; -1 where the policy has no file
  std::vector<std::int8_t> status_known;    ///< policies × cities: 1 if the file names or covers the city
};

[[nodiscard]] ObservedAdoption observed_adoption(Scenario const& scenario, World const& world);

}  // namespace hansa
