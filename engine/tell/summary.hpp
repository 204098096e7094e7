/// What a run came to, in the few numbers that its closing table shows.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "record/recorder.hpp"
#include "record/sink.hpp"
#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace hansa {

/// 5, 50 and 95 % over the replicates that did not fail.
struct Spread {
  double low = 0, median = 0, high = 0;
};

/// Simulated and observed adopters among the same cities: those that may adopt in the run and of which data tell.
struct Compared {
  std::int64_t cities = 0;
  Spread adopters;
  std::int64_t observed = 0;
};

/// The cities with one value of a grouping attribute; those without a value are in no group.
struct GroupSummary {
  std::string attribute;
  std::string label;
  std::int64_t cities = 0;
  Spread adopters;
  std::optional<Compared> compared = {};  ///< nothing where the data tell of none of its cities
};

struct MechanismShare {
  std::string mechanism;
  double share;  ///< of all attributed adoptions, over all replicates
};

/// What a policy cost the cities.
struct CostSummary {
  Spread spending;                    ///< of all cities in all steps
  std::optional<double> first, last;  ///< mean cost over cities and replicates at both ends of the clock
};

/// Replicates by what beliefs do in their end, where cities average those of others.
struct BeliefSummary {
  std::int64_t settled = 0;
  std::map<std::int32_t, std::int64_t> circling = {};  ///< by period, from 2 on
  std::int64_t moving = 0;                             ///< without a period that could be seen
};

struct PolicySummary {
  std::string policy;
  Spread adopters;                            ///< at the end of the clock
  std::optional<Spread> time_to_half;         ///< over the replicates that reached half of all cities
  std::int64_t reached_half = 0;              ///< replicates
  std::int64_t at_risk = 0;                   ///< cities that decide at some step
  std::int64_t given = 0;                     ///< adoptions dated by data: initial and replayed
  std::int64_t sources_only = 0;              ///< cities that may not adopt in the run
  std::vector<GroupSummary> groups;           ///< at the end of the clock; what is compared, at `compared_at`
  std::optional<CostSummary> cost = {};       ///< nothing where the cost is not stated
  std::optional<BeliefSummary> beliefs = {};  ///< nothing where cities do not average beliefs
  std::vector<MechanismShare> shares;         ///< largest first; none where nobody adopted
  std::optional<Compared> compared;           ///< nothing where no observation lies after the replay
  std::int32_t compared_at = 0;               ///< label: the last one of the observations, or of the clock
  std::int64_t observed_elsewhere = 0;        ///< adopters in the data at `compared_at` that may not adopt in the run
  std::int64_t unknown = 0;                   ///< cities that the file of adopters neither names nor covers
};

/// What became of the cities of a seed, mean over the replicates that did not fail.
struct SeedSummary {
  std::string intervention;
  std::int32_t label = 0;
  std::int64_t cities = 0;
  std::optional<double> cost = {};
  double seeded = 0, failed = 0, adopters = 0, excluded = 0;  ///< of SeedCounts
};

/// What a subsidy came to, over the replicates that did not fail.
struct SubsidySummary {
  std::string intervention;
  std::int32_t label = 0, until = 0;
  std::int64_t cities = 0;
  Spread paid;
  std::int64_t spent = 0;               ///< replicates in which its budget was spent
  std::optional<Spread> spent_at = {};  ///< in these: the step
};

/// Of some cities: what one has at the end of the clock, a mean over them.
struct BudgetSummary {
  std::string attribute, label;  ///< of the group; empty: of all cities
  Spread budget;
};

/// What cities had, and what they paid and gained besides the costs of policies.
struct ResourceSummary {
  std::vector<BudgetSummary> budgets = {};  ///< of all cities, then of the groups; empty without budgets
  std::optional<Spread> ties_used = {};     ///< in all steps; a tie counts once in each
  std::optional<Spread> fees = {};          ///< in all steps
};

/// The members of a collaboration that recruits or has a pledge.
struct MembersSummary {
  std::string collaboration;
  Spread members;                   ///< at the end
  std::string pledged = {};         ///< the policy that they pledge; empty: none
  std::int64_t concluded = 0;       ///< replicates in which pledges were kept
  std::optional<Spread> at = {};    ///< in these: the step,
  std::optional<Spread> kept = {};  ///< and the adoptions
};

struct Summary {
  std::string title;
  Clock clock;
  std::int64_t cities = 0;
  std::int64_t replicates = 0;  ///< that did not fail
  std::vector<PolicySummary> policies;
  std::vector<SeedSummary> seeds = {};         ///< sorted by name
  std::vector<SubsidySummary> subsidies = {};  ///< of policies whose cost is stated; sorted by name
  std::string currency = {};                   ///< of all costs; empty: not stated
  ResourceSummary resources = {};
  std::vector<MembersSummary> collaborations = {};  ///< sorted by name
};

/// Gathers the summary from histories: a few numbers a replicate, whatever the number of cities. What the plan's
/// subsets count is compared with the data. What is referred to must outlive it.
class Tally : public Sink {
 public:
  Tally(Scenario const& scenario, World const& world, Model const& model, RecordPlan const& plan);
  ~Tally() override;
  [[nodiscard]] std::unique_ptr<Packet> pack(History const& history) override;
  void put(std::int64_t replicate, std::unique_ptr<Packet> packet) override;
  /// Of the replicates put until now. One thread.
  [[nodiscard]] Summary summary() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hansa
