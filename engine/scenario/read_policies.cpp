/// Reads the section `policies`: effects of attributes, adopters, who is at risk, and by others rules and mechanisms.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "scenario/fields.hpp"
#include "scenario/policy_numbers.hpp"
#include "scenario/reader.hpp"

namespace hansa {

namespace {

/// True after a complaint that the key is no name, but the rest of a number, or holds its value.
bool refused_as_slip(Item const& item, Reading& reading) {
  std::string const mend = mend_for_slip(item);
  if (!mend.empty()) reading.complaints.add(refusal(item), item.where, mend);
  return !mend.empty();
}

void read_effects(Item const& item, PolicySpec& into, Reading& reading) {
  for (Item const& each : entries_of(item, "a map from attributes to effects", reading)) {
    AttributeEffect& attribute = into.attributes.emplace_back();
    attribute.attribute = {each.key, each.where};
    if (refused_as_slip(each, reading)) continue;
    if (each.node->form == Node::Form::map) {
      std::map<std::string, double> by_value;
      for (Item const& value : entries_of(each, "", reading))
        if (!refused_as_slip(value, reading))
          by_value.emplace(value.key, read_number(value, fields::effect, reading).value_or(0));
      attribute.effect = std::move(by_value);
    } else if (each.node->form == Node::Form::scalar) {
      attribute.effect = read_number(each, fields::effect, reading).value_or(0);
    } else {
      refuse(each, "a number, or a map from values to numbers,", reading);
    }
  }
  std::sort(into.attributes.begin(), into.attributes.end(),
            [](auto const& a, auto const& b) { return a.attribute.name < b.attribute.name; });
}

void read_adopters(Item const& item, PolicySpec& into, Clock const& clock, Reading& reading) {
  bool const of_file = item.node->find("file") || item.node->find("until") || item.node->find("coverage");
  if (!of_file) {
    into.adopters.source = read_selector(item, reading);
    return;
  }
  Parameters const read = read_section(item, fields::adopters, reading);
  if (read.has("file")) into.adopters.source = file_ref(read.text("file"), read.place("file"), reading);
  into.adopters.until = optional_label(read, "until");
  if (auto const coverage = child(item, "coverage")) into.adopters.coverage = read_selector(*coverage, reading);
  if (into.adopters.until && *into.adopters.until < clock.start - 1 && clock.end >= clock.start)
    reading.complaints.warn(fmt::format("adoptions until {} are given", *into.adopters.until), read.place("until"),
                            fmt::format("all those before {}, in which time starts, are anyway", clock.start));
  if (into.adopters.until && *into.adopters.until >= clock.end && clock.end >= clock.start)
    reading.complaints.warn(fmt::format("adoptions until {} are given", *into.adopters.until), read.place("until"),
                            fmt::format("time ends in {}: nothing is left to simulate", clock.end));
}

void read_at_risk(Item const& policy, Parameters const& read, PolicySpec& into, Reading& reading) {
  into.at_risk.from = optional_reference(read, "at_risk.from");
  into.at_risk.until = optional_reference(read, "at_risk.until");
  auto const item = child(policy, "at_risk");
  if (!item) return;
  if (auto const cities = child(*item, "cities")) into.at_risk.cities = read_selector(*cities, reading);
}

std::optional<AbandonmentSpec> read_abandonment(Item const& policy, Parameters const& read, Reading& reading) {
  auto const item = child(policy, "abandonment");
  if (!item || item->node->form != Node::Form::map) return std::nullopt;
  AbandonmentSpec spec;
  spec.where = item->where;
  bool const constant = child(*item, "hazard").has_value(), logit = child(*item, "logit").has_value();
  if (constant == logit)
    reading.complaints.add(constant ? "'hazard' cannot stand beside 'logit'" : "'abandonment' states no hazard",
                           item->where, "one of 'hazard' and 'logit' was expected");
  if (read.has("abandonment.hazard")) spec.hazard = read.number("abandonment.hazard");
  if (!read.has("abandonment.logit.base")) return spec;
  spec.by_odds = true;
  spec.base = read.number("abandonment.logit.base");
  spec.own_belief = read.number("abandonment.logit.own_belief");
  settle_hazard(spec);
  if (spec.own_belief != 0 && !learns(policy))
    reading.complaints.add(fmt::format("'own_belief' of {} has nothing to go by", policy.label),
                           read.place("abandonment.logit.own_belief"),
                           "a mechanism of the kind 'learning' was expected: without one cities have no beliefs");
  return spec;
}

std::optional<CostSpec> read_cost(Item const& policy, Parameters const& read) {
  if (!read.has("cost.amount")) return std::nullopt;
  CostPer const per = read.text("cost.per") == "step" ? CostPer::step : CostPer::once;
  return CostSpec{std::get<NumberOrAttribute>(read.value("cost.amount")), per, child(policy, "cost")->where};
}

PolicySpec read_policy(Item const& item, Clock const& clock, Reading& reading) {
  PolicySpec spec;
  spec.name = item.key;
  spec.where = item.where;
  (void)check_name(item, reading);
  Parameters const read = read_section(item, fields::policy, reading);
  if (item.node->form != Node::Form::map) return spec;
  read_rule(item, read, spec, reading);
  if (auto const effects = child(item, "attributes")) read_effects(*effects, spec, reading);
  if (auto const trend = child(item, "trend")) spec.trend = read_trend(*trend, clock, reading);
  if (auto const adopters = child(item, "adopters")) read_adopters(*adopters, spec, clock, reading);
  read_at_risk(item, read, spec, reading);
  if (read.has("requires")) spec.required = read.references("requires");
  if (read.has("excludes")) spec.excluded = read.references("excludes");
  spec.abandonment = read_abandonment(item, read, reading);
  spec.cost = read_cost(item, read);
  if (read.text("when_unaffordable") == "queue") spec.when_unaffordable = Affording::queue;
  if (auto const mechanisms = child(item, "mechanisms")) {
    spec.mechanisms = read_mechanisms(*mechanisms, reading);
    refuse_mechanisms(*mechanisms, spec, reading);
  }
  spec.merit = read_merit(item, read, spec, reading);
  spec.reinvention = read_reinvention(item, read, spec, reading);
  return spec;
}

}  // namespace

std::vector<PolicySpec> read_policies(Item const& item, Clock const& clock, Reading& reading) {
  std::vector<PolicySpec> policies;
  std::vector<Item> const entries = entries_of(item, "a map of policies by name", reading);
  for (Item const& each : entries) policies.push_back(read_policy(each, clock, reading));
  if (entries.empty() && item.node->form == Node::Form::map)
    reading.complaints.add("'policies' is empty", item.where, "at least one policy was expected");
  std::sort(policies.begin(), policies.end(), [](auto const& a, auto const& b) { return a.name < b.name; });
  check_bars(policies, reading);
  return policies;
}

}  // namespace hansa
