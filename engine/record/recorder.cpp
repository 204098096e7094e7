/// Counts events into changes per step, and sums them up when the replicate ends.
#include "record/recorder.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace hansa {

namespace {

bool names_variable(std::string_view name) {
  return !name.empty() && name.back() != ' ' && std::none_of(name.begin(), name.end(), [](char c) {
    return c == '/' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
}

void plan_groupings(OutputSpec const& output, World const& world, RecordPlan& plan, Complaints& complaints) {
  for (Reference const& by : output.by) {
    TextColumn const* column = require_text(world.cities, by, "output by", complaints);
    if (column == nullptr) continue;
    auto const& names = plan.grouping_names;
    if (std::find(names.begin(), names.end(), by.name) != names.end()) {
      complaints.add("'" + by.name + "' is named twice", by.where);
    } else if (!names_variable(by.name)) {
      complaints.add("attribute '" + by.name + "' cannot name a variable of the result file", by.where,
                     "a name without '/' and control characters was expected");
    } else {
      plan.groupings.push_back(column);
      plan.grouping_names.push_back(by.name);
    }
  }
}

void plan_population(World const& world, RecordPlan& plan, Complaints& complaints) {
  constexpr double most = 1e12;
  std::vector<double> const* population = world.cities.number("population");
  if (population == nullptr) return;
  plan.population.reserve(population->size());
  for (std::size_t i = 0; i < population->size(); ++i) {
    double const persons = (*population)[i];
    bool const given = !std::isnan(persons);
    if (given && !(persons >= 0 && persons <= most)) {
      complaints.add("the population of city '" + world.cities.id[i] + "' is out of range", world.cities.where,
                     "a number from 0 to 10^12 was expected");
    }
    bool const usable = given && persons >= 0 && persons <= most;
    plan.population.push_back(usable ? static_cast<std::int64_t>(std::nearbyint(persons)) : 0);
    plan.total_population += plan.population.back();
  }
  if (plan.total_population == 0) plan.population.clear();
}

/// out[t] = sum of the changes up to step t + 1; row 0 of `changes` precedes the first step.
template <class Count, class Store>
void accumulate(std::span<Count const> changes, Store store) {
  Count sum = changes[0];
  for (std::size_t t = 1; t < changes.size(); ++t) store(t - 1, sum += changes[t]);
}

}  // namespace

RecordPlan make_plan(OutputSpec const& output, World const& world, Complaints& complaints) {
  RecordPlan plan;
  plan.adoption_time = output.histories;
  plan.beliefs = output.beliefs;
  plan.events = output.events;
  plan.ties = output.ties && !world.networks.empty();
  plan_groupings(output, world, plan, complaints);
  plan_population(world, plan, complaints);
  return plan;
}

void plan_abandonments(Model const& model, RecordPlan& plan) {
  auto const abandons = [](DatedEvent const& dated) { return dated.event.sign < 0; };
  plan.abandonments =
      plan.adoption_time && std::any_of(model.policies.begin(), model.policies.end(), [&](auto& policy) {
        return !policy.leaving.empty() || std::any_of(policy.dated.begin(), policy.dated.end(), abandons);
      });
}

Recorder::Recorder(Model const& model, World const& world, RecordPlan const& plan)
    : plan_(plan),
      steps_(static_cast<std::size_t>(model.clock.steps())),
      cities_(world.cities.size()),
      mechanisms_(model.mechanisms.size()),
      interventions_(model.interventions.size()),
      networks_(world.networks.size()),
      collaborations_(model.members.size()),
      changes_(model.policies.size()) {
  history_.policies.resize(model.policies.size());
  for (Changes& each : changes_) each.adopters_by.resize(plan.groupings.size());
  if (!plan.events) return;
  for (PolicyModel const& policy : model.policies) logs_.emplace_back(policy.first_decision);
}

void Recorder::begin(std::int64_t replicate) {
  history_.replicate = replicate;
  history_.failure.clear();
  history_.seeds.assign(interventions_, {});
  history_.subsidies.assign(interventions_, {});
  for (Changes& each : changes_) {
    each.adopters.assign(steps_ + 1, 0);
    for (std::size_t g = 0; g < plan_.groupings.size(); ++g) {
      each.adopters_by[g].assign(plan_.groupings[g]->labels.size() * (steps_ + 1), 0);
    }
    if (!plan_.population.empty()) each.population.assign(steps_ + 1, 0);
  }
  for (EventLog& each : logs_) each.begin();
  std::size_t counts = 1;
  for (TextColumn const* each : plan_.groupings) counts += each->labels.size();
  for (std::size_t p = 0; p < history_.policies.size(); ++p) {
    PolicyHistory& each = history_.policies[p];
    if (plan_.adoption_time) each.adoption_time.assign(cities_, never);
    if (plan_.abandonments) each.abandonments.assign(cities_, 0);
    each.events.clear();
    each.belief_period = no_period;
    if (plan_.attribution) {
      each.adoptions_by_mechanism.assign(mechanisms_ * steps_, 0.0);
      each.adoptions_by_mechanism_by.resize(plan_.groupings.size());
      for (std::size_t g = 0; g < plan_.groupings.size(); ++g)
        each.adoptions_by_mechanism_by[g].assign(plan_.groupings[g]->labels.size() * mechanisms_, 0.0);
    }
    if (subset(p) != nullptr) each.subset.assign(counts, 0);
  }
}

Subset const* Recorder::subset(std::size_t policy) const noexcept {
  return policy < plan_.subsets.size() && plan_.subsets[policy].step > 0 ? &plan_.subsets[policy] : nullptr;
}

void Recorder::count_subset(Subset const& subset, std::span<Event const> events,
                            std::vector<std::int32_t>& counts) const {
  for (Event const& event : events) {
    if (subset.cities[event.city] == 0) continue;
    counts[0] += event.sign;
    std::size_t first = 1;
    for (TextColumn const* grouping : plan_.groupings) {
      std::int32_t const code = grouping->code[event.city];
      if (code >= 0) counts[first + static_cast<std::size_t>(code)] += event.sign;
      first += grouping->labels.size();
    }
  }
}

void Recorder::events(PolicyId policy, std::int32_t step, std::span<Event const> events,
                      std::span<std::int32_t const> labels) {
  assert(step >= 0 && static_cast<std::size_t>(step) <= steps_ && events.size() == labels.size());
  auto const at = static_cast<std::size_t>(step);
  Changes& changes = changes_[policy.value];
  for (Event const& event : events) changes.adopters[at] += event.sign;
  if (plan_.adoption_time) {
    std::int32_t* const first = history_.policies[policy.value].adoption_time.data();
    for (std::size_t k = 0; k < events.size(); ++k) {
      std::int32_t& label = first[events[k].city];
      if (events[k].sign > 0 && label == never) label = labels[k];
    }
  }
  if (plan_.abandonments) {
    std::vector<std::int16_t>& counts = history_.policies[policy.value].abandonments;
    for (Event const& event : events) {
      if (event.sign < 0 && counts[event.city] < std::numeric_limits<std::int16_t>::max()) ++counts[event.city];
    }
  }
  for (std::size_t g = 0; g < plan_.groupings.size(); ++g) {
    std::vector<std::int32_t> const& code = plan_.groupings[g]->code;
    std::int32_t* const by = changes.adopters_by[g].data() + at;
    for (Event const& event : events) {
      if (code[event.city] >= 0) by[static_cast<std::size_t>(code[event.city]) * (steps_ + 1)] += event.sign;
    }
  }
  Subset const* const counted = subset(policy.value);
  if (counted != nullptr && step <= counted->step) {
    count_subset(*counted, events, history_.policies[policy.value].subset);
  }
  if (plan_.events) logs_[policy.value].note(step, events, labels, history_.policies[policy.value].events);
  if (!plan_.population.empty()) {
    for (Event const& event : events) changes.population[at] += event.sign * plan_.population[event.city];
  }
}

template <class Share>
void Recorder::add_shares(PolicyId policy, std::int32_t step, std::size_t mechanism, std::span<Index const> cities,
                          EventKind kind, Share const& share) {
  assert(mechanism < mechanisms_ && static_cast<std::size_t>(step) <= steps_);
  if (step < 1) return;
  if (plan_.events) logs_[policy.value].weigh(step, mechanism, kind, cities, share);
  if (!plan_.attribution) return;
  PolicyHistory& history = history_.policies[policy.value];
  double sum = 0;
  for (std::size_t k = 0; k < cities.size(); ++k) sum += share(k);
  history.adoptions_by_mechanism[mechanism * steps_ + static_cast<std::size_t>(step - 1)] += sum;
  for (std::size_t g = 0; g < plan_.groupings.size(); ++g) {
    std::vector<std::int32_t> const& code = plan_.groupings[g]->code;
    double* const by = history.adoptions_by_mechanism_by[g].data() + mechanism;
    for (std::size_t k = 0; k < cities.size(); ++k) {
      if (code[cities[k]] >= 0) by[static_cast<std::size_t>(code[cities[k]]) * mechanisms_] += share(k);
    }
  }
}

void Recorder::attribute(PolicyId policy, std::int32_t step, std::size_t mechanism, std::span<Index const> cities,
                         std::span<double const> shares, EventKind kind) {
  assert(cities.size() == shares.size());
  add_shares(policy, step, mechanism, cities, kind, [&](std::size_t k) { return shares[k]; });
}

void Recorder::attribute(PolicyId policy, std::int32_t step, std::size_t mechanism, std::span<Index const> cities,
                         EventKind kind) {
  add_shares(policy, step, mechanism, cities, kind, [](std::size_t) { return 1.0; });
}

void Recorder::seeded(std::size_t intervention, SeedCounts const& counts) {
  history_.seeds.at(intervention) = counts;
}

void Recorder::paid(PolicyId policy, std::int32_t step, Payments const& payments) {
  assert(step >= 1 && static_cast<std::size_t>(step) <= steps_);
  PolicyHistory& history = history_.policies[policy.value];
  history.spending.resize(steps_);
  history.unit_cost.resize(steps_);
  history.spending[static_cast<std::size_t>(step - 1)] = payments.spending;
  history.unit_cost[static_cast<std::size_t>(step - 1)] = payments.unit_cost;
  if (!payments.subsidies) return;
  history.subsidies.resize(steps_);
  history.subsidies[static_cast<std::size_t>(step - 1)] = *payments.subsidies;
}

void Recorder::subsidised(std::size_t intervention, SubsidyCounts const& counts) {
  history_.subsidies.at(intervention) = counts;
}

void Recorder::budgets(std::int32_t step, std::span<double const> balances) {
  auto const at = static_cast<std::size_t>(step - 1);
  SharedHistory& history = history_.shared;
  history.budget.resize(steps_);
  double sum = 0;
  for (double const each : balances) sum += each;
  history.budget[at] = sum / static_cast<double>(balances.size());
  history.budget_by.resize(plan_.groupings.size());
  for (std::size_t g = 0; g < plan_.groupings.size(); ++g) {
    std::size_t const groups = plan_.groupings[g]->labels.size();
    std::vector<double> sums(groups, 0.0), cities(groups, 0.0);
    for (std::size_t i = 0; i < balances.size(); ++i) {
      std::int32_t const code = plan_.groupings[g]->code[i];
      if (code < 0) continue;
      sums[static_cast<std::size_t>(code)] += balances[i];
      cities[static_cast<std::size_t>(code)] += 1;
    }
    history.budget_by[g].resize(groups * steps_);
    for (std::size_t group = 0; group < groups; ++group)
      history.budget_by[g][group * steps_ + at] = sums[group] / cities[group];
  }
}

void Recorder::ties_used(std::int32_t step, std::int64_t ties) {
  history_.shared.ties_used.resize(steps_);
  history_.shared.ties_used[static_cast<std::size_t>(step - 1)] = static_cast<double>(ties);
}

void Recorder::ties(std::size_t network, std::int32_t step, std::uint64_t count, double strength) {
  std::size_t const at = network * steps_ + static_cast<std::size_t>(step - 1);
  history_.shared.tie_count.resize(networks_ * steps_);
  history_.shared.tie_strength.resize(networks_ * steps_);
  history_.shared.tie_count[at] = static_cast<double>(count);
  history_.shared.tie_strength[at] = strength;
}

void Recorder::members(std::size_t collaboration, std::int32_t step, std::int64_t count) {
  history_.shared.members.resize(collaborations_ * steps_);
  history_.shared.members[collaboration * steps_ + static_cast<std::size_t>(step - 1)] = static_cast<double>(count);
}

void Recorder::pledges(std::size_t collaboration, std::int32_t step, std::int64_t standing, std::int64_t kept) {
  std::size_t const at = collaboration * steps_ + static_cast<std::size_t>(step - 1);
  SharedHistory& history = history_.shared;
  history.pledges.resize(collaborations_ * steps_, std::numeric_limits<double>::quiet_NaN());
  history.pledged_adoptions.resize(collaborations_ * steps_, std::numeric_limits<double>::quiet_NaN());
  history.pledges[at] = static_cast<double>(standing);
  history.pledged_adoptions[at] = static_cast<double>(kept);
}

void Recorder::fees(std::int32_t step, double total) {
  history_.shared.fees.resize(steps_);
  history_.shared.fees[static_cast<std::size_t>(step - 1)] = total;
}

void Recorder::beliefs(PolicyId policy, std::int32_t step, Beliefs const& beliefs) {
  assert(static_cast<std::size_t>(step) <= steps_ && beliefs.mean.size() == beliefs.precision.size());
  if (!plan_.beliefs || step < 1 || beliefs.mean.empty()) return;
  PolicyHistory& history = history_.policies[policy.value];
  auto const keep = [&](std::vector<double>& rows, std::span<double const> row) {
    assert(row.size() == cities_);
    rows.resize(steps_ * cities_);
    std::copy(row.begin(), row.end(), rows.begin() + static_cast<std::ptrdiff_t>((std::size_t(step) - 1) * cities_));
  };
  keep(history.belief_mean, beliefs.mean);
  keep(history.belief_precision, beliefs.precision);
}

void Recorder::sum_up(Changes const& changes, PolicyHistory& history) const {
  history.adopters.resize(steps_);
  accumulate<std::int32_t>(changes.adopters, [&](std::size_t t, std::int32_t sum) { history.adopters[t] = sum; });
  history.adopters_by.resize(changes.adopters_by.size());
  for (std::size_t g = 0; g < changes.adopters_by.size(); ++g) {
    std::span<std::int32_t const> const all = changes.adopters_by[g];
    std::size_t const groups = all.size() / (steps_ + 1);
    history.adopters_by[g].resize(groups * steps_);
    for (std::size_t group = 0; group < groups; ++group) {
      std::int32_t* const out = history.adopters_by[g].data() + group * steps_;
      accumulate<std::int32_t>(all.subspan(group * (steps_ + 1), steps_ + 1),
                               [&](std::size_t t, std::int32_t sum) { out[t] = sum; });
    }
  }
  if (changes.population.empty()) return;
  history.population_covered.resize(steps_);
  double const total = static_cast<double>(plan_.total_population);
  accumulate<std::int64_t>(changes.population, [&](std::size_t t, std::int64_t sum) {
    history.population_covered[t] = static_cast<double>(sum) / total;
  });
}

History const& Recorder::finish() {
  for (std::size_t p = 0; p < changes_.size(); ++p) sum_up(changes_[p], history_.policies[p]);
  return history_;
}

}  // namespace hansa
