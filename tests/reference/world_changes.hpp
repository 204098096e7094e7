/// What interventions make of a world, worked out slowly: lists of spells and of ties that are gone through whole at
/// every date.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace hansa::reference {

struct Acted {
  World world;                                       ///< with the members and ties of all dates
  std::map<std::string, std::vector<Index>> chosen;  ///< by interventions on policies, by name
};

/// `data`: the world as the data alone have it.
[[nodiscard]] Acted act_out(Scenario const& scenario, World const& data, Tables const& tables);

}  // namespace hansa::reference
