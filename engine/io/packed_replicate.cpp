/// Copies what a result file keeps of a history.
#include "io/packed_replicate.hpp"

namespace hansa {

namespace {

template <class T>
void append(std::vector<T>& all, std::vector<T> const& more) {
  all.insert(all.end(), more.begin(), more.end());
}

void total_over_time(std::vector<double> const& by_time, std::size_t steps, std::vector<double>& totals) {
  for (std::size_t at = 0; at < by_time.size(); at += steps) {
    double sum = 0;
    for (std::size_t t = 0; t < steps; ++t) sum += by_time[at + t];
    totals.push_back(sum);
  }
}

void pack_policy(PolicyHistory const& policy, ResultShape const& shape, PackedReplicate& into) {
  if (shape.plan.abandonments) {
    for (Index const city : shape.world.cities.input_order) into.abandonments.push_back(policy.abandonments[city]);
  }
  if (shape.averages_beliefs())
    into.belief_period.push_back(policy.belief_period == no_period ? no_count : policy.belief_period);
  append(into.adopters, policy.adopters);
  for (std::size_t g = 0; g < into.adopters_by.size(); ++g) append(into.adopters_by[g], policy.adopters_by[g]);
  append(into.by_mechanism, policy.adoptions_by_mechanism);
  for (std::size_t g = 0; g < into.by_mechanism_by.size(); ++g)
    append(into.by_mechanism_by[g], policy.adoptions_by_mechanism_by[g]);
  total_over_time(policy.adoptions_by_mechanism, shape.steps(), into.mechanism_total);
}

}  // namespace

PackedReplicate pack_replicate(History const& history, ResultShape const& shape, std::span<SeriesOf const> series,
                               std::span<std::uint32_t const> row_of_city) {
  PackedReplicate packed;
  packed.failure = history.failure;
  packed.adopters_by.resize(shape.plan.groupings.size());
  packed.by_mechanism_by.resize(shape.plan.attribution ? shape.plan.groupings.size() : 0);
  packed.series.resize(series.size());
  for (PolicyHistory const& policy : history.policies) pack_policy(policy, shape, packed);
  for (std::size_t k = 0; history.failure.empty() && k < series.size(); ++k) packed.series[k] = series[k](history);
  for (std::size_t k = 0; history.failure.empty() && k < history.seeds.size(); ++k) {
    SeedCounts const& each = history.seeds[k];
    bool const seeds = shape.model.interventions[k].verb == "seed";
    append(packed.seeds, seeds ? std::vector{each.seeded, each.failed, each.adopters, each.excluded}
                               : std::vector<std::int32_t>(seed_outcomes, no_count));
  }
  for (std::size_t k = 0; history.failure.empty() && k < history.subsidies.size(); ++k) {
    packed.subsidy_paid.push_back(shape.pays(k) ? history.subsidies[k].paid : no_number);
    packed.budget_spent.push_back(history.subsidies[k].spent);
  }
  if (shape.plan.beliefs) packed.beliefs = pack_beliefs(history, shape.belief_cut(), shape.world.cities.input_order);
  if (shape.plan.events) packed.events = pack_events(history, row_of_city);
  return packed;
}

}  // namespace hansa
