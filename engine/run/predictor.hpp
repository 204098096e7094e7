/// The pressure on a batch of cities: baseline, attributes, frailty, trend, and the terms with what they keep.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/parallel.hpp"
#include "model/model.hpp"
#include "run/attribution.hpp"
#include "run/by_date.hpp"
#include "run/costs.hpp"
#include "run/frailty.hpp"
#include "run/mandates.hpp"
#include "run/settle.hpp"
#include "world/world.hpp"

namespace hansa {

/// Pressures on a batch of cities.
template <class Lane>
struct DriftRange {
  alignas(64) std::array<Lane, batch_size> still, least, most;
};

/// One policy in one replicate. What it computes is η for the rules logit, cloglog and threshold (there without
/// attributes and lasting frailty, which lower the threshold), the hazard for additive, the probability for linear.
template <class Lane>
class Predictor {
 public:
  Predictor(Model const& model, World const& world, PolicyId policy);

  void begin(Outset const& outset);
  /// Events of this policy, or of another. `label` of the first adoption anywhere is kept for the trend.
  void follow(std::span<Event const> events, Touched& touched);
  /// The same with a crew at hand.
  void follow(std::span<Event const> events, Touched& touched, Crew& crew);
  void follow_other(PolicyId other, std::span<Event const> events, Touched& touched);
  void note_adoption(std::int32_t label) noexcept;

  /// Brings terms, attributes, strengths, pushes and mandates to the decisions of step + 1.
  void advance(std::int32_t step, Touched& touched);
  /// True if what time adds to all cities alike differs between the decisions of `step` and of step + 1.
  [[nodiscard]] bool turns(std::int32_t step) const noexcept;

  /// Pressure on at most batch_size cities in the decisions of `step`. A negative contribution to an additive hazard
  /// gives -infinity.
  void predict(std::span<Index const> cities, std::int32_t step, Lane* __restrict out) const;
  /// The same if what the collaboration produces were all that it can.
  void predict_if_all(Collaboration const& collaboration, std::span<Index const> cities, std::int32_t step,
                      Lane* out) const;

  /// True if some terms drift, and nothing else moves the pressure on a city that nothing touches.
  [[nodiscard]] bool drifts_alone() const noexcept;
  /// Where no one asks for drift(): touches those whose pressure drifts.
  void touch_drifting(Touched& touched);
  /// The number of terms that drift.
  [[nodiscard]] std::size_t drifting() const noexcept { return drifting_.size(); }
  /// What the pressure on each city drifts from by one of them.
  void find_starts(std::size_t drifting, std::span<Index const> cities, DriftStart* starts) const;
  /// The pressure in the decisions of `step` without the terms that drift, and between what it lies from then on while
  /// nothing touches the cities. At most batch_size cities.
  void predict_drift(std::span<Index const> cities, std::int32_t step, DriftRange<Lane>& out) const;
  /// The pressure in the decisions of steps since + 1 … since + n, of a city that had `still` without the terms that
  /// drift, and their starts; as Term::drift(), but for any n.
  void drift(Index city, Lane still, std::span<DriftStart const> starts, std::int32_t since, std::span<Lane> out) const;

  /// Σ β x + lasting frailty: what lowers a city's threshold.
  [[nodiscard]] double own(Index city) const noexcept;
  /// Hazard that mandates add for each city in the next decisions; null if there are none at all.
  [[nodiscard]] Lane const* mandated() const noexcept { return mandates_.data(); }
  [[nodiscard]] Mandates<Lane> const& mandates() const noexcept { return mandates_; }
  /// Cities whose attributes changed in the last advance().
  [[nodiscard]] std::span<AttributeStep const> changed() const noexcept { return changed_; }
  /// True if what is their own changed then for all cities.
  [[nodiscard]] bool all_changed() const noexcept { return all_changed_; }

  /// What the pressure on deciding cities was made of. Valid until the next call; at most batch_size cities.
  /// `all`: the collaboration that is to produce all that it can; null: none.
  [[nodiscard]] PredictorParts parts(std::span<Index const> cities, std::int32_t step,
                                     Collaboration const* all = nullptr);

  /// Σ M, unscaled, of the terms that lower the cost; of cities that have adopted as if they had not.
  void fall(std::span<Index const> cities, Standing standing, double* m) const;

  /// What cities pay, as it is in the next decisions.
  [[nodiscard]] ReferenceCosts const& reference_costs() const noexcept { return reference_costs_; }
  [[nodiscard]] Subsidies& subsidies() noexcept { return subsidies_; }

  /// Beliefs of the one term that keeps some.
  [[nodiscard]] Beliefs beliefs() const;
  /// What it makes adopters believe of the policy in their own hands.
  void own_beliefs(Believed believed, std::span<Index const> cities, double* beliefs) const;
  /// After the last step; no_period where no term averages beliefs.
  [[nodiscard]] std::int32_t belief_period() const;

 private:
  [[nodiscard]] double trend_at(std::int32_t step) const noexcept;
  [[nodiscard]] double common(std::int32_t step) const noexcept { return trend_at(step) + frailty_.period(step); }
  [[nodiscard]] bool in_base() const noexcept { return !pushes_.empty() && policy_.rule != Rule::additive; }
  template <class Values>
  void predict_still(Values const& values, std::span<Index const> cities, std::int32_t step,
                     Lane* __restrict out) const;
  void value(std::size_t term, std::span<Index const> cities, Lane* __restrict m) const;
  template <class Take>
  void weigh(std::size_t term, std::span<Index const> cities, Lane const* m, Take const& take) const;
  [[nodiscard]] Lane base_of(Index city) const noexcept;
  template <class Values>
  void predict_by(Values const& values, std::span<Index const> cities, std::int32_t step, Lane* __restrict out) const;
  void rebuild();
  void share_mandates(std::span<Index const> cities);
  void advance_numbers(std::int32_t step, Touched& touched);
  template <class Value>
  [[nodiscard]] bool find_cuts(std::span<Index const> cities, Value* cuts) const;
  void advance_attributes(std::int32_t step, Touched& touched);

  PolicyModel const& policy_;
  Clock const& clock_;
  Index n_;
  Frailty frailty_;
  ByDate<double> pushes_;
  Mandates<Lane> mandates_;
  ReferenceCosts reference_costs_;
  Subsidies subsidies_;
  std::int32_t step_ = 1;       // whose decisions come next
  int scales_ = 0;              // mechanisms that lower the cost
  bool personal_;               // what is in base_ differs between cities
  double baseline_, log_time_;  // now
  std::size_t next_baseline_ = 0, next_log_time_ = 0;
  bool all_changed_ = false;
  std::vector<double> attributes_;            // Σ β x now; empty: 0
  std::vector<Lane> base_;                    // baseline + attributes + lasting frailty + pushes (of rule threshold the
                                              // pushes, of rule additive all but them); empty: the same for all
  std::vector<std::vector<Lane>> strengths_;  // per term and city now; empty: one for all
  std::vector<std::unique_ptr<Kept>> kept_;
  std::vector<std::size_t> still_, drifting_;  // terms, by name
  std::size_t next_attribute_ = 0;
  std::vector<std::size_t> next_strength_;
  std::span<AttributeStep const> changed_;
  std::int32_t first_adoption_;
  std::vector<double> theta_m_, x_, f_, pushed_, bound_, of_mandates_;  // of parts()
};

}  // namespace hansa
