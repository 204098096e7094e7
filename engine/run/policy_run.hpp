/// One policy in one replicate: resistances, due dates and the terms' state, from step to step.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/parallel.hpp"
#include "model/model.hpp"
#include "record/recorder.hpp"
#include "run/bars.hpp"
#include "run/budgets.hpp"
#include "run/replicate.hpp"
#include "world/world.hpp"

namespace hansa {

inline constexpr std::size_t block_size = 1024;  ///< events handed to terms at a time

/// Pressure overcomes a city's resistance.
struct Crossing {
  Index city;
  double fraction;   ///< of the step, at which it does; 0 where nothing is consumed
  bool certain;      ///< seeded or replayed
  bool bound;        ///< by a mandate
  bool pays = true;  ///< what the policy costs
};

/// A city's clock stands still from a fraction of the step on.
struct Stop {
  Index city;
  double fraction;
  bool due;            ///< it was to adopt in this step, and does not
  bool waits = false;  ///< and only its budget does not reach, so that it waits until it does
};

/// One per thread and policy, reused. The calls of a step t are, in this order for all policies together: where members
/// pledge find_hazards_of_pledging, then find, there again keep_pledges, where policies are coupled add_crossings and
/// stop, then decide, follow for every policy's events, prepare.
class PolicyRun {
 public:
  virtual ~PolicyRun() = default;
  /// Draws resistances; applies nothing. Step 0. What `outset` names outlives the replicate.
  virtual void begin(Outset const& outset) = 0;
  /// Finds who would adopt in `step` (step 0: initial adopters) if nothing stopped it.
  virtual void find(std::int32_t step, Recorder& recorder) = 0;
  /// Appends what find() found, by city.
  virtual void add_crossings(std::vector<Crossing>& to) const = 0;
  /// True if a mandate binds the city in the step, under a rule with hazards.
  [[nodiscard]] virtual bool is_bound(Index city) const = 0;
  /// What a city would pay for it in the step, subsidies aside; 0 if that is not stated.
  [[nodiscard]] virtual double price(Index city) const = 0;
  /// Hazards by which cities (ascending) come to pledge the policy in `step`, before anything is found in it: those of
  /// adopting, with what the collaboration produces at its most; 0 of who is not at risk.
  virtual void find_hazards_of_pledging(Collaboration const&, std::span<Index const> cities, std::int32_t /*step*/,
                                        double* hazards) {
    std::fill_n(hazards, cities.size(), 0.0);
  }
  /// Whether a city can adopt in the step, at its beginning, so far as this policy goes; after find().
  [[nodiscard]] virtual bool can_keep_pledge(Index) const { return false; }
  /// The cities (ascending), which can, adopt at the beginning of the step, whatever else was found.
  virtual void keep_pledges(Collaboration const&, std::span<Index const>) {}
  [[nodiscard]] virtual bool adopted(Index) const { return false; }
  /// Stops clocks of cities (ascending) in `step`; those that are not at risk are left alone.
  virtual void stop(std::span<Stop const> stops, std::int32_t step) = 0;
  /// Those found that were not stopped adopt; who leaves does. Attributes and records them. Their pressure no longer
  /// counts.
  virtual void decide(std::int32_t step, Recorder& recorder) = 0;
  /// The events that decide() found, in blocks of at most 1024; empty when there are no more.
  [[nodiscard]] virtual std::span<Event const> next_events() = 0;
  /// Applies a block of this policy's own events, or of another's, to the terms.
  virtual void follow(std::span<Event const> events) = 0;
  virtual void follow_other(PolicyId other, std::span<Event const> events) = 0;
  /// Brings memberships, risk set and trend to step + 1 and computes pressures anew where they changed. Beliefs of the
  /// end of `step` go to the recorder.
  virtual void prepare(std::int32_t step, Recorder& recorder) = 0;
};

/// What a run shares with those of the other policies. All outlives it.
struct SharedRun {
  Bars const* bars;  ///< null: nothing bars the policy
  Budgets& budgets;
  Crew& crew;  ///< what is computed does not depend on its size
};

[[nodiscard]] std::unique_ptr<PolicyRun> make_policy_run(Model const& model, World const& world, PolicyId policy,
                                                         Lanes lanes, SharedRun const& shared);

}  // namespace hansa
