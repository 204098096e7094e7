/// What data say about adoption, in the shape of the result file.
#include "io/observed.hpp"

#include <algorithm>
#include <variant>

#include "record/history.hpp"

namespace hansa {

namespace {

/// Number of cities that have the policy at the end of each step. Rows of one city follow one another, by year.
void count_adopters(PolicyRecords const& records, Clock const& clock, std::int32_t* adopters) {
  for (std::int32_t t = 0; t < clock.steps(); ++t) {
    std::int32_t const label = clock.start + t;
    Index last = 0;
    adopters[t] = 0;
    for (Observation const& row : records.observed) {
      bool const has = row.year <= label && (!row.left || *row.left > label);
      if (!has || (adopters[t] > 0 && row.city == last)) continue;
      last = row.city;
      ++adopters[t];
    }
  }
}

}  // namespace

ObservedAdoption observed_adoption(Scenario const& scenario, World const& world) {
  std::size_t const cities = world.cities.size();
  auto const steps = static_cast<std::size_t>(scenario.clock.steps());
  std::size_t const policies = std::min(scenario.policies.size(), world.records.size());
  ObservedAdoption observed;
  observed.adoption_time.assign(scenario.policies.size() * cities, never);
  observed.adopters.assign(scenario.policies.size() * steps, -1);
  observed.status_known.assign(scenario.policies.size() * cities, 0);
  std::vector<std::size_t> row_of(cities);
  for (std::size_t row = 0; row < cities; ++row) row_of[world.cities.input_order[row]] = row;
  for (std::size_t p = 0; p < policies; ++p) {
    if (!std::holds_alternative<FileRef>(scenario.policies[p].adopters.source)) continue;
    PolicyRecords const& records = world.records[p];
    observed.any = true;
    for (std::size_t i = 0; i < cities; ++i) {
      bool const covered = records.covered.empty() || records.covered[i] != 0;
      observed.status_known[p * cities + row_of[i]] = covered ? 1 : 0;
    }
    for (Observation const& row : records.observed) {
      std::size_t const at = p * cities + row_of[row.city];
      observed.status_known[at] = 1;
      std::int32_t& first = observed.adoption_time[at];
      first = first == never ? row.year : std::min(first, row.year);
    }
    count_adopters(records, scenario.clock, observed.adopters.data() + p * steps);
  }
  return observed;
}

}  // namespace hansa
