/// Watches one replicate and makes its history. One per thread; no result of the run depends on it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "record/event_log.hpp"
#include "record/history.hpp"
#include "world/world.hpp"

namespace hansa {

/// Cities that are counted once more, by themselves, at the end of one step.
struct Subset {
  std::int32_t step = 0;             ///< 0: nothing is counted
  std::vector<std::uint8_t> cities;  ///< per city: 1 if it counts
};

/// What a policy costs in one step.
struct Payments {
  double spending;                  ///< of all cities
  double unit_cost;                 ///< mean over the cities in the world
  std::optional<double> subsidies;  ///< what others pay; nothing where nobody ever does
};

/// What to remember. Shared const.
struct RecordPlan {
  bool adoption_time = true;
  bool attribution = true;
  bool abandonments = false;
  bool beliefs = false;
  bool events = false;
  bool ties = false;
  bool new_adoptions = false;                ///< in each step, also by group
  bool grouped_population = false;           ///< in adopting cities, by group
  std::vector<TextColumn const*> groupings;  ///< `by:`; outlived by the world
  std::vector<std::string> grouping_names;   ///< the attribute of each grouping
  std::vector<std::int64_t> population;      ///< per city, rounded to persons, 0 where missing; empty: not recorded
  std::int64_t total_population = 0;
  std::vector<Subset> subsets;  ///< one a policy; empty: none
};

/// The plan for the scenario's `output` section. Complains of attributes in `by` that are unknown, numeric, named twice
/// or cannot name a variable, and of populations that are negative or above 10^12.
[[nodiscard]] RecordPlan make_plan(OutputSpec const& output, World const& world, Complaints& complaints);

/// Asks for abandonments, where histories are kept and cities can abandon a policy, by data or by a hazard.
void plan_abandonments(Model const& model, RecordPlan& plan);

/// Costs a few nanoseconds an event and O(n) a replicate (the fill of adoption_time), nothing a step.
class Recorder {
 public:
  Recorder(Model const& model, World const& world, RecordPlan const& plan);
  void begin(std::int64_t replicate);
  /// Events of one policy in one step, sorted by city; step 0 for initial adopters. `labels`: one per event, the label
  /// to note (initial adopters have their own). The first adoption of a city is the one that adoption_time keeps.
  void events(PolicyId policy, std::int32_t step, std::span<Event const> events, std::span<std::int32_t const> labels);
  /// What a mechanism (position in Model::mechanisms) has of the adoptions of cities in one step: a share of each.
  /// Called in order of city for each step, before the events of the step; of one city all calls are for the same
  /// cities, and those for one mechanism follow one another. Step 0 lies before the first label and is not kept.
  void attribute(PolicyId policy, std::int32_t step, std::size_t mechanism, std::span<Index const> cities,
                 std::span<double const> shares, EventKind kind = EventKind::adoption);
  /// The same of adoptions that are the mechanism's alone, and what they are.
  void attribute(PolicyId policy, std::int32_t step, std::size_t mechanism, std::span<Index const> cities,
                 EventKind kind = EventKind::adoption);
  /// What became of the cities of a seed: `intervention` is its position in Model::interventions.
  void seeded(std::size_t intervention, SeedCounts const& counts);
  /// What cities pay for a policy whose cost is stated; once in each step.
  void paid(PolicyId policy, std::int32_t step, Payments const& payments);
  /// What a subsidy has paid until now: `intervention` is its position in Model::interventions.
  void subsidised(std::size_t intervention, SubsidyCounts const& counts);
  /// What each city has at the end of a step.
  void budgets(std::int32_t step, std::span<double const> balances);
  /// How many ties were used in a step.
  void ties_used(std::int32_t step, std::int64_t ties);
  /// How many ties a network has at the end of a step (position in World::networks), and their mean strength.
  void ties(std::size_t network, std::int32_t step, std::uint64_t count, double strength);
  [[nodiscard]] bool wants_ties() const noexcept { return plan_.ties; }
  /// What members pay to collaborations in a step.
  void fees(std::int32_t step, double total);
  /// Ends the replicate and hands out its history (valid until the next begin).
  [[nodiscard]] History const& finish();
  /// What the cities believe at the end of a step; nothing for a policy without beliefs.
  void beliefs(PolicyId policy, std::int32_t step, Beliefs const& beliefs);
  /// With which period they move at the end (PolicyHistory::belief_period).
  void belief_period(PolicyId policy, std::int32_t period) { history_.policies[policy.value].belief_period = period; }
  [[nodiscard]] bool wants_attribution() const noexcept { return plan_.attribution || plan_.events; }
  [[nodiscard]] bool wants_beliefs() const noexcept { return plan_.beliefs; }

 private:
  /// Changes of one policy by step; position 0 is before the first step.
  struct Changes {
    std::vector<std::int32_t> adopters;                  ///< T + 1
    std::vector<std::vector<std::int32_t>> adopters_by;  ///< per grouping: groups × (T + 1)
    std::vector<std::int64_t> population;                ///< T + 1 persons; empty if not recorded
  };
  void sum_up(Changes const& changes, PolicyHistory& history) const;
  void begin_groups(PolicyHistory& history) const;
  /// Adoptions and persons by group; `step` 0 lies before the first label.
  void count_groups(PolicyHistory& history, std::size_t step, std::span<Event const> events) const;
  /// The subset of a policy that is counted, or nothing.
  [[nodiscard]] Subset const* subset(std::size_t policy) const noexcept;
  /// share(k) of the adoption of cities[k].
  template <class Share>
  void add_shares(PolicyId policy, std::int32_t step, std::size_t mechanism, std::span<Index const> cities,
                  EventKind kind, Share const& share);
  void count_subset(Subset const& subset, std::span<Event const> events, std::vector<std::int32_t>& counts) const;

  RecordPlan const& plan_;
  std::size_t steps_;
  std::size_t cities_;
  std::size_t mechanisms_;
  std::size_t interventions_;
  std::size_t networks_;
  std::vector<Changes> changes_;
  std::vector<EventLog> logs_;  ///< one a policy; none unless asked for
  History history_;
};

}  // namespace hansa
