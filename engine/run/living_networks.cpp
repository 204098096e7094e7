/// Lets ties live, step by step.
#include "run/living_networks.hpp"

#include <algorithm>
#include <limits>

namespace hansa {

LivingNetworks::LivingNetworks(Model const& model, World const& world) : world_(world), models_(model.dynamics) {
  for (DynamicsModel const& each : models_) {
    ties_.emplace_back(each.spec, model.clock.steps());
    use_.emplace_back(model.policies.size(), world.cities.size());
    visits_.emplace_back();
    if (each.spec.visits) visits_.back().emplace(each, world.cities, model.seed);
  }
  if (!empty()) adopted_.resize(world.cities.size());
}

void LivingNetworks::begin(Outset const& outset) {
  outset_ = outset;
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

void LivingNetworks::tell(std::int32_t step, Recorder& recorder) const {
  if (step == 0) return;
  for (std::size_t k = 0; k < world_.networks.size(); ++k) {
    auto const living = std::find_if(ties_.begin(), ties_.end(), [&](LivingTies const& each) {
      return each.layer().hash == world_.networks[k].hash;
    });
    std::uint64_t count = 0;
    double sum = 0;
    if (living != ties_.end()) {
      living->for_each([&](std::uint32_t tie) {
        ++count;
        sum += static_cast<double>(living->strength(tie, step)) * 0x1p-63;
      });
    } else {
      NetworkLayer const& layer = outset_.network(world_.networks[k]);
      for (std::uint32_t e = 0; e < layer.ties(); ++e)
        count += !layer.dated() || (layer.from[e] <= step && step <= layer.until[e]) ? 1 : 0;
      sum = static_cast<double>(count);
    }
    double const none = std::numeric_limits<double>::quiet_NaN();
    recorder.ties(k, step, count, count > 0 ? sum / static_cast<double>(count) : none);
  }
}

}  // namespace hansa
