/// To what the adoptions of one policy are attributed that are neither seeded nor complied with.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "model/model.hpp"
#include "record/recorder.hpp"
#include "run/attribution.hpp"
#include "run/bars.hpp"
#include "run/kept_pledges.hpp"
#include "run/predictor.hpp"

namespace hansa {

template <class Lane>
class Deciders {
 public:
  /// All outlive it.
  Deciders(PolicyModel const& policy, PolicyId id, Predictor<Lane>& predictor, Hindrances const& hindrances)
      : policy_(policy), id_(id), predictor_(predictor), hindrances_(hindrances) {}

  /// `deciders`: those of the step, ascending. Who keeps a pledge is moved by what made it pledge, as that is now.
  void attribute_decisions(std::span<Index const> deciders, KeptPledges& kept, std::int32_t step, Recorder& recorder) {
    attribute_to_pressure(under_no_law(kept.others(deciders), step, recorder), step, nullptr, recorder);
    for (KeptPledges::Group const& each : kept.groups())
      attribute_to_pressure(each.cities, step, each.collaboration, recorder);
  }

 private:
  /// Leaves out who lacked what the policy requires: a mandate alone made them adopt.
  std::span<Index const> under_no_law(std::span<Index const> adopters, std::int32_t step, Recorder& recorder) {
    if (!hindrances_.may_lack()) return adopters;
    decided_.assign(adopters.begin(), adopters.end());
    auto const bound =
        std::stable_partition(decided_.begin(), decided_.end(), [&](Index city) { return !hindrances_.lacks(city); });
    share_mandates({bound, decided_.end()}, step, recorder);
    return {decided_.begin(), bound};
  }

  /// Of those whom nothing but mandates made adopt.
  void share_mandates(std::span<Index const> bound, std::int32_t step, Recorder& recorder) {
    Mandates<Lane> const& mandates = predictor_.mandates();
    if (mandates.laws().empty())
      return recorder.attribute(id_, step, std::size_t(Reserved::intervention), bound, EventKind::mandate);
    shares_.clear();
    for (Index const city : bound) shares_.push_back(mandates.part_of_interventions(city));
    recorder.attribute(id_, step, std::size_t(Reserved::intervention), bound, shares_, EventKind::mandate);
    for (std::size_t law = 0; law < mandates.laws().size(); ++law) {
      shares_.clear();
      for (Index const city : bound) shares_.push_back(mandates.part_of_law(law, city));
      recorder.attribute(id_, step, mandates.laws().law(law).mechanism, bound, shares_, EventKind::mandate);
    }
  }

  /// `kept`: the collaboration to which they had pledged; null: none.
  void attribute_to_pressure(std::span<Index const> cities, std::int32_t step, Collaboration const* kept,
                             Recorder& recorder) {
    EventKind const kind = kept == nullptr ? EventKind::adoption : EventKind::pledge;
    for (; !cities.empty(); cities = cities.subspan(std::min(batch_size, cities.size()))) {
      attribute(policy_, id_, step, predictor_.parts(cities.first(std::min(batch_size, cities.size())), step, kept),
                recorder, kind);
    }
  }

  PolicyModel const& policy_;
  PolicyId id_;
  Predictor<Lane>& predictor_;
  Hindrances const& hindrances_;
  std::vector<Index> decided_;  // in the step, not by law alone
  std::vector<double> shares_;  // of mandates
};

}  // namespace hansa
