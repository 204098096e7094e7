/// Counts per replicate, gathered and condensed.
#include "tell/summary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "measures/observed.hpp"
#include "measures/quantiles.hpp"
#include "tell/frequencies.hpp"
#include "tell/members_counts.hpp"

namespace hansa {

namespace {

constexpr std::int32_t not_reached = std::numeric_limits<std::int32_t>::max();

/// What is kept of one policy in one replicate.
struct PolicyCounts {
  std::int32_t adopters = 0;
  std::int32_t half = not_reached;  ///< label
  std::vector<std::int32_t> groups;
  std::vector<std::int32_t> subset;  ///< as in the history
  std::vector<double> by_mechanism;
  std::int32_t belief_period = no_period;
  std::vector<double> costs;  ///< spending, unit cost at the start and the end; empty where the cost is not stated
};

/// What is kept of budgets, ties in use and fees in one replicate; what there is none of is empty.
struct ResourceCounts {
  std::vector<double> budgets;  ///< at the end: of all cities, then of the groups
  std::optional<double> ties_used, fees;
};

struct Counts : Packet {
  bool failed = false;
  std::vector<PolicyCounts> policies;
  std::vector<SeedCounts> seeds;
  std::vector<SubsidyCounts> subsidies;
  ResourceCounts resources;
  std::vector<MembersCounts> members;
};

/// Calls with each city that is in a group, and the group.
template <class Take>
void for_each_member(RecordPlan const& plan, Index cities, Take const& take) {
  std::size_t first = 0;
  for (TextColumn const* column : plan.groupings) {
    for (Index i = 0; i < cities; ++i) {
      if (column->code[i] >= 0) take(i, first + static_cast<std::size_t>(column->code[i]));
    }
    first += column->labels.size();
  }
}

std::vector<GroupSummary> groups_of(RecordPlan const& plan, Index cities) {
  std::vector<GroupSummary> groups;
  for (std::size_t g = 0; g < plan.groupings.size(); ++g) {
    for (std::string const& label : plan.groupings[g]->labels) groups.push_back({plan.grouping_names[g], label, 0, {}});
  }
  for_each_member(plan, cities, [&](Index, std::size_t group) { ++groups[group].cities; });
  return groups;
}

/// Adds what the data tell where the plan compares.
void compare(PolicyRecords const& records, Subset const& subset, RecordPlan const& plan, Clock const& clock,
             PolicySummary& summary) {
  auto const cities = static_cast<Index>(subset.cities.size());
  summary.compared_at = clock.start + subset.step - 1;
  summary.compared.emplace().cities = std::count(subset.cities.begin(), subset.cities.end(), 1);
  std::vector<std::uint8_t> has(cities, 0);
  for (Index const city : observed_adopters(records, summary.compared_at)) {
    has[city] = 1;
    ++(subset.cities[city] != 0 ? summary.compared->observed : summary.observed_elsewhere);
  }
  for_each_member(plan, cities, [&](Index i, std::size_t group) {
    if (subset.cities[i] == 0) return;
    std::optional<Compared>& compared = summary.groups[group].compared;
    if (!compared) compared.emplace();
    ++compared->cities;
    compared->observed += has[i];
  });
}

/// What is the same in every replicate.
PolicySummary fixed_part(World const& world, Model const& model, RecordPlan const& plan, std::size_t p) {
  PolicyModel const& policy = model.policies[p];
  PolicyRecords const& records = world.records[p];
  Index const cities = world.cities.size();
  PolicySummary summary;
  summary.policy = policy.name;
  summary.groups = groups_of(plan, cities);
  std::vector<Risk> const risk = risks(policy, model.clock, cities);
  summary.at_risk = std::count(risk.begin(), risk.end(), Risk::at_risk);
  summary.sources_only = std::count(risk.begin(), risk.end(), Risk::none);
  for (DatedEvent const& each : policy.dated) summary.given += each.event.sign > 0 ? 1 : 0;
  if (records.observed.empty()) return summary;
  std::vector<std::uint8_t> const known = known_cities(records, cities);
  summary.unknown = std::count(known.begin(), known.end(), 0);
  if (p < plan.subsets.size() && plan.subsets[p].step > 0)
    compare(records, plan.subsets[p], plan, model.clock, summary);
  return summary;
}

/// First label at which at least half of all cities have adopted.
std::int32_t half_label(std::vector<std::int32_t> const& adopters, Clock const& clock, std::int64_t cities) {
  for (std::size_t t = 0; t < adopters.size(); ++t) {
    if (2 * std::int64_t{adopters[t]} >= cities) return clock.start + static_cast<std::int32_t>(t);
  }
  return not_reached;
}

PolicyCounts count(PolicyHistory const& history, Model const& model, std::int64_t cities) {
  auto const steps = static_cast<std::size_t>(model.clock.steps());
  PolicyCounts counts;
  counts.adopters = history.adopters.back();
  counts.subset = history.subset;
  counts.belief_period = history.belief_period;
  counts.half = half_label(history.adopters, model.clock, cities);
  for (std::vector<std::int32_t> const& by : history.adopters_by) {
    for (std::size_t g = 0; g < by.size() / steps; ++g) counts.groups.push_back(by[(g + 1) * steps - 1]);
  }
  if (!history.spending.empty()) {
    double const all = std::accumulate(history.spending.begin(), history.spending.end(), 0.0);
    counts.costs = {all, history.unit_cost.front(), history.unit_cost.back()};
  }
  if (history.adoptions_by_mechanism.empty()) return counts;
  counts.by_mechanism.resize(model.mechanisms.size(), 0.0);
  for (std::size_t m = 0; m < counts.by_mechanism.size(); ++m) {
    for (std::size_t t = 0; t < steps; ++t) counts.by_mechanism[m] += history.adoptions_by_mechanism[m * steps + t];
  }
  return counts;
}

ResourceCounts count(SharedHistory const& history, std::size_t steps) {
  ResourceCounts counts;
  auto const sum = [](std::vector<double> const& values) { return std::accumulate(values.begin(), values.end(), 0.0); };
  if (!history.budget.empty()) counts.budgets.push_back(history.budget.back());
  for (std::vector<double> const& by : history.budget_by)
    for (std::size_t g = 0; g < by.size() / steps; ++g) counts.budgets.push_back(by[(g + 1) * steps - 1]);
  if (!history.ties_used.empty()) counts.ties_used = sum(history.ties_used);
  if (!history.fees.empty()) counts.fees = sum(history.fees);
  return counts;
}

}  // namespace

struct Tally::State {
  Scenario const& scenario;
  World const& world;
  Model const& model;
  std::vector<PolicySummary> fixed;
  std::int64_t replicates = 0;
  // By policy; groups and subsets by policy, then by group (subsets: after all).
  std::vector<Frequencies> adopters, halves;
  std::vector<std::vector<Frequencies>> groups, subsets;
  std::vector<std::vector<double>> by_mechanism;  ///< summed in order of replicates
  std::vector<std::array<std::int64_t, 4>> seeds = {};
  std::vector<std::vector<std::array<double, 3>>> costs = {};      ///< by policy: of each replicate
  std::vector<std::vector<double>> paid = {};                      ///< by intervention: of each replicate
  std::vector<Frequencies> spent = {};                             ///< by intervention
  std::vector<ResourceCounts> resources = {};                      ///< of each replicate
  std::vector<std::vector<MembersCounts>> members = {};            ///< of each replicate, by collaboration
  std::vector<std::map<std::int32_t, std::int64_t>> periods = {};  ///< by policy: replicates, by period of beliefs
};

Tally::Tally(Scenario const& scenario, World const& world, Model const& model, RecordPlan const& plan)
    : state_(new State{scenario, world, model, {}, 0, {}, {}, {}, {}, {}, {}, {}}) {
  std::size_t const policies = model.policies.size();
  for (std::size_t p = 0; p < policies; ++p) state_->fixed.push_back(fixed_part(world, model, plan, p));
  state_->adopters.resize(policies);
  state_->halves.resize(policies);
  state_->costs.resize(policies);
  state_->periods.resize(policies);
  state_->by_mechanism.assign(policies, std::vector<double>(model.mechanisms.size(), 0.0));
  for (PolicySummary const& each : state_->fixed) {
    state_->groups.emplace_back(each.groups.size());
    state_->subsets.emplace_back(each.compared ? 1 + each.groups.size() : 0);
  }
}

Tally::~Tally() = default;

std::unique_ptr<Packet> Tally::pack(History const& history) {
  auto counts = std::make_unique<Counts>();
  counts->failed = !history.failure.empty();
  if (!counts->failed) {
    for (PolicyHistory const& each : history.policies) {
      counts->policies.push_back(count(each, state_->model, state_->world.cities.size()));
    }
    counts->seeds = history.seeds;
    counts->subsidies = history.subsidies;
    counts->resources = count(history.shared, static_cast<std::size_t>(state_->model.clock.steps()));
    counts->members = count_members(history.shared, state_->model.clock);
  }
  return counts;
}

void Tally::put(std::int64_t, std::unique_ptr<Packet> packet) {
  auto& counts = static_cast<Counts&>(*packet);
  if (counts.failed) return;
  ++state_->replicates;
  state_->seeds.resize(counts.seeds.size());
  for (std::size_t k = 0; k < counts.seeds.size(); ++k) {
    SeedCounts const& each = counts.seeds[k];
    state_->seeds[k][0] += each.seeded;
    state_->seeds[k][1] += each.failed;
    state_->seeds[k][2] += each.adopters;
    state_->seeds[k][3] += each.excluded;
  }
  state_->paid.resize(counts.subsidies.size());
  state_->spent.resize(counts.subsidies.size());
  for (std::size_t k = 0; k < counts.subsidies.size(); ++k) {
    if (state_->model.interventions[k].verb != "subsidy") continue;
    state_->paid[k].push_back(counts.subsidies[k].paid);
    if (counts.subsidies[k].spent != never) state_->spent[k].add(counts.subsidies[k].spent);
  }
  if (!counts.members.empty()) state_->members.push_back(std::move(counts.members));
  bool const any = !counts.resources.budgets.empty() || counts.resources.fees;
  if (any) state_->resources.push_back(std::move(counts.resources));
  for (std::size_t p = 0; p < counts.policies.size(); ++p) {
    PolicyCounts const& policy = counts.policies[p];
    state_->adopters[p].add(policy.adopters);
    if (policy.half != not_reached) state_->halves[p].add(policy.half);
    for (std::size_t g = 0; g < policy.groups.size(); ++g) state_->groups[p][g].add(policy.groups[g]);
    for (std::size_t k = 0; k < state_->subsets[p].size(); ++k) state_->subsets[p][k].add(policy.subset[k]);
    if (policy.belief_period != no_period) ++state_->periods[p][policy.belief_period];
    if (!policy.costs.empty()) state_->costs[p].push_back({policy.costs[0], policy.costs[1], policy.costs[2]});
    for (std::size_t m = 0; m < policy.by_mechanism.size(); ++m) state_->by_mechanism[p][m] += policy.by_mechanism[m];
  }
}

namespace {

Spread spread(Frequencies const& values) {
  return {values.quantile(0.05), values.quantile(0.5), values.quantile(0.95)};
}

Spread spread(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return {quantile(values, 0.05), quantile(values, 0.5), quantile(values, 0.95)};
}

std::vector<MechanismShare> shares_of(std::vector<double> const& totals, std::vector<std::string> const& names) {
  double all = 0;
  for (double const each : totals) all += each;
  std::vector<MechanismShare> shares;
  for (std::size_t m = 0; m < totals.size(); ++m) {
    if (totals[m] != 0) shares.push_back({names[m], totals[m] / all});
  }
  std::stable_sort(shares.begin(), shares.end(), [](auto const& a, auto const& b) { return a.share > b.share; });
  return shares;
}

/// `costs`: spending, unit cost at the start and the end, of each replicate in their order.
CostSummary cost_summary(std::vector<std::array<double, 3>> const& costs) {
  std::vector<double> spending;
  std::array<double, 2> sums{};
  for (auto const& [all, first, last] : costs) {
    spending.push_back(all);
    sums[0] += first;
    sums[1] += last;
  }
  auto const mean = [&](double sum) {
    return std::isnan(sum) ? std::nullopt : std::optional(sum / static_cast<double>(costs.size()));
  };
  return {spread(std::move(spending)), mean(sums[0]), mean(sums[1])};
}

/// `periods`: replicates by PolicyHistory::belief_period.
BeliefSummary belief_summary(std::map<std::int32_t, std::int64_t> const& periods) {
  BeliefSummary summary;
  for (auto const& [period, count] : periods) {
    if (period > 1) summary.circling.emplace(period, count);
    if (period == 1) summary.settled = count;
    if (period < 1) summary.moving = count;
  }
  return summary;
}

SubsidySummary subsidy_summary(InterventionModel const& model, std::vector<double> const& paid,
                               Frequencies const& spent) {
  SubsidySummary summary{
      model.name,   model.label,  model.until.value_or(model.label), static_cast<std::int64_t>(model.cities),
      spread(paid), spent.count()};
  if (spent.count() > 0) summary.spent_at = spread(spent);
  return summary;
}

/// `groups`: of any policy; the same for all.
ResourceSummary resource_summary(std::vector<ResourceCounts> const& all, std::vector<GroupSummary> const& groups) {
  ResourceSummary summary;
  if (all.empty()) return summary;
  auto const over = [&](auto const& number) {
    std::vector<double> values;
    for (ResourceCounts const& each : all) values.push_back(number(each));
    return spread(std::move(values));
  };
  for (std::size_t k = 0; k < all.front().budgets.size(); ++k) {
    Spread const budget = over([&](ResourceCounts const& each) { return each.budgets[k]; });
    if (k == 0) summary.budgets.push_back({{}, {}, budget});
    if (k > 0) summary.budgets.push_back({groups.at(k - 1).attribute, groups[k - 1].label, budget});
  }
  if (all.front().ties_used) summary.ties_used = over([](ResourceCounts const& each) { return *each.ties_used; });
  if (all.front().fees) summary.fees = over([](ResourceCounts const& each) { return *each.fees; });
  return summary;
}

MembersSummary members_summary(Model const& model, std::size_t k, std::vector<std::vector<MembersCounts>> const& all) {
  MembersModel const& of = model.members[k];
  MembersSummary summary{of.collaboration->name, {}};
  if (of.pledge) summary.pledged = model.policies[of.pledge->policy.value].name;
  std::vector<double> members, at, kept;
  for (std::vector<MembersCounts> const& each : all) {
    members.push_back(each[k].members);
    if (!each[k].concluded) continue;
    at.push_back(*each[k].concluded);
    kept.push_back(each[k].kept);
  }
  summary.concluded = static_cast<std::int64_t>(at.size());
  summary.members = spread(std::move(members));
  if (summary.concluded > 0) {
    summary.at = spread(std::move(at));
    summary.kept = spread(std::move(kept));
  }
  return summary;
}

SeedSummary seed_summary(InterventionModel const& model, std::array<std::int64_t, 4> const& totals,
                         std::int64_t replicates) {
  auto const mean = [&](std::int64_t total) { return static_cast<double>(total) / static_cast<double>(replicates); };
  return {model.name,      model.label,     static_cast<std::int64_t>(model.cities),
          model.cost,      mean(totals[0]), mean(totals[1]),
          mean(totals[2]), mean(totals[3])};
}

}  // namespace

Summary Tally::summary() const {
  State const& state = *state_;
  Summary summary{state.scenario.title, state.model.clock, state.world.cities.size(), state.replicates, {}};
  for (std::size_t p = 0; p < state.fixed.size(); ++p) {
    PolicySummary policy = state.fixed[p];
    policy.reached_half = state.halves[p].count();
    if (state.halves[p].count() > 0) policy.time_to_half = spread(state.halves[p]);
    if (state.replicates > 0) {
      policy.adopters = spread(state.adopters[p]);
      if (policy.compared) policy.compared->adopters = spread(state.subsets[p][0]);
      for (std::size_t g = 0; g < policy.groups.size(); ++g) {
        GroupSummary& group = policy.groups[g];
        group.adopters = spread(state.groups[p][g]);
        if (group.compared) group.compared->adopters = spread(state.subsets[p][1 + g]);
      }
    }
    if (!state.periods[p].empty()) policy.beliefs = belief_summary(state.periods[p]);
    if (!state.costs[p].empty()) policy.cost = cost_summary(state.costs[p]);
    policy.shares = shares_of(state.by_mechanism[p], state.model.mechanisms);
    summary.policies.push_back(std::move(policy));
  }
  summary.currency = state.scenario.currency;
  if (!state.fixed.empty()) summary.resources = resource_summary(state.resources, state.fixed.front().groups);
  for (std::size_t k = 0; !state.members.empty() && k < state.model.members.size(); ++k)
    summary.collaborations.push_back(members_summary(state.model, k, state.members));
  for (std::size_t k = 0; k < state.seeds.size(); ++k) {
    InterventionModel const& each = state.model.interventions[k];
    if (each.verb == "seed") summary.seeds.push_back(seed_summary(each, state.seeds[k], state.replicates));
    bool const pays = each.verb == "subsidy" && state.model.policies[each.policy->value].cost;
    if (pays) summary.subsidies.push_back(subsidy_summary(each, state.paid[k], state.spent[k]));
  }
  return summary;
}

}  // namespace hansa
