/// Selects the cities of interventions, each at its date.
#include "world/reach.hpp"

#include "world/select.hpp"

namespace hansa {

void find_reached(Scenario const& scenario, World& world, Complaints& complaints, int threads) {
  world.reached.clear();
  for (InterventionSpec const& each : scenario.interventions) {
    Selector const* const cities = each.cities();
    world.reached.emplace_back();
    if (cities != nullptr) world.reached.back() = select(*cities, world, each.at, each.name, complaints, threads);
  }
}

}  // namespace hansa
