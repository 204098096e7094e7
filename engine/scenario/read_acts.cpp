/// Reads pushes, campaigns, mandates and subsidies.
#include "scenario/read_acts.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "scenario/fields.hpp"
#include "scenario/laws.hpp"

namespace hansa {

namespace {

/// The policy of an act, or nullptr where none of that name was read.
PolicySpec const* policy_of(Reference const& policy, Scenario const& scenario) {
  auto const found = std::find_if(scenario.policies.begin(), scenario.policies.end(),
                                  [&](PolicySpec const& each) { return each.name == policy.name; });
  return found == scenario.policies.end() ? nullptr : &*found;
}

/// Policy and cities, which all of them have.
template <class Spec>
Spec read_common(Item const& item, Parameters const& read, std::string const& act, Reading& reading) {
  Spec spec;
  spec.where = item.where;
  if (read.has(act + ".policy")) spec.policy = read.reference(act + ".policy");
  if (auto const cities = child(item, "cities")) spec.cities = read_selector(*cities, reading);
  if (spec.cities.where.file.empty()) spec.cities.where = item.where;
  return spec;
}

}  // namespace

void warn_of_replay(Parameters const& read, Reference const& policy, Scenario const& scenario, Reading& reading) {
  PolicySpec const* const spec = policy_of(policy, scenario);
  if (spec == nullptr || !spec->adopters.until || !read.has("at")) return;
  std::int64_t const last = read.has("until") ? read.integer("until") : scenario.clock.end;
  if (last > *spec->adopters.until) return;
  reading.complaints.warn(
      fmt::format("this ends in {}, and adoptions of '{}' until {} are given", last, spec->name, *spec->adopters.until),
      read.place(read.has("until") ? "until" : "at"), "it changes nothing: cities decide from the next step on");
}

ActSpec read_push(Item const& item, Parameters const& read, Scenario const& scenario, Reading& reading) {
  auto spec = read_common<PushSpec>(item, read, "push", reading);
  if (read.has("push.strength")) spec.strength = read.number("push.strength");
  warn_of_replay(read, spec.policy, scenario, reading);
  PolicySpec const* const policy = policy_of(spec.policy, scenario);
  bool const hazards = policy != nullptr && (policy->rule == Rule::additive || policy->rule == Rule::cascade);
  if (!hazards || spec.strength >= 0) return spec;
  refuse(*child(item, "strength"),
         fmt::format("under rule {}, where a push is a hazard of its own, a number of at least 0",
                     policy->rule == Rule::additive ? "additive" : "cascade"),
         reading);
  return spec;
}

ActSpec read_campaign(Item const& item, Parameters const& read, Scenario const& scenario, Reading& reading) {
  auto spec = read_common<CampaignSpec>(item, read, "campaign", reading);
  if (read.has("campaign.factor")) spec.factor = read.number("campaign.factor");
  warn_of_replay(read, spec.policy, scenario, reading);
  auto const names = reading.policy_mechanisms.find(spec.policy.name);
  if (read.has("campaign.mechanism") && names != reading.policy_mechanisms.end())
    spec.mechanism = read_defined(*child(item, "mechanism"), "mechanism", names->second, reading);
  PolicySpec const* const policy = policy_of(spec.policy, scenario);
  if (policy == nullptr) return spec;
  for (MechanismSpec const& each : policy->mechanisms) {
    if (each.name != spec.mechanism.name || !is_law(each)) continue;
    reading.complaints.add(fmt::format("'{}' is a law, and has no strength to multiply", each.name),
                           spec.mechanism.where, "a mechanism that presses on cities was expected");
  }
  return spec;
}

ActSpec read_mandate(Item const& item, Parameters const& read, Scenario const& scenario, Reading& reading) {
  auto spec = read_common<MandateSpec>(item, read, "mandate", reading);
  spec.compliance = read.number("mandate.compliance");
  warn_of_replay(read, spec.policy, scenario, reading);
  return spec;
}

ActSpec read_subsidy(Item const& item, Parameters const& read, Scenario const&, Reading& reading) {
  constexpr std::string_view forms[] = {"share", "amount"};
  auto spec = read_common<SubsidySpec>(item, read, "subsidy", reading);
  if (item.node->form == Node::Form::map) (void)exactly_one(item, forms, reading);
  if (read.has("subsidy.share")) spec.share = read.number("subsidy.share");
  if (read.has("subsidy.amount")) spec.amount = read.number("subsidy.amount");
  if (read.has("subsidy.budget")) spec.budget = read.number("subsidy.budget");
  return spec;
}

}  // namespace hansa
