/// From the scenario's networks to those of the world.
#include "model/dynamics.hpp"

#include <algorithm>
#include <utility>

#include "model/phases.hpp"

namespace hansa {

void compile_dynamics(Scenario const& scenario, World const& world, Model& model, Complaints& complaints) {
  for (NetworkSpec const& spec : scenario.networks) {
    NetworkLayer const* const layer = world.network(spec.name);
    if (!spec.dynamics || layer == nullptr) continue;
    DynamicsModel made{layer, {}, {}};
    for (auto& each : phases_of(*spec.dynamics, NumberAt::Of::dynamics, spec.name, scenario))
      made.by_step.push_back({each.step, std::move(each.spec)});
    bool const far = std::any_of(made.by_step.begin(), made.by_step.end(), [](DynamicsStep const& each) {
      return each.spec.visits && each.spec.visits->decay_km;
    });
    if (far) made.places = place_on_sphere(world.cities, spec.dynamics->where, complaints);
    constexpr double most = 4294967295.0;  // units of a tie
    if (spec.dynamics->visits && layer->unit * most < 1)
      complaints.add("the ties of '" + spec.name + "' have weights so small that a new one of weight 1 is beyond them",
                     spec.dynamics->where, "divide the weights by their mean, or leave 'visits' out");
    if (spec.dynamics->visits && layer->unit > 1)
      complaints.add("the ties of '" + spec.name + "' have weights so large that a new one of weight 1 vanishes",
                     spec.dynamics->where, "divide the weights by their mean, or leave 'visits' out");
    model.dynamics.push_back(std::move(made));
  }
}

}  // namespace hansa
