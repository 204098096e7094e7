/// Lets ties live, step by step.
#include "run/living_networks.hpp"

#include <algorithm>

namespace hansa {

LivingNetworks::LivingNetworks(Model const& model, World const& world) : models_(model.dynamics) {
  for (DynamicsModel const& each : models_) {
    ties_.emplace_back(each.spec, model.clock.steps());
    use_.emplace_back(model.policies.size(), world.cities.size());
    visits_.emplace_back();
    if (each.spec.visits) visits_.back().emplace(each, world.cities, model.seed);
  }
  if (!empty()) adopted_.resize(world.cities.size());
}

void LivingNetworks::begin(Outset const& outset) {
  std::fill(adopted_.begin(), adopted_.end(), std::uint16_t{0});
  for (std::size_t k = 0; k < ties_.size(); ++k) {
    NetworkLayer const& layer = outset.network(*models_[k].network);
    ties_[k].begin(layer);
    use_[k].begin(layer, &ties_[k]);
    if (visits_[k]) visits_[k]->begin(outset.replicate);
  }
}

void LivingNetworks::note(PolicyId policy, std::span<Event const> events) {
  for (Event const& each : events) adopted_[each.city] = static_cast<std::uint16_t>(adopted_[each.city] + each.sign);
  for (TieUse& each : use_) each.note(policy, events);
}

void LivingNetworks::advance(std::int32_t step) {
  for (std::size_t k = 0; k < ties_.size(); ++k) {
    LivingTies& ties = ties_[k];
    ties.open();
    use_[k].settle(step, [&](Index source, Index target, std::uint32_t tie, int policies) {
      ties.use(tie, source, target, policies, step);
    });
    if (step == 0) continue;
    if (visits_[k])
      for (Visit const& each : visits_[k]->find(step, adopted_, ties)) ties.add(each.source, each.target, step);
    ties.close(step);
  }
}

}  // namespace hansa
