/// Puts numbers into policies, and sums together.
#include "model/phases.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "scenario/policy_numbers.hpp"

namespace hansa {

namespace {

/// use(intervention, what it sets) of all that set something of the policy.
template <class Use>
void for_each_set(std::string const& policy, Scenario const& scenario, Use const& use) {
  for (InterventionSpec const& each : scenario.interventions) {
    auto const* const set = std::get_if<SetSpec>(&each.act);
    if (set == nullptr) continue;
    for (SetValue const& value : set->values) {
      if (value.policy.name == policy) use(each, value);
    }
  }
}

}  // namespace

std::vector<Phase> phases_of(PolicySpec const& policy, Scenario const& scenario) {
  Clock const& clock = scenario.clock;
  std::set<std::int32_t> labels{clock.start};
  for_each_set(policy.name, scenario, [&](InterventionSpec const& each, SetValue const&) {
    labels.insert(each.at);
    if (each.until && *each.until < clock.end) labels.insert(*each.until + 1);
  });
  std::vector<Phase> phases;
  for (std::int32_t const label : labels) {
    Phase& phase = phases.emplace_back(Phase{label - clock.start + 1, policy});
    for_each_set(policy.name, scenario, [&](InterventionSpec const& each, SetValue const& value) {
      if (each.at <= label && label <= each.until.value_or(clock.end))
        put_number(phase.spec, value.at, value.number, value.path.where);
    });
  }
  return phases;
}

std::vector<std::size_t> variants_of(std::size_t position, std::vector<Phase> const& phases, Scenario const& scenario) {
  PolicySpec const& policy = phases.front().spec;
  std::set<NumberAt> numbers;
  for_each_set(policy.name, scenario, [&](InterventionSpec const&, SetValue const& value) {
    if (shapes_mechanism(value.at) && value.at.mechanism == policy.mechanisms[position].name) numbers.insert(value.at);
  });
  std::vector<std::vector<std::optional<double>>> met;
  std::vector<std::size_t> variants;
  for (Phase const& phase : phases) {
    std::vector<std::optional<double>> own;
    for (NumberAt const& at : numbers) own.push_back(number_in(phase.spec, at));
    auto const found = std::find(met.begin(), met.end(), own);
    variants.push_back(static_cast<std::size_t>(found - met.begin()));
    if (found == met.end()) met.push_back(std::move(own));
  }
  return variants;
}

AttributeSums splice(std::vector<std::pair<std::int32_t, AttributeSums>> const& phases) {
  AttributeSums all{phases.front().second.start, {}};
  std::vector<double> now = all.start;
  for (std::size_t p = 0; p < phases.size(); ++p) {
    auto const& [step, sums] = phases[p];
    auto each = sums.later.begin();
    if (p > 0) {
      std::vector<double> begins = sums.start;
      for (; each != sums.later.end() && each->step <= step; ++each) begins[each->city] = each->sum;
      for (Index i = 0; i < begins.size(); ++i)
        if (begins[i] != now[i]) all.later.push_back({step, i, begins[i]});
      now = std::move(begins);
    }
    bool const last = p + 1 == phases.size();
    for (; each != sums.later.end() && (last || each->step < phases[p + 1].first); ++each) {
      all.later.push_back(*each);
      now[each->city] = each->sum;
    }
  }
  return all;
}

}  // namespace hansa
