/// Follows paths to numbers of policies, and reads what they are set to.
#include "scenario/read_set.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/names.hpp"
#include "scenario/fields.hpp"
#include "scenario/laws.hpp"
#include "scenario/path.hpp"
#include "scenario/policy_numbers.hpp"
#include "scenario/read_acts.hpp"
#include "scenario/tables.hpp"

namespace hansa {

namespace {

using Known = std::vector<std::string_view>;

/// What to do instead of setting numbers that are not a policy's, or that are nothing for a date.
struct Instead {
  std::string_view key;
  std::string_view mend;
};
constexpr Instead of_scenario[] = {
    {"networks", "ties are built once, before the first step: add_ties and remove_ties change them at a date"},
    {"collaborations", "join, leave and dissolve change members at a date"},
    {"cities", "a panel has attributes that change"},
};
constexpr Instead of_policy[] = {
    {"merit", "what the policy is worth to its adopters is drawn when they adopt, and what was seen stays seen"},
    {"reinvention", "whether adopters adapt the policy, and what that is worth, is settled when they adopt"},
    {"abandonment", "how cities leave stays the same over time; a mandate holds adopters while it lasts"},
    {"threshold", "thresholds are drawn once for each city: a push, or the effect of an attribute, can change by date"},
};
constexpr std::string_view numbers_that_can =
    "numbers of policies can: baseline, attributes, trend, frailty, and those of mechanisms, as in "
    "policies.P.mechanisms.M.strength";

/// A number that a path leads to, and the field with its range.
struct SetTarget {
  NumberAt at;
  Field const* field = nullptr;
};

template <class Named, class Name>
Known names_of(Named const& all, Name const& name) {
  Known names;
  for (auto const& each : all) names.push_back(name(each));
  return names;
}

Known keys_of(std::span<Field const> fields) {
  return names_of(fields, [](Field const& each) { return each.name; });
}

/// One path of a set.
class Path {
 public:
  Path(Item const& entry, std::vector<std::string> keys, Scenario const& scenario, Reading& reading)
      : entry_(entry), keys_(std::move(keys)), scenario_(scenario), reading_(reading) {}

  /// The number at its end; nothing after a complaint, or where that would be another's fault.
  std::optional<SetTarget> find() {
    if (keys_[0] != "policies") return refuse_outside(keys_[0], fields::scenario, of_scenario);
    if (keys_.size() < 3) return refuse_path(numbers_that_can);
    auto const policy = std::find_if(scenario_.policies.begin(), scenario_.policies.end(),
                                     [&](PolicySpec const& each) { return each.name == keys_[1]; });
    if (policy == scenario_.policies.end()) {
      bool const known = reading_.policies.complete;
      return known ? miss(keys_[1], reading_.policies.known) : std::nullopt;
    }
    policy_ = &*policy;
    std::string const& section = keys_[2];
    if (section == "baseline") return baseline();
    if (section == "attributes") return attribute();
    if (section == "trend") return trend();
    if (section == "frailty") return frailty();
    if (section == "mechanisms") return mechanism();
    return refuse_outside(section, fields::policy, of_policy);
  }

  [[nodiscard]] PolicySpec const* policy() const noexcept { return policy_; }

 private:
  /// "the path 'x' leads to 'a', which is not there".
  std::nullopt_t miss(std::string_view stuck, Known known) {
    std::sort(known.begin(), known.end());
    reading_.complaints.add(fmt::format("the path {} leads to '{}', which is not there", entry_.label, stuck),
                            entry_.where, known.empty() ? "nothing stands there" : expected_one_of(stuck, known));
    return std::nullopt;
  }
  std::nullopt_t refuse_path(std::string_view mend) {
    reading_.complaints.add(fmt::format("{} cannot be set at a date", entry_.label), entry_.where, std::string(mend));
    return std::nullopt;
  }
  std::nullopt_t refuse_outside(std::string const& key, std::span<Field const> fields, std::span<Instead const> all) {
    auto const found = std::find_if(all.begin(), all.end(), [&](Instead const& each) { return each.key == key; });
    if (found != all.end()) return refuse_path(found->mend);
    Known const known = keys_of(fields);
    bool const exists = std::find(known.begin(), known.end(), key) != known.end();
    return exists ? refuse_path(numbers_that_can) : miss(key, known);
  }
  std::nullopt_t refuse_depth() { return refuse_path(numbers_that_can); }

  std::optional<SetTarget> baseline() {
    bool const chance = keys_.size() == 4 && keys_[3] == "chance";
    if (keys_.size() > 3 && !chance) return miss(keys_[3], {"chance"});
    bool const from_nothing = policy_->rule == Rule::additive;
    if (!policy_->baseline && !from_nothing)
      return refuse_path(fmt::format("policy '{}' has no baseline", policy_->name));
    return SetTarget{{NumberAt::Of::baseline}, chance ? &fields::chance[0] : &fields::effect};
  }

  std::optional<SetTarget> attribute() {
    if (keys_.size() != 4 && keys_.size() != 5) return refuse_depth();
    auto const effect = std::find_if(policy_->attributes.begin(), policy_->attributes.end(),
                                     [&](AttributeEffect const& each) { return each.attribute.name == keys_[3]; });
    if (effect == policy_->attributes.end())
      return miss(keys_[3], names_of(policy_->attributes, [](AttributeEffect const& each) {
                    return std::string_view(each.attribute.name);
                  }));
    NumberAt at{NumberAt::Of::attribute, {}, keys_[3]};
    auto const* by_value = std::get_if<std::map<std::string, double>>(&effect->effect);
    if (by_value == nullptr)
      return keys_.size() == 4 ? std::optional(SetTarget{at, &fields::effect}) : miss(keys_[4], {});
    Known const values = names_of(*by_value, [](auto const& each) { return std::string_view(each.first); });
    if (keys_.size() == 4)
      return refuse_path(fmt::format("each of its values has an effect of its own: name one, as in {}",
                                     joined(entry_.key, values.empty() ? "VALUE" : values.front())));
    if (by_value->count(keys_[4]) == 0) return miss(keys_[4], values);
    at.part = keys_[4];
    return SetTarget{at, &fields::effect};
  }

  /// The number of an item, "[2]" at the end of the last key.
  std::optional<SetTarget> coefficient(std::string last, std::string_view list) {
    auto const position = take_position(last);
    if (last != list) return miss(last, {list});
    std::size_t const count = policy_->trend.coefficients.size();
    if (!position) return refuse_path(fmt::format("name one of its {} coefficients, from {}[0] on", count, list));
    if (*position >= count) return miss(keys_.back(), {});
    return SetTarget{{NumberAt::Of::trend, {}, {}, {}, static_cast<std::int64_t>(*position)}, &fields::effect};
  }

  std::optional<SetTarget> trend() {
    Trend const& trend = policy_->trend;
    if (trend.form == Trend::Form::none) return refuse_path(fmt::format("policy '{}' has no trend", policy_->name));
    if (keys_.size() < 4) return refuse_depth();
    std::string form = keys_[3];
    (void)take_position(form);
    auto const is = [&](std::string_view name, Trend::Form wanted) { return form == name && trend.form == wanted; };
    bool const alone = trend.coefficients.size() == 1;
    if (is("log_time", Trend::Form::log_time) || (alone && is("linear", Trend::Form::polynomial)))
      return keys_.size() == 4 ? std::optional(SetTarget{{NumberAt::Of::trend}, &fields::effect}) : miss(keys_[4], {});
    if (is("polynomial", Trend::Form::polynomial))
      return keys_.size() == 4 ? coefficient(keys_[3], "polynomial") : miss(keys_[4], {});
    if (is("spline", Trend::Form::spline))
      return keys_.size() == 5 ? coefficient(keys_[4], "coefficients") : refuse_depth();
    if (is("periods", Trend::Form::periods)) return keys_.size() == 5 ? period(keys_[4]) : refuse_depth();
    constexpr std::pair<Trend::Form, std::string_view> names[] = {{Trend::Form::polynomial, "polynomial"},
                                                                  {Trend::Form::log_time, "log_time"},
                                                                  {Trend::Form::periods, "periods"},
                                                                  {Trend::Form::spline, "spline"}};
    for (auto const& [own, name] : names)
      if (own == trend.form) return miss(form, {alone && own == Trend::Form::polynomial ? "linear" : name});
    return std::nullopt;
  }

  std::optional<SetTarget> period(std::string const& key) {
    auto const label = parse_integer(key);
    bool const is_label = label && *label >= INT32_MIN && *label <= INT32_MAX;
    if (!is_label || policy_->trend.periods.count(static_cast<std::int32_t>(*label)) == 0) return miss(key, {});
    return SetTarget{{NumberAt::Of::period, {}, {}, {}, *label}, &fields::effect};
  }

  std::optional<SetTarget> frailty() {
    if (keys_.size() != 4) return refuse_depth();
    auto const sd = std::find_if(std::begin(fields::frailty), std::end(fields::frailty),
                                 [&](Field const& each) { return each.name == keys_[3]; });
    if (sd == std::end(fields::frailty)) return miss(keys_[3], keys_of(fields::frailty));
    bool const alone = policy_->rule == Rule::additive && !policy_->baseline;
    if (policy_->rule == Rule::cascade || alone)
      return refuse_path(policy_->rule == Rule::cascade ? "rule cascade has no frailty"
                                                        : "frailty has nothing to act on without a baseline");
    return SetTarget{{NumberAt::Of::frailty, {}, keys_[3]}, &*sd};
  }

  std::optional<SetTarget> mechanism() {
    if (keys_.size() < 5) return refuse_depth();
    auto const found = std::find_if(policy_->mechanisms.begin(), policy_->mechanisms.end(),
                                    [&](MechanismSpec const& each) { return each.name == keys_[3]; });
    if (found == policy_->mechanisms.end()) {
      auto const names = reading_.policy_mechanisms.find(policy_->name);
      if (names == reading_.policy_mechanisms.end() || !names->second.complete) return std::nullopt;
      Known const& known = names->second.known;
      bool const refused = std::binary_search(known.begin(), known.end(), keys_[3]);
      return refused ? std::nullopt : std::optional<SetTarget>(miss(keys_[3], known));
    }
    if (is_law(*found) && keys_[4].starts_with("strength"))
      return refuse_path("a law that binds or bars cities has none: a what-if file may leave the law out");
    if (keys_[4] == "strength") return strength(*found);
    if (keys_[4] == "strength_by") return strength_by(*found);
    if (keys_[4] == found->kind) return parameter(*found);
    return miss(keys_[4], {"strength", "strength_by", found->kind});
  }

  std::optional<SetTarget> strength(MechanismSpec const& mechanism) {
    if (keys_.size() > 5) return miss(keys_[5], {});
    return SetTarget{{NumberAt::Of::strength, mechanism.name}, &fields::mechanism[0]};
  }

  std::optional<SetTarget> strength_by(MechanismSpec const& mechanism) {
    if (keys_.size() != 6) return refuse_depth();
    auto const& slopes = mechanism.strength_by;
    bool const there =
        std::any_of(slopes.begin(), slopes.end(), [&](auto const& each) { return each.first.name == keys_[5]; });
    if (!there)
      return miss(keys_[5], names_of(slopes, [](auto const& each) { return std::string_view(each.first.name); }));
    return SetTarget{{NumberAt::Of::strength_by, mechanism.name, keys_[5]}, &fields::effect};
  }

  std::optional<SetTarget> parameter(MechanismSpec const& mechanism) {
    auto const schema = std::find_if(reading_.mechanisms.begin(), reading_.mechanisms.end(),
                                     [&](Schema const* each) { return each->name == mechanism.kind; });
    if (schema == reading_.mechanisms.end() || keys_.size() < 6) return refuse_depth();
    Located const found = locate((*schema)->parameters, std::span(keys_).subspan(5));
    if (found.field == nullptr) return miss(found.stuck, keys_of(found.among));
    NumberAt at{NumberAt::Of::parameter, mechanism.name, found.holder, std::string(found.of_shape)};
    bool const number = found.field->kind == Kind::number || found.field->kind == Kind::chance ||
                        found.field->kind == Kind::number_or_attribute;
    if (!number) return refuse_path(numbers_that_can);
    if (policy_->rule == Rule::cascade)
      return refuse_path("under rule cascade a tie of weight w is one chance of min(1, strength w)");
    if ((*schema)->remembers)
      return refuse_path(
          is_law(mechanism)
              ? "what has been enacted stays in force: another law is a what-if file of its own"
              : fmt::format("what the past has made of {} stays: its strength can be set", mechanism.kind));
    bool const by_attribute = found.field->kind == Kind::number_or_attribute && mechanism.parameters.has(found.holder);
    if (by_attribute && !number_in(mechanism.parameters, at.key, at.part))
      return refuse_path("an attribute gives each city its own");
    // A number that may be left out can begin, but not one of a section or shape that is not there.
    bool const may_begin = keys_.size() == 6 && !mechanism.parameters.has(found.holder);
    if (!may_begin && !number_in(mechanism.parameters, at.key, at.part)) return miss(keys_.back(), {});
    return SetTarget{at, found.field};
  }

  Item const& entry_;
  std::vector<std::string> keys_;
  Scenario const& scenario_;
  Reading& reading_;
  PolicySpec const* policy_ = nullptr;
};

/// What the rule of the policy has against a strength; empty: nothing.
std::string_view refused_strength(Rule rule, double strength) {
  if (rule == Rule::cascade && !(strength >= 0 && strength <= 1))
    return "under rule cascade the chance of a tie of weight 1, a number from 0 to 1,";
  if (rule == Rule::additive && !(strength >= 0))
    return "under rule additive, which adds hazards, a number of at least 0";
  return {};
}

/// The number as the policy has it; nothing after a complaint.
std::optional<double> read_target(Item const& entry, SetTarget const& target, PolicySpec const& policy,
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
    return baseline_of_chance(number, policy.rule);
  std::string_view const expected =
      target.at.of == NumberAt::Of::strength ? refused_strength(policy.rule, number) : std::string_view();
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

/// A policy is compiled anew for each date at which something of it changes.
void check_dates(std::map<std::pair<std::string, NumberAt>, std::vector<Use>> const& by_number, Reading& reading) {
  std::map<std::string, std::set<std::int32_t>> dates;
  for (auto const& [number, uses] : by_number) {
    std::set<std::int32_t>& own = dates[number.first];
    for (Use const& each : uses) {
      own.insert({each.first->at, *each.first->until + 1});
      if (own.size() <= most_dates_of_sets) continue;
      reading.complaints.add(
          fmt::format("numbers of policy '{}' change at more than {} dates", number.first, most_dates_of_sets),
          each.second->path.where, "fewer were expected; an attribute or a trend may change in every step");
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
    Path path(entry, std::move(keys), scenario, reading);
    auto const target = path.find();
    if (!target) continue;
    PolicySpec const& policy = *path.policy();
    auto const number = read_target(entry, *target, policy, reading);
    if (!number) continue;
    spec.values.push_back({{entry.key, value_place(entry)}, {policy.name, entry.where}, target->at, *number});
    if (number_in(policy, target->at) == *number)
      reading.complaints.warn(fmt::format("{} is {} anyway", entry.label, *number), value_place(entry),
                              "setting it changes nothing");
    warn_of_replay(read, spec.values.back().policy, scenario, reading);
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
