/// A mechanism compiled for one policy: how adoptions change what it keeps, and its value M for a batch of cities.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/ids.hpp"
#include "base/parallel.hpp"
#include "world/living_members.hpp"
#include "world/living_ties.hpp"
#include "world/redraw.hpp"

namespace hansa {

/// An adoption (+1) or abandonment (-1) of one policy in one step. Events of a step are sorted by city.
struct Event {
  Index city;
  std::int32_t episode;  ///< 0 for the first time at risk
  std::int8_t sign;
};

/// Cities whose pressure must be computed anew before the next step. Adding a city twice is harmless.
struct Touched {
  Index* list = nullptr;  ///< where to append; null: only `seen` is set, and a scan finds them
  /// With a list a byte per city: 0 untouched, 1 touched (or no longer at risk). Without one a bit per city, since a
  /// large world's would not stay in the cache: city i is bit i % 8 of byte i / 8.
  std::uint8_t* seen = nullptr;
  std::uint32_t count = 0;
  bool everybody = false;  ///< set by a term whose value may have changed for all
  void add(Index city) noexcept {
    if (list == nullptr) {
      seen[city / 8] |= static_cast<std::uint8_t>(1u << city % 8);
      return;
    }
    list[count] = city;
    count += seen[city] == 0;
    seen[city] |= 1;
  }
};

/// One term's state in one replicate.
struct Kept {
  virtual ~Kept() = default;
};

/// The current step: `label` is the time label; `step` counts from 1 (label = start), 0 is the state before the first.
struct Moment {
  std::int32_t step;
  std::int32_t label;
};

/// One replicate as the terms see it when it begins. The networks outlive the replicate.
struct Outset {
  std::uint64_t seed = 0;
  std::int64_t replicate = 0;
  Redraw const* networks = nullptr;             ///< those that are drawn anew in each replicate; null: none is
  std::span<LivingTies const> living = {};      ///< of the networks whose ties have dynamics
  std::span<LivingMembers const> members = {};  ///< of the collaborations that are followed
  /// A network of the world as this replicate has it.
  [[nodiscard]] NetworkLayer const& network(NetworkLayer const& layer) const noexcept {
    return networks == nullptr ? layer : networks->of(layer);
  }
  /// The state of a network's ties; null where they have none.
  [[nodiscard]] LivingTies const* living_ties(NetworkLayer const& layer) const noexcept {
    for (LivingTies const& each : living)
      if (each.layer().hash == layer.hash) return &each;
    return nullptr;
  }
  /// The members of a collaboration that recruits, as the replicate has them; null of others, and where nobody follows
  /// them: then they are those of the data.
  [[nodiscard]] LivingMembers const* living_members(Collaboration const& collaboration) const noexcept {
    for (LivingMembers const& each : members)
      if (collaboration.recruits && each.collaboration().hash == collaboration.hash) return &each;
    return nullptr;
  }
};

/// What the cities believe of a policy's performance: n means and n precisions, or none.
struct Beliefs {
  std::span<double const> mean;
  std::span<double const> precision;
};

/// What M = 1 does to a city. `pressure`: M times the strength is added to η. `mandate`: the city is bound to adopt,
/// with compliance(). `bar`: it cannot. Of the last two M is 0 or 1 and, once 1, stays so.
enum class Force { pressure, mandate, bar };

/// What M of a city drifts from: a number, as the end of a step left it.
struct DriftStart {
  double value = 0;
  std::int32_t at = 0;
};

/// Whether a belief counts as it is, or as it was before anybody had learned.
enum class Believed { now, at_first };

/// Const and shared by all threads. Contract of the order of calls in step t: apply and apply_other with the events of
/// t, then advance(t), then touch_drifting() if the term drifts and nobody asks for drift(), then value(touched) for
/// the decisions of t + 1. M is a function of the state that these leave.
class Term {
 public:
  virtual ~Term() = default;
  [[nodiscard]] virtual std::unique_ptr<Kept> keep() const = 0;  ///< once per thread
  virtual void reset(Kept&, Outset const&) const = 0;            ///< once per replicate: nobody has adopted, step 0
  virtual void apply(Kept&, std::span<Event const>, Touched&) const = 0;  ///< own policy
  /// The same with a crew at hand, for many events at a time.
  virtual void apply_together(Kept& kept, std::span<Event const> events, Touched& touched, Crew&) const {
    apply(kept, events, touched);
  }
  virtual void apply_other(Kept&, PolicyId, std::span<Event const>, Touched&) const {}
  /// Moves what depends on the date to the state that the decisions of step moment.step + 1 see (memberships of that
  /// step, …). Called once after each step and once before the first (moment.step == 0).
  virtual void advance(Kept&, Moment, Touched&) const {}
  /// M for at most 256 cities, unscaled by strength.
  virtual void value(Kept const&, std::span<Index const> cities, float* m) const = 0;
  virtual void value(Kept const&, std::span<Index const> cities, double* m) const = 0;
  /// The same of cities that have adopted, as if they had not: the adoption that is in force does not count.
  virtual void value_of_adopters(Kept const& kept, std::span<Index const> cities, double* m) const {
    value(kept, cities, m);
  }
  /// True if M of a city falls towards 0, and never below it, in steps in which nothing touches the city: all that
  /// drifting does is known beforehand. Then who depends on M asks for drift(), or calls touch_drifting().
  [[nodiscard]] virtual bool drifts() const noexcept { return false; }
  /// What M of each city drifts from, until something touches the city.
  virtual void find_starts(Kept const&, std::span<Index const>, DriftStart*) const {}
  /// M in the decisions of steps since + 1 … since + n of a city that had the level at the end of step `since`, and
  /// that nothing touched in steps since + 1 … since + n - 1. n <= 256.
  virtual void drift(Kept const&, DriftStart const&, std::int32_t /*since*/, std::span<float> /*m*/) const {}
  virtual void drift(Kept const&, DriftStart const&, std::int32_t /*since*/, std::span<double> /*m*/) const {}
  /// After advance(): touches every city whose M drifts. Without it they are touched by events alone.
  virtual void touch_drifting(Kept&, Touched&) const {}
  /// M as if what a collaboration produces were all that it can: its share of adopters is 1.
  virtual void value_if_all(Kept const& kept, Collaboration const&, std::span<Index const> cities, double* m) const {
    value(kept, cities, m);
  }
  [[nodiscard]] virtual Force force() const noexcept { return Force::pressure; }
  /// Of a mandate: chance that a city that it binds adopts in a step by that alone.
  [[nodiscard]] virtual double compliance(Index) const { return 1; }
  /// What the cities believe after advance(); empty where the term keeps no beliefs.
  [[nodiscard]] virtual Beliefs beliefs(Kept const&) const { return {}; }
  /// True if cities form beliefs by it; then own_beliefs() gives them.
  [[nodiscard]] virtual bool keeps_beliefs() const noexcept { return false; }
  /// What adopters expect the policy's performance to be in their own hands, after advance(); a number a city.
  virtual void own_beliefs(Kept const&, Believed, std::span<Index const>, double*) const {}
  /// True if cities take over each other's beliefs, which then may never settle; belief_period() tells.
  [[nodiscard]] virtual bool averages_beliefs() const noexcept { return false; }
  /// After the last step: 1 where beliefs have settled, p where they come back to what they were p steps before, 0
  /// where neither can be seen.
  [[nodiscard]] virtual std::int32_t belief_period(Kept const&) const { return 1; }
  /// Bytes of the state per city, for the memory estimate.
  [[nodiscard]] virtual std::size_t bytes_per_city() const noexcept { return 0; }
};

/// Gives a mechanism both lanes from one template `evaluate<Lane>(kept, cities, m)`.
template <class Mechanism>
class TermOf : public Term {
 public:
  void value(Kept const& kept, std::span<Index const> cities, float* m) const final {
    static_cast<Mechanism const*>(this)->template evaluate<float>(kept, cities, m);
  }
  void value(Kept const& kept, std::span<Index const> cities, double* m) const final {
    static_cast<Mechanism const*>(this)->template evaluate<double>(kept, cities, m);
  }
};

}  // namespace hansa
