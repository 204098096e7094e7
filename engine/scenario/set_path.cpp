/// Follows paths to numbers of policies.
#include "scenario/set_path.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/names.hpp"
#include "scenario/fields.hpp"
#include "scenario/laws.hpp"
#include "scenario/path.hpp"
#include "scenario/policy_numbers.hpp"
#include "scenario/tables.hpp"

namespace hansa {

namespace {

template <class Named, class Name>
std::vector<std::string_view> names_of(Named const& all, Name const& name) {
  std::vector<std::string_view> names;
  for (auto const& each : all) names.push_back(name(each));
  return names;
}

std::vector<std::string_view> keys_of(std::span<Field const> fields) {
  return names_of(fields, [](Field const& each) { return each.name; });
}

}  // namespace

std::optional<SetTarget> SetPath::of_policy() {
  constexpr Instead instead[] = {
      {"threshold",
       "thresholds are drawn once for each city: a push, or the effect of an attribute, can change by date"},
      {"adopters", "who has adopted before is data: a seed makes cities adopt at a date"},
      {"at_risk", "the attributes that it names say for each city from when, and until when"},
  };
  if (keys_.size() < 3) return refuse_depth();
  auto const policy = std::find_if(scenario_.policies.begin(), scenario_.policies.end(),
                                   [&](PolicySpec const& each) { return each.name == keys_[1]; });
  if (policy == scenario_.policies.end()) {
    bool const known = reading_.policies.complete;
    return known ? std::optional<SetTarget>(miss(keys_[1], reading_.policies.known)) : std::nullopt;
  }
  policy_ = &*policy;
  std::string const& section = keys_[2];
  if (section == "baseline") return baseline();
  if (section == "attributes") return attribute();
  if (section == "trend") return trend();
  if (section == "frailty") return frailty();
  if (section == "mechanisms") return mechanism();
  if (section == "cost") return cost();
  if (section == "abandonment") return abandonment();
  if (section == "merit") return merit();
  if (section != "reinvention") return refuse_outside(section, fields::policy, instead);
  if (!policy_->reinvention) return refuse_path(fmt::format("policy '{}' has no reinvention", policy_->name));
  return in_section(fields::reinvention, 3, {NumberAt::Of::reinvention});
}

std::optional<SetTarget> SetPath::baseline() {
  bool const chance = keys_.size() == 4 && keys_[3] == "chance";
  if (keys_.size() > 3 && !chance) return miss(keys_[3], {"chance"});
  bool const from_nothing = policy_->rule == Rule::additive;
  if (!policy_->baseline && !from_nothing)
    return refuse_path(fmt::format("policy '{}' has no baseline", policy_->name));
  return SetTarget{{NumberAt::Of::baseline}, chance ? &fields::chance[0] : &fields::effect};
}

std::optional<SetTarget> SetPath::attribute() {
  if (keys_.size() != 4 && keys_.size() != 5) return refuse_depth();
  auto const effect = std::find_if(policy_->attributes.begin(), policy_->attributes.end(),
                                   [&](AttributeEffect const& each) { return each.attribute.name == keys_[3]; });
  if (effect == policy_->attributes.end())
    return miss(keys_[3], names_of(policy_->attributes,
                                   [](AttributeEffect const& each) { return std::string_view(each.attribute.name); }));
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
std::optional<SetTarget> SetPath::coefficient(std::string last, std::string_view list) {
  auto const position = take_position(last);
  if (last != list) return miss(last, {list});
  std::size_t const count = policy_->trend.coefficients.size();
  if (!position) return refuse_path(fmt::format("name one of its {} coefficients, from {}[0] on", count, list));
  if (*position >= count) return miss(keys_.back(), {});
  return SetTarget{{NumberAt::Of::trend, {}, {}, {}, static_cast<std::int64_t>(*position)}, &fields::effect};
}

std::optional<SetTarget> SetPath::trend() {
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

std::optional<SetTarget> SetPath::period(std::string const& key) {
  auto const label = parse_integer(key);
  bool const is_label = label && *label >= INT32_MIN && *label <= INT32_MAX;
  if (!is_label || policy_->trend.periods.count(static_cast<std::int32_t>(*label)) == 0) return miss(key, {});
  return SetTarget{{NumberAt::Of::period, {}, {}, {}, *label}, &fields::effect};
}

std::optional<SetTarget> SetPath::frailty() {
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

std::optional<SetTarget> SetPath::mechanism() {
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

std::optional<SetTarget> SetPath::strength(MechanismSpec const& mechanism) {
  if (keys_.size() > 5) return miss(keys_[5], {});
  return SetTarget{{NumberAt::Of::strength, mechanism.name}, &fields::mechanism[0]};
}

std::optional<SetTarget> SetPath::strength_by(MechanismSpec const& mechanism) {
  if (keys_.size() != 6) return refuse_depth();
  auto const& slopes = mechanism.strength_by;
  bool const there =
      std::any_of(slopes.begin(), slopes.end(), [&](auto const& each) { return each.first.name == keys_[5]; });
  if (!there)
    return miss(keys_[5], names_of(slopes, [](auto const& each) { return std::string_view(each.first.name); }));
  return SetTarget{{NumberAt::Of::strength_by, mechanism.name, keys_[5]}, &fields::effect};
}

std::optional<SetTarget> SetPath::parameter(MechanismSpec const& mechanism) {
  auto const schema = std::find_if(reading_.mechanisms.begin(), reading_.mechanisms.end(),
                                   [&](Schema const* each) { return each->name == mechanism.kind; });
  if (schema == reading_.mechanisms.end() || keys_.size() < 6) return refuse_depth();
  Located const found = locate((*schema)->parameters, std::span(keys_).subspan(5));
  if (found.field == nullptr) return miss(found.stuck, keys_of(found.among));
  NumberAt at{NumberAt::Of::parameter, mechanism.name, found.holder, std::string(found.of_shape)};
  bool const number = found.field->kind == Kind::number || found.field->kind == Kind::chance ||
                      found.field->kind == Kind::number_or_attribute;
  if (!number) return refuse_depth();
  if (policy_->rule == Rule::cascade && !is_law(mechanism))
    return refuse_path("under rule cascade a tie of weight w is one chance of min(1, strength w)");
  bool const remembers = (*schema)->remembers;
  auto const& dated = (*schema)->by_date;
  if (remembers && std::find(dated.begin(), dated.end(), found.holder) == dated.end())
    return refuse_path(
        found.holder.starts_with("prior.")
            ? "beliefs have moved on from a prior since the first step: 'strength' can be set"
            : fmt::format("what the past has made of {} stays: its strength can be set", mechanism.kind));
  bool const obliges = mechanism.kind == "national" && mechanism.parameters.text("kind") == "mandate";
  if (mechanism.kind == "national" && found.holder == "compliance" && !obliges)
    return refuse_path("'compliance' goes only with 'kind: mandate'");
  if (remembers) at.of = NumberAt::Of::remembered;
  bool const by_attribute = found.field->kind == Kind::number_or_attribute && mechanism.parameters.has(found.holder);
  if (by_attribute && !number_in(mechanism.parameters, at.key, at.part))
    return refuse_path("an attribute gives each city its own");
  // A number that may be left out can begin, but not one of a section or shape that is not there.
  bool const may_begin = keys_.size() == 6 && !mechanism.parameters.has(found.holder);
  if (!may_begin && !number_in(mechanism.parameters, at.key, at.part)) return miss(keys_.back(), {});
  return SetTarget{at, found.field};
}

std::optional<SetTarget> SetPath::cost() {
  if (!policy_->cost) return refuse_path(fmt::format("policy '{}' states no cost", policy_->name));
  return in_section(fields::cost, 3, {NumberAt::Of::cost});
}

std::optional<SetTarget> SetPath::abandonment() {
  if (!policy_->abandonment) return refuse_path(fmt::format("nobody abandons policy '{}'", policy_->name));
  auto const found = in_section(fields::abandonment, 3, {NumberAt::Of::abandonment});
  bool const learns = std::any_of(policy_->mechanisms.begin(), policy_->mechanisms.end(),
                                  [](MechanismSpec const& each) { return each.kind == "learning"; });
  if (found && found->at.key == "logit.own_belief" && !learns)
    return refuse_path("a mechanism of the kind 'learning' was expected: without one cities have no beliefs");
  return found;
}

std::optional<SetTarget> SetPath::merit() {
  if (policy_->merit.performance) return refuse_path("the performance is given as data, which a panel may change");
  if (keys_.size() < 4 || keys_[3] != "attributes") {
    if (keys_.size() == 4 && keys_[3] == "spread")
      return refuse_path("looks are weighed by it, those of the past as well: 'mean' and 'attributes' can be set");
    return in_section(fields::merit, 3, {NumberAt::Of::merit});
  }
  if (keys_.size() != 5) return refuse_depth();
  NumberAt const at{NumberAt::Of::merit, {}, "attributes", keys_[4]};
  if (number_in(*policy_, at)) return SetTarget{at, &fields::effect};
  return miss(keys_[4],
              names_of(policy_->merit.attributes, [](auto const& each) { return std::string_view(each.first.name); }));
}

}  // namespace hansa
