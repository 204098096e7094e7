/// Lets ties live, step by step.
#include "run/living_networks.hpp"

#include <algorithm>
#include <limits>

namespace hansa {

LivingNetworks::LivingNetworks(Model const& model, World const& world) : world_(world), models_(model.dynamics) {
  std::int32_t const steps = model.clock.steps();
  for (DynamicsModel const& each : models_) {
    DynamicsSpec const& first = each.by_step.front().spec;
    bool const late = each.network->timing == TieTiming::lagged;
    DynamicsSpec still;  // what is seen late has not changed yet
    still.visits = first.visits;
    ties_.emplace_back(late ? still : first, steps);
    late_.emplace_back();
    if (late) late_.back() = LateTies{LivingTies(first, steps, 1), {}, {}, {}, {}};
    use_.emplace_back(model.policies.size(), world.cities.size());
    visits_.emplace_back();
    if (first.visits) visits_.back().emplace(each, world.cities, model.seed);
  }
  if (!empty()) adopted_.resize(world.cities.size());
}

void LivingNetworks::begin(Outset const& outset) {
  outset_ = outset;
  std::fill(adopted_.begin(), adopted_.end(), std::uint16_t{0});
  for (std::size_t k = 0; k < ties_.size(); ++k) {
    NetworkLayer const& layer = outset.network(*models_[k].network);
    DynamicsSpec const& first = models_[k].by_step.front().spec;
    bool const changed = late_[k] || models_[k].by_step.size() > 1;
    if (changed) {
      now(k).take(first);
      if (late_[k]) ties_[k].take(DynamicsSpec{});
      if (visits_[k]) visits_[k]->take(*first.visits);
    }
    ties_[k].begin(layer);
    if (late_[k]) late_[k]->begin(layer);
    use_[k].begin(layer, &now(k));
    if (visits_[k]) visits_[k]->begin(outset.replicate);
  }
}

/// Those that are seen late take what was so in the step before.
void LivingNetworks::open(std::int32_t step) {
  for (std::size_t k = 0; k < ties_.size(); ++k) {
    for (DynamicsStep const& each : models_[k].by_step) {
      if (each.step == step && step > 1) {
        now(k).take(each.spec, step);
        if (visits_[k]) visits_[k]->take(*each.spec.visits);
      }
      if (late_[k] && each.step + 1 == step) ties_[k].take(each.spec, step);
    }
  }
}

void LivingNetworks::note(PolicyId policy, std::span<Event const> events) {
  for (Event const& each : events) adopted_[each.city] = static_cast<std::uint16_t>(adopted_[each.city] + each.sign);
  for (TieUse& each : use_) each.note(policy, events);
}

/// At the end of `step`.
void LivingNetworks::follow_use(std::size_t k, std::int32_t step) {
  LivingTies& ties = now(k);
  use_[k].settle(step, [&](Index source, Index target, std::uint32_t tie, int policies) {
    ties.use(tie, source, target, policies, step);
    if (late_[k]) late_[k]->uses.push_back({tie, source, target, policies});
  });
}

void LivingNetworks::advance(std::int32_t step) {
  for (std::size_t k = 0; k < ties_.size(); ++k) {
    LivingTies& ties = now(k);
    ties.open();
    if (late_[k]) ties_[k].open();
    follow_use(k, step);
    if (step == 0) continue;
    if (visits_[k]) {
      for (Visit const& each : visits_[k]->find(step, adopted_, ties)) {
        ties.add(each.source, each.target, step);
        if (late_[k]) late_[k]->visits.push_back(each);
      }
    }
    ties.close(step);
    if (late_[k]) late_[k]->follow(ties_[k], step);
  }
}

void LivingNetworks::tell(std::int32_t step, Recorder& recorder) const {
  if (step == 0) return;
  for (std::size_t k = 0; k < world_.networks.size(); ++k) {
    auto const living = std::find_if(models_.begin(), models_.end(), [&](DynamicsModel const& each) {
      return each.network->hash == world_.networks[k].hash;
    });
    std::uint64_t count = 0;
    double sum = 0;
    if (living != models_.end()) {
      LivingTies const& ties = now(static_cast<std::size_t>(living - models_.begin()));
      ties.for_each([&](std::uint32_t tie) {
        ++count;
        sum += static_cast<double>(ties.strength(tie, step)) * 0x1p-63;
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
