/// Counts per replicate, gathered and condensed.
#include "tell/summary.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "tell/frequencies.hpp"

namespace hansa {

namespace {

constexpr std::int32_t not_reached = std::numeric_limits<std::int32_t>::max();

/// What is kept of one policy in one replicate.
struct PolicyCounts {
  std::int32_t adopters = 0;
  std::int32_t half = not_reached;  ///< label
  std::vector<std::int32_t> groups;
  std::vector<double> by_mechanism;
};

struct Counts : Packet {
  bool failed = false;
  std::vector<PolicyCounts> policies;
};

/// What is the same in every replicate.
struct Fixed {
  PolicySummary summary;
  std::size_t step = 0;  ///< of `summary.at`, from 0
};

bool adopted_at(Observation const& row, std::int32_t label) {
  return row.year <= label && (!row.left || *row.left > label);
}

/// Cities that may ever decide on the policy, and those that data let adopt.
std::vector<std::uint8_t> cities_at_risk(PolicyModel const& policy, std::int32_t steps, Index cities) {
  std::vector<std::uint8_t> risk(cities, 1);
  for (Index i = 0; i < cities; ++i) {
    std::int32_t const entry = policy.entry.empty() ? 1 : policy.entry[i];
    std::int32_t const exit = policy.exit.empty() ? steps : policy.exit[i];
    risk[i] = std::max(entry, policy.first_decision) <= exit ? 1 : 0;
  }
  for (DatedEvent const& each : policy.dated) risk[each.event.city] = each.event.sign > 0 ? 0 : 1;
  return risk;
}

void observe(PolicyRecords const& records, RecordPlan const& plan, std::vector<std::uint8_t> const& may_adopt,
             PolicySummary& summary) {
  std::vector<std::uint8_t> named(may_adopt.size(), 0);
  std::vector<std::uint8_t> has(may_adopt.size(), 0);
  for (Observation const& row : records.observed) {
    named[row.city] = 1;
    if (adopted_at(row, summary.at)) has[row.city] = 1;
  }
  auto const covered = [&](std::size_t i) { return records.covered.empty() || records.covered[i] != 0; };
  std::int64_t inside = 0, elsewhere = 0;
  for (std::size_t i = 0; i < may_adopt.size(); ++i) {
    if (has[i] != 0) ++(may_adopt[i] != 0 ? inside : elsewhere);
    if (!covered(i) && named[i] == 0) ++summary.unknown;
  }
  summary.observed = inside;
  summary.observed_elsewhere = elsewhere;
  std::size_t group = 0;
  for (TextColumn const* column : plan.groupings) {
    std::size_t const first = group;
    group += column->labels.size();
    for (std::size_t i = 0; i < may_adopt.size(); ++i) {
      bool const known = covered(i) || named[i] != 0;
      if (column->code[i] < 0 || !known || may_adopt[i] == 0) continue;
      auto& observed = summary.groups[first + static_cast<std::size_t>(column->code[i])].observed;
      observed = observed.value_or(0) + (has[i] != 0 ? 1 : 0);
    }
  }
}

std::vector<GroupSummary> groups_of(RecordPlan const& plan) {
  std::vector<GroupSummary> groups;
  for (std::size_t g = 0; g < plan.groupings.size(); ++g) {
    TextColumn const& column = *plan.groupings[g];
    std::size_t const first = groups.size();
    for (std::string const& label : column.labels) groups.push_back({plan.grouping_names[g], label, 0, {}, {}});
    for (std::int32_t const code : column.code) {
      if (code >= 0) ++groups[first + static_cast<std::size_t>(code)].cities;
    }
  }
  return groups;
}

Fixed fix(World const& world, Model const& model, RecordPlan const& plan, std::size_t p) {
  PolicyModel const& policy = model.policies[p];
  PolicyRecords const& records = world.records[p];
  Fixed fixed;
  PolicySummary& summary = fixed.summary;
  summary.policy = policy.name;
  summary.at = model.clock.end;
  if (!records.observed.empty()) {
    std::int32_t last = model.clock.start;
    for (Observation const& row : records.observed) last = std::max(last, row.year);
    summary.at = std::min(last, model.clock.end);
  }
  fixed.step = static_cast<std::size_t>(summary.at - model.clock.start);
  summary.groups = groups_of(plan);
  std::vector<std::uint8_t> may_adopt = cities_at_risk(policy, model.clock.steps(), world.cities.size());
  summary.at_risk = std::count(may_adopt.begin(), may_adopt.end(), 1);
  for (DatedEvent const& each : policy.dated) {
    may_adopt[each.event.city] = 1;
    summary.given += each.event.sign > 0 ? 1 : 0;
  }
  if (!records.observed.empty()) observe(records, plan, may_adopt, summary);
  return fixed;
}

/// First label at which at least half of all cities have adopted.
std::int32_t half_label(std::vector<std::int32_t> const& adopters, Clock const& clock, std::int64_t cities) {
  for (std::size_t t = 0; t < adopters.size(); ++t) {
    if (2 * std::int64_t{adopters[t]} >= cities) return clock.start + static_cast<std::int32_t>(t);
  }
  return not_reached;
}

PolicyCounts count(PolicyHistory const& history, Model const& model, std::size_t step, std::int64_t cities) {
  auto const steps = static_cast<std::size_t>(model.clock.steps());
  PolicyCounts counts;
  counts.adopters = history.adopters[step];
  counts.half = half_label(history.adopters, model.clock, cities);
  for (std::vector<std::int32_t> const& by : history.adopters_by) {
    for (std::size_t g = 0; g < by.size() / steps; ++g) counts.groups.push_back(by[g * steps + step]);
  }
  if (history.adoptions_by_mechanism.empty()) return counts;
  counts.by_mechanism.resize(model.mechanisms.size(), 0.0);
  for (std::size_t m = 0; m < counts.by_mechanism.size(); ++m) {
    for (std::size_t t = 0; t < steps; ++t) counts.by_mechanism[m] += history.adoptions_by_mechanism[m * steps + t];
  }
  return counts;
}

}  // namespace

struct Tally::State {
  Scenario const& scenario;
  World const& world;
  Model const& model;
  std::vector<Fixed> fixed;
  std::int64_t replicates = 0;
  // By policy; groups by policy, then by group.
  std::vector<Frequencies> adopters, halves;
  std::vector<std::vector<Frequencies>> groups;
  std::vector<std::vector<double>> by_mechanism;  ///< summed in order of replicates
};

Tally::Tally(Scenario const& scenario, World const& world, Model const& model, RecordPlan const& plan)
    : state_(new State{scenario, world, model, {}, 0, {}, {}, {}, {}}) {
  std::size_t const policies = model.policies.size();
  for (std::size_t p = 0; p < policies; ++p) state_->fixed.push_back(fix(world, model, plan, p));
  state_->adopters.resize(policies);
  state_->halves.resize(policies);
  state_->by_mechanism.assign(policies, std::vector<double>(model.mechanisms.size(), 0.0));
  for (Fixed const& each : state_->fixed) state_->groups.emplace_back(each.summary.groups.size());
}

Tally::~Tally() = default;

std::unique_ptr<Packet> Tally::pack(History const& history) {
  auto counts = std::make_unique<Counts>();
  counts->failed = !history.failure.empty();
  if (!counts->failed) {
    for (std::size_t p = 0; p < history.policies.size(); ++p) {
      counts->policies.push_back(
          count(history.policies[p], state_->model, state_->fixed[p].step, state_->world.cities.size()));
    }
  }
  return counts;
}

void Tally::put(std::int64_t, std::unique_ptr<Packet> packet) {
  auto& counts = static_cast<Counts&>(*packet);
  if (counts.failed) return;
  ++state_->replicates;
  for (std::size_t p = 0; p < counts.policies.size(); ++p) {
    PolicyCounts const& policy = counts.policies[p];
    state_->adopters[p].add(policy.adopters);
    if (policy.half != not_reached) state_->halves[p].add(policy.half);
    for (std::size_t g = 0; g < policy.groups.size(); ++g) state_->groups[p][g].add(policy.groups[g]);
    for (std::size_t m = 0; m < policy.by_mechanism.size(); ++m) state_->by_mechanism[p][m] += policy.by_mechanism[m];
  }
}

namespace {

Spread spread(Frequencies const& values) {
  return {values.quantile(0.05), values.quantile(0.5), values.quantile(0.95)};
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

}  // namespace

Summary Tally::summary() const {
  State const& state = *state_;
  Summary summary{state.scenario.title, state.model.clock, state.world.cities.size(), state.replicates, {}};
  for (std::size_t p = 0; p < state.fixed.size(); ++p) {
    PolicySummary policy = state.fixed[p].summary;
    policy.reached_half = state.halves[p].count();
    if (state.halves[p].count() > 0) policy.time_to_half = spread(state.halves[p]);
    if (state.replicates > 0) {
      policy.adopters = spread(state.adopters[p]);
      for (std::size_t g = 0; g < policy.groups.size(); ++g) policy.groups[g].adopters = spread(state.groups[p][g]);
    }
    policy.shares = shares_of(state.by_mechanism[p], state.model.mechanisms);
    summary.policies.push_back(std::move(policy));
  }
  return summary;
}

}  // namespace hansa
