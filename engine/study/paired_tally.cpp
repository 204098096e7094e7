/// Takes the pairs of each replicate in order.
#include "study/paired_tally.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "measures/quantiles.hpp"
#include "study/pair_moments.hpp"

namespace hansa {

namespace {

struct Copies : Packet {
  std::vector<History> arms;  ///< empty: some arm failed
};

/// What is kept of one policy in one arm.
struct ArmMoments {
  std::vector<NestedMoments> adopters, covered;
  PaidMoments paid;

  void add(PolicyHistory const& history, std::int64_t draw) {
    adopters.resize(history.adopters.size());
    for (std::size_t t = 0; t < adopters.size(); ++t) adopters[t].add(history.adopters[t], draw);
    covered.resize(history.population_covered.size());
    for (std::size_t t = 0; t < covered.size(); ++t) covered[t].add(history.population_covered[t], draw);
    if (!history.spending.empty()) paid.add({}, history, draw);
  }
};

/// All subsidies paid in one replicate.
double subsidies_of(History const& history) {
  double all = 0;
  for (PolicyHistory const& each : history.policies)
    all = std::accumulate(each.subsidies.begin(), each.subsidies.end(), all);
  return all;
}

Luck luck_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return {quantile(values, 0.05), quantile(values, 0.5), quantile(values, 0.95)};
}

/// What values would be without what draws do: of each draw, how far they lie off its mean. A draw of n is
/// √((n − 1)/n) closer to its own mean than to what is expected under it, and is spread by as much; one of a single
/// replicate tells nothing.
std::vector<double> within_draws(std::vector<double> const& values, std::vector<std::int64_t> const& draw) {
  Moments all;
  for (double const each : values) all.add(each);
  std::vector<double> made;
  for (std::size_t first = 0, end = 0; first < values.size(); first = end) {
    Moments own;
    for (; end < values.size() && draw[end] == draw[first]; ++end) own.add(values[end]);
    if (own.count() < 2) continue;
    auto const n = static_cast<double>(own.count());
    double const spread = std::sqrt(n / (n - 1));
    for (std::size_t r = first; r < end; ++r) made.push_back(all.mean() + spread * (values[r] - own.mean()));
  }
  return made;
}

/// The groups of all groupings with their sizes, one after the other.
std::vector<GroupDifference> groups_of(RecordPlan const& plan) {
  std::vector<GroupDifference> groups;
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

}  // namespace

struct PairedTally::State {
  ComparedArms compared;
  std::vector<GroupDifference> groups;
  std::vector<std::vector<ArmMoments>> arms;    // arms × policies
  std::vector<std::vector<PairMoments>> pairs;  // what-ifs × policies
  std::vector<NestedMoments> costs;             // of what-ifs; none where they are not stated
  std::vector<std::int32_t> adopters, replicates;
  std::vector<std::int64_t> draws;  // of the replicates; empty: none are drawn
  std::int64_t failed = 0;

  [[nodiscard]] std::size_t policies() const noexcept { return compared.model.policies.size(); }
  [[nodiscard]] std::size_t steps() const noexcept { return static_cast<std::size_t>(compared.model.clock.steps()); }

  /// What `value` is of each replicate at step t, as far as luck goes; not below `least`.
  template <class Value>
  [[nodiscard]] std::vector<Luck> luck(double least, Value const& value) const {
    std::size_t const row = compared.names.size() * policies() * steps();
    std::vector<Luck> made;
    std::vector<double> values(replicates.size());
    for (std::size_t t = 0; t < steps(); ++t) {
      for (std::size_t r = 0; r < values.size(); ++r) values[r] = value(adopters.data() + r * row, t);
      made.push_back(luck_of(draws.empty() ? values : within_draws(values, draws)));
      Luck& last = made.back();
      for (double* const each : {&last.low, &last.median, &last.high})
        if (*each < least) *each = least;
    }
    return made;
  }
  [[nodiscard]] std::size_t at(std::size_t arm, std::size_t policy) const noexcept {
    return (arm * policies() + policy) * steps();
  }
  [[nodiscard]] ArmOutcome outcome(std::size_t arm, std::size_t policy) const {
    ArmMoments const& from = arms[arm][policy];
    std::size_t const first = at(arm, policy);
    return {intervals(from.adopters),
            luck(0, [&](std::int32_t const* row, std::size_t t) { return static_cast<double>(row[first + t]); }),
            intervals(from.covered), from.paid.paid()};
  }
  [[nodiscard]] PolicyDifference difference(std::size_t what_if, std::size_t policy) const {
    PolicyDifference made = pairs[what_if][policy].difference();
    std::size_t const without = at(0, policy), with = at(what_if + 1, policy);
    made.luck = luck(-static_cast<double>(compared.world.cities.size()), [&](std::int32_t const* row, std::size_t t) {
      return static_cast<double>(row[with + t] - row[without + t]);
    });
    for (std::size_t g = 0; g < groups.size(); ++g) {
      made.groups[g].attribute = groups[g].attribute;
      made.groups[g].label = groups[g].label;
      made.groups[g].cities = groups[g].cities;
    }
    return made;
  }
};

PairedTally::PairedTally(ComparedArms compared)
    : state_(new State{std::move(compared), {}, {}, {}, {}, {}, {}, {}, 0}) {
  State& state = *state_;
  state.groups = groups_of(state.compared.plan);
  state.costs.resize(state.compared.funded.size());
  state.arms.resize(state.compared.names.size(), std::vector<ArmMoments>(state.policies()));
  for (auto const& funded : state.compared.funded) {
    std::vector<PairMoments>& pairs = state.pairs.emplace_back();
    for (std::size_t p = 0; p < state.policies(); ++p)
      pairs.emplace_back(state.compared.model.clock, state.compared.world.cities.size(), funded.at(p),
                         state.groups.size());
  }
}

PairedTally::~PairedTally() = default;

std::unique_ptr<Packet> PairedTally::pack(std::span<History const* const> histories) {
  auto made = std::make_unique<Copies>();
  bool const whole =
      std::all_of(histories.begin(), histories.end(), [](History const* each) { return each->failure.empty(); });
  if (whole) {
    for (History const* each : histories) made->arms.push_back(*each);
  }
  return made;
}

void PairedTally::put(std::int64_t replicate, std::unique_ptr<Packet> packet) {
  std::vector<History> const& arms = static_cast<Copies const&>(*packet).arms;
  State& state = *state_;
  if (arms.empty()) {
    ++state.failed;
    return;
  }
  state.replicates.push_back(static_cast<std::int32_t>(replicate));
  std::int64_t const per_draw = state.compared.per_draw, draw = per_draw > 0 ? replicate / per_draw : no_draw;
  if (per_draw > 0) state.draws.push_back(draw);
  for (std::size_t a = 0; a < arms.size(); ++a) {
    std::optional<double> cost;
    if (a > 0 && state.compared.costs.at(a - 1)) {
      cost = *state.compared.costs[a - 1] + subsidies_of(arms[a]) - subsidies_of(arms[0]);
      state.costs[a - 1].add(*cost, draw);
    }
    for (std::size_t p = 0; p < state.policies(); ++p) {
      PolicyHistory const& history = arms[a].policies[p];
      state.adopters.insert(state.adopters.end(), history.adopters.begin(), history.adopters.end());
      state.arms[a][p].add(history, draw);
      if (a > 0) state.pairs[a - 1][p].add(arms[0].policies[p], history, draw, cost);
    }
  }
}

Comparison PairedTally::comparison() const {
  State const& state = *state_;
  Comparison made;
  made.scenarios = state.compared.names;
  for (PolicyModel const& each : state.compared.model.policies) made.policies.push_back(each.name);
  made.clock = state.compared.model.clock;
  made.cities = state.compared.world.cities.size();
  made.replicates = static_cast<std::int64_t>(state.replicates.size());
  made.failed = state.failed;
  made.per_draw = state.compared.per_draw;
  std::vector<std::int64_t> draws = state.draws;  // ascending
  made.draws = std::unique(draws.begin(), draws.end()) - draws.begin();
  for (std::size_t a = 0; a < state.arms.size(); ++a) {
    std::vector<ArmOutcome>& outcomes = made.outcomes.emplace_back();
    for (std::size_t p = 0; p < state.policies(); ++p) outcomes.push_back(state.outcome(a, p));
    if (a == 0) continue;
    WhatIf& what_if = made.what_ifs.emplace_back();
    if (state.compared.costs[a - 1]) what_if.cost = state.costs[a - 1].interval();
    for (std::size_t p = 0; p < state.policies(); ++p) what_if.policies.push_back(state.difference(a - 1, p));
  }
  return made;
}

std::vector<std::int32_t> const& PairedTally::adopters() const noexcept {
  return state_->adopters;
}

std::vector<std::int32_t> const& PairedTally::replicates() const noexcept {
  return state_->replicates;
}

}  // namespace hansa
