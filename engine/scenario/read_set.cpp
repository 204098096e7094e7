/// Reads what numbers are set to, and holds it against what they can be and what else is set.
#include "scenario/read_set.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "scenario/fields.hpp"
#include "scenario/path.hpp"
#include "scenario/read_acts.hpp"
#include "scenario/set_path.hpp"
#include "scenario/shared_numbers.hpp"
#include "scenario/tables.hpp"

namespace hansa {

namespace {

/// What the rule of the policy has against a strength; empty: nothing.
std::string_view refused_strength(Rule rule, double strength) {
  if (rule == Rule::cascade && !(strength >= 0 && strength <= 1))
    return "under rule cascade the chance of a tie of weight 1, a number from 0 to 1,";
  if (rule == Rule::additive && !(strength >= 0))
    return "under rule additive, which adds hazards, a number of at least 0";
  return {};
}

/// The number as the policy has it; nothing after a complaint.
std::optional<double> read_target(Item const& entry, SetTarget const& target, PolicySpec const* policy,
                                  Reading& reading) {
  Value const value = read_value(*target.field, entry, reading);
  double number = 0;
  if (auto const* plain = std::get_if<double>(&value)) {
    number = *plain;
  } else if (auto const* either = std::get_if<NumberOrAttribute>(&value)) {
    if (!std::holds_alternative<double>(*either)) {
      refuse(entry, "a number", reading);
      return std::nullopt;
    }
    number = std::get<double>(*either);
  } else {
    return std::nullopt;
  }
  if (target.at.of == NumberAt::Of::baseline && target.field->kind == Kind::chance)
    return baseline_of_chance(number, policy->rule);
  std::string_view expected;
  if (target.at.of == NumberAt::Of::strength) expected = refused_strength(policy->rule, number);
  if (target.at.of == NumberAt::Of::attention && number != std::floor(number)) expected = "a whole number from 1 on";
  if (expected.empty()) return number;
  refuse(entry, expected, reading);
  return std::nullopt;
}

/// A number, and who sets it.
using Use = std::pair<InterventionSpec const*, SetValue const*>;

/// `later` begins while `first` lasts.
void complain_of_both(Use const& first, Use const& later, Reading& reading) {
  bool const alone = later.first == first.first;
  std::string const who = alone ? fmt::format("'{}' sets", first.first->name)
                                : fmt::format("'{}' and '{}' both set", first.first->name, later.first->name);
  Place const& before = first.second->path.where;
  reading.complaints.add(
      fmt::format("{} '{}'{} in {}", who, later.second->path.name, alone ? " twice" : "", later.first->at),
      later.second->path.where,
      fmt::format("one value in each step was expected; the other stands at {}:{}:{}", before.file, before.line,
                  before.column));
}

/// The keys of a path; nothing after a complaint.
std::vector<std::string> keys_of_path(Item const& entry, Reading& reading) {
  try {
    return split_path(entry.key, entry.where);
  } catch (Error const& error) {
    for (Complaint const& each : error.complaints()) reading.complaints.add(each.problem, each.where, each.mend);
    return {};
  }
}

/// What is compiled anew for each date at which something of it changes: "policy 'p'", "network 'ties'".
std::string owner_of(std::string const& policy, NumberAt const& at) {
  if (is_of_policy(at.of)) return fmt::format("policy '{}'", policy);
  if (at.of == NumberAt::Of::dynamics) return fmt::format("network '{}'", at.mechanism);
  if (at.of == NumberAt::Of::fee) return fmt::format("collaboration '{}'", at.mechanism);
  return at.of == NumberAt::Of::resources ? "'resources'" : "'cities'";
}

void check_dates(std::map<std::pair<std::string, NumberAt>, std::vector<Use>> const& by_number, Reading& reading) {
  std::map<std::string, std::set<std::int32_t>> dates;
  for (auto const& [number, uses] : by_number) {
    std::string const owner = owner_of(number.first, number.second);
    std::set<std::int32_t>& own = dates[owner];
    for (Use const& each : uses) {
      own.insert({each.first->at, *each.first->until + 1});
      if (own.size() <= most_dates_of_sets) continue;
      reading.complaints.add(fmt::format("numbers of {} change at more than {} dates", owner, most_dates_of_sets),
                             each.second->path.where,
                             "fewer were expected; an attribute or a trend may change in every step");
      return;
    }
  }
}

}  // namespace

ActSpec read_set(Item const& item, Parameters const& read, Scenario const& scenario, Reading& reading) {
  SetSpec spec;
  spec.where = item.where;
  std::vector<Item> const entries = entries_of(item, "a map from paths to numbers", reading);
  if (entries.empty() && item.node->form == Node::Form::map)
    reading.complaints.add("'set' is empty", item.where, "at least one path with a number was expected");
  for (Item entry : entries) {
    entry.label = fmt::format("'{}'", entry.key);
    std::vector<std::string> keys = keys_of_path(entry, reading);
    if (keys.empty()) continue;
    SetPath path(entry, std::move(keys), scenario, reading);
    auto const target = path.find();
    if (!target) continue;
    PolicySpec const* const policy = path.policy();
    auto const number = read_target(entry, *target, policy, reading);
    if (!number) continue;
    std::string const name = policy == nullptr ? std::string() : policy->name;
    spec.values.push_back({{entry.key, value_place(entry)}, {name, entry.where}, target->at, *number});
    if (number_in(scenario, name, target->at) == *number)
      reading.complaints.warn(fmt::format("{} is {} anyway", entry.label, *number), value_place(entry),
                              "setting it changes nothing");
    if (policy != nullptr) warn_of_replay(read, spec.values.back().policy, scenario, reading);
  }
  std::sort(spec.values.begin(), spec.values.end(),
            [](SetValue const& a, SetValue const& b) { return a.path.name < b.path.name; });
  return spec;
}

void check_sets(std::vector<InterventionSpec> const& specs, Reading& reading) {
  std::map<std::pair<std::string, NumberAt>, std::vector<Use>> by_number;
  for (InterventionSpec const& each : specs) {
    auto const* set = std::get_if<SetSpec>(&each.act);
    if (set == nullptr) continue;
    for (SetValue const& value : set->values) by_number[{value.policy.name, value.at}].emplace_back(&each, &value);
  }
  check_dates(by_number, reading);
  for (auto& [number, uses] : by_number) {
    std::stable_sort(uses.begin(), uses.end(), [](Use const& a, Use const& b) { return a.first->at < b.first->at; });
    Use longest = uses.front();
    for (std::size_t k = 1; k < uses.size(); ++k) {
      if (uses[k].first->at <= *longest.first->until) complain_of_both(longest, uses[k], reading);
      if (*uses[k].first->until > *longest.first->until) longest = uses[k];
    }
  }
}

}  // namespace hansa
