/// Observations against the cities and the clock of a run.
#include "measures/observed.hpp"

#include <algorithm>

namespace hansa {

std::vector<Risk> risks(PolicyModel const& policy, Clock const& clock, Index cities) {
  std::vector<Risk> risk(cities, Risk::none);
  for (DatedEvent const& each : policy.dated) {
    // In order of time: whoever leaves again decides like those that never had it.
    risk[each.event.city] = each.event.sign > 0 ? Risk::given : Risk::none;
  }
  for (Index i = 0; i < cities; ++i) {
    std::int32_t const entry = policy.entry.empty() ? 1 : policy.entry[i];
    std::int32_t const exit = policy.exit.empty() ? clock.steps() : policy.exit[i];
    bool const decides = std::max(entry, policy.first_decision) <= std::min(exit, clock.steps());
    if (risk[i] == Risk::none && decides) risk[i] = Risk::at_risk;
  }
  for (DatedEvent const& each : policy.dated) {
    if (risk[each.event.city] == Risk::none) risk[each.event.city] = Risk::given;
  }
  return risk;
}

std::optional<std::int32_t> last_observed(PolicyRecords const& records) {
  std::optional<std::int32_t> last;
  for (Observation const& row : records.observed) {
    std::int32_t const told = std::max(row.as_written, row.left.value_or(row.as_written));
    last = std::max(last.value_or(told), told);
  }
  return last;
}

std::vector<Index> observed_adopters(PolicyRecords const& records, std::int32_t label) {
  std::vector<Index> adopters;
  for (Observation const& row : records.observed) {
    bool const has = row.year <= label && (!row.left || *row.left > label);
    if (has && (adopters.empty() || adopters.back() != row.city)) adopters.push_back(row.city);
  }
  return adopters;
}

Subset comparison(PolicyModel const& policy, PolicyRecords const& records, Clock const& clock, Index cities) {
  std::optional<std::int32_t> const last = last_observed(records);
  std::int32_t const replayed = clock.start + policy.first_decision - 2;
  if (!last || *last <= replayed || replayed >= clock.end) return {};
  Subset subset{std::min(*last, clock.end) - clock.start + 1, known_cities(records, cities)};
  std::vector<Risk> const risk = risks(policy, clock, cities);
  for (Index i = 0; i < cities; ++i) {
    if (risk[i] == Risk::none) subset.cities[i] = 0;
  }
  bool const any = std::find(subset.cities.begin(), subset.cities.end(), 1) != subset.cities.end();
  return any ? subset : Subset{};
}

void plan_comparisons(Model const& model, World const& world, RecordPlan& plan) {
  plan.subsets.clear();
  for (std::size_t p = 0; p < model.policies.size(); ++p) {
    plan.subsets.push_back(comparison(model.policies[p], world.records.at(p), model.clock, world.cities.size()));
  }
}

}  // namespace hansa
