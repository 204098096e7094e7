/// Puts numbers into policies, and sums together.
#include "model/phases.hpp"

#include <map>
#include <optional>
#include <set>

#include "scenario/policy_numbers.hpp"
#include "scenario/shared_numbers.hpp"

namespace hansa {

namespace {

/// What is set of a policy, and for how long.
struct SetSpell {
  std::int32_t from, until;  ///< labels
  SetValue const* value;
};

/// Those of which belongs(value) is true.
template <class Belongs>
std::vector<SetSpell> sets_of(Scenario const& scenario, Belongs const& belongs) {
  std::vector<SetSpell> found;
  for (InterventionSpec const& each : scenario.interventions) {
    auto const* const set = std::get_if<SetSpec>(&each.act);
    if (set == nullptr) continue;
    for (SetValue const& value : set->values) {
      if (belongs(value)) found.push_back({each.at, each.until.value_or(scenario.clock.end), &value});
    }
  }
  return found;
}

std::vector<SetSpell> sets_of(std::string const& policy, Scenario const& scenario) {
  return sets_of(scenario,
                 [&](SetValue const& each) { return is_of_policy(each.at.of) && each.policy.name == policy; });
}

/// Labels at which something begins or has ended, the start among them.
std::set<std::int32_t> dates_of(std::vector<SetSpell> const& sets, Clock const& clock) {
  std::set<std::int32_t> labels{clock.start};
  for (SetSpell const& each : sets) {
    labels.insert(each.from);
    if (each.until < clock.end) labels.insert(each.until + 1);
  }
  return labels;
}

bool holds(SetSpell const& each, std::int32_t label) noexcept {
  return each.from <= label && label <= each.until;
}

}  // namespace

std::vector<Phase> phases_of(PolicySpec const& policy, Scenario const& scenario) {
  Clock const& clock = scenario.clock;
  std::vector<SetSpell> const sets = sets_of(policy.name, scenario);
  std::vector<Phase> phases;
  for (std::int32_t const label : dates_of(sets, clock)) {
    Phase& phase = phases.emplace_back(Phase{label - clock.start + 1, policy});
    for (SetSpell const& each : sets)
      if (holds(each, label)) put_number(phase.spec, each.value->at, each.value->number, each.value->path.where);
  }
  return phases;
}

NumberCourse parameter_by_date(TermContext const& context, MechanismSpec const& mechanism,
                               std::string const& parameter) {
  auto const own = [&](MechanismSpec const& of) { return number_in(of.parameters, parameter, {}).value_or(0); };
  if (context.phases == nullptr) return own(mechanism);
  return course_of(*context.phases, [&](PolicySpec const& spec) {
    for (MechanismSpec const& each : spec.mechanisms)
      if (each.name == mechanism.name) return own(each);
    return own(mechanism);
  });
}

ReinventionModel reinvention_model(std::vector<Phase> const& phases) {
  return {course_of(phases, [](PolicySpec const& each) { return each.reinvention->probability; }),
          course_of(phases, [](PolicySpec const& each) { return each.reinvention->gain; }),
          course_of(phases, [](PolicySpec const& each) { return each.reinvention->cost; })};
}

template <class Spec>
std::vector<PhaseOf<Spec>> phases_of(Spec const& first, NumberAt::Of of, std::string const& name,
                                     Scenario const& scenario) {
  auto const sets =
      sets_of(scenario, [&](SetValue const& each) { return each.at.of == of && each.at.mechanism == name; });
  std::vector<PhaseOf<Spec>> phases;
  std::vector<double> before;
  for (std::int32_t const label : dates_of(sets, scenario.clock)) {
    Spec now = first;
    for (SetSpell const& each : sets)
      if (double* const number = holds(each, label) ? find_number(now, each.value->at) : nullptr)
        *number = each.value->number;
    std::vector<double> numbers;
    for (SetSpell const& each : sets) numbers.push_back(*find_number(now, each.value->at));
    if (phases.empty() || numbers != before) phases.push_back({label - scenario.clock.start + 1, std::move(now)});
    before = std::move(numbers);
  }
  return phases;
}

template std::vector<PhaseOf<ResourcesSpec>> phases_of(ResourcesSpec const&, NumberAt::Of, std::string const&,
                                                       Scenario const&);
template std::vector<PhaseOf<DynamicsSpec>> phases_of(DynamicsSpec const&, NumberAt::Of, std::string const&,
                                                      Scenario const&);
template std::vector<PhaseOf<FeeSpec>> phases_of(FeeSpec const&, NumberAt::Of, std::string const&, Scenario const&);

NumberCourse attention_by_date(Scenario const& scenario) {
  auto const sets = sets_of(scenario, [](SetValue const& each) { return each.at.of == NumberAt::Of::attention; });
  auto const own = number_in(scenario, {}, {NumberAt::Of::attention});
  std::optional<NumberCourse> course;
  for (std::int32_t const label : dates_of(sets, scenario.clock)) {
    double now = own.value_or(0);
    for (SetSpell const& each : sets)
      if (holds(each, label)) now = each.value->number;
    if (course) course->add(label - scenario.clock.start + 1, now);
    if (!course) course = NumberCourse(now);
  }
  return *course;
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
