/// Puts numbers into policies, and sums together.
#include "model/phases.hpp"

#include <map>
#include <optional>
#include <set>

#include "scenario/policy_numbers.hpp"

namespace hansa {

namespace {

/// What is set of a policy, and for how long.
struct SetSpell {
  std::int32_t from, until;  ///< labels
  SetValue const* value;
};

std::vector<SetSpell> sets_of(std::string const& policy, Scenario const& scenario) {
  std::vector<SetSpell> found;
  for (InterventionSpec const& each : scenario.interventions) {
    auto const* const set = std::get_if<SetSpec>(&each.act);
    if (set == nullptr) continue;
    for (SetValue const& value : set->values) {
      if (value.policy.name == policy) found.push_back({each.at, each.until.value_or(scenario.clock.end), &value});
    }
  }
  return found;
}

}  // namespace

std::vector<Phase> phases_of(PolicySpec const& policy, Scenario const& scenario) {
  Clock const& clock = scenario.clock;
  std::vector<SetSpell> const sets = sets_of(policy.name, scenario);
  std::set<std::int32_t> labels{clock.start};
  for (SetSpell const& each : sets) {
    labels.insert(each.from);
    if (each.until < clock.end) labels.insert(each.until + 1);
  }
  std::vector<Phase> phases;
  for (std::int32_t const label : labels) {
    Phase& phase = phases.emplace_back(Phase{label - clock.start + 1, policy});
    for (SetSpell const& each : sets)
      if (each.from <= label && label <= each.until)
        put_number(phase.spec, each.value->at, each.value->number, each.value->path.where);
  }
  return phases;
}

std::vector<std::size_t> variants_of(std::size_t position, std::vector<Phase> const& phases, Scenario const& scenario) {
  PolicySpec const& policy = phases.front().spec;
  std::set<NumberAt> numbers;
  for (SetSpell const& each : sets_of(policy.name, scenario)) {
    NumberAt const& at = each.value->at;
    if (shapes_mechanism(at) && at.mechanism == policy.mechanisms[position].name) numbers.insert(at);
  }
  std::map<std::vector<std::optional<double>>, std::size_t> met;
  std::vector<std::size_t> variants;
  for (Phase const& phase : phases) {
    std::vector<std::optional<double>> own;
    for (NumberAt const& at : numbers) own.push_back(number_in(phase.spec, at));
    variants.push_back(met.emplace(std::move(own), met.size()).first->second);
  }
  return variants;
}

void PhasedSums::add(std::int32_t step, AttributeSums sums) {
  auto each = sums.later.begin();
  if (is_empty_) {
    all_.start = now_ = std::move(sums.start);
  } else {
    settle(step);
    std::vector<double> begins = std::move(sums.start);
    for (; each != sums.later.end() && each->step <= step; ++each) begins[each->city] = each->sum;
    for (Index i = 0; i < begins.size(); ++i)
      if (begins[i] != now_[i]) all_.later.push_back({step, i, begins[i]});
    now_ = std::move(begins);
  }
  is_empty_ = false;
  coming_.assign(each, sums.later.end());
}

/// What the last phase changes before `step` is so.
void PhasedSums::settle(std::int32_t step) {
  for (AttributeStep const& each : coming_) {
    if (each.step >= step) break;
    all_.later.push_back(each);
    now_[each.city] = each.sum;
  }
}

AttributeSums PhasedSums::take() {
  all_.later.insert(all_.later.end(), coming_.begin(), coming_.end());
  return std::move(all_);
}

}  // namespace hansa
