/// Walks policies and parameters.
#include "scenario/policy_numbers.hpp"

#include <algorithm>
#include <utility>

#include "base/flat_math.hpp"
#include "scenario/fields.hpp"

namespace hansa {

namespace {

Field const* field_named(std::span<Field const> table, std::string_view name) {
  auto const found = std::find_if(table.begin(), table.end(), [&](Field const& each) { return each.name == name; });
  return found == table.end() ? nullptr : &*found;
}

bool has_part(Shape const& shape, std::string_view part) {
  if (part == "power") return shape.form == Shape::Form::power;
  if (part == "step") return shape.form == Shape::Form::step;
  return shape.form == Shape::Form::logistic && (part == "midpoint" || part == "steepness");
}

double& part_of(Shape& shape, std::string_view part) {
  return part == "steepness" ? shape.b : shape.a;
}

double FrailtySpec::*sd_named(std::string_view name) {
  if (name == "city") return &FrailtySpec::city;
  if (name == "city_policy") return &FrailtySpec::city_policy;
  return name == "country" ? &FrailtySpec::country : &FrailtySpec::period;
}

double& number_of(ReinventionSpec& reinvention, std::string_view key) {
  if (key == "probability") return reinvention.probability;
  return key == "gain" ? reinvention.gain : reinvention.cost;
}

double* find_number(AbandonmentSpec& abandonment, std::string_view key) {
  if (key == "hazard") return abandonment.by_odds ? nullptr : &abandonment.hazard;
  if (!abandonment.by_odds) return nullptr;
  return key == "logit.base" ? &abandonment.base : &abandonment.own_belief;
}

double* find_number(MeritSpec& merit, NumberAt const& at) {
  if (merit.performance) return nullptr;
  if (at.part.empty()) return at.key == "mean" ? &merit.mean : nullptr;
  for (auto& [attribute, effect] : merit.attributes)
    if (attribute.name == at.part) return &effect;
  return nullptr;
}

/// The number of a policy outside its mechanisms' parameters; null where it has none.
double* find_number(PolicySpec& policy, NumberAt const& at) {
  auto const mechanism = std::find_if(policy.mechanisms.begin(), policy.mechanisms.end(),
                                      [&](MechanismSpec const& each) { return each.name == at.mechanism; });
  switch (at.of) {
    case NumberAt::Of::baseline:
      return policy.baseline ? &*policy.baseline : nullptr;
    case NumberAt::Of::attribute: {
      auto const effect = std::find_if(policy.attributes.begin(), policy.attributes.end(),
                                       [&](AttributeEffect const& each) { return each.attribute.name == at.key; });
      if (effect == policy.attributes.end()) return nullptr;
      if (at.part.empty()) return std::get_if<double>(&effect->effect);
      auto* const by_value = std::get_if<std::map<std::string, double>>(&effect->effect);
      if (by_value == nullptr || by_value->count(at.part) == 0) return nullptr;
      return &by_value->find(at.part)->second;
    }
    case NumberAt::Of::trend: {
      auto const position = static_cast<std::size_t>(at.position);
      return position < policy.trend.coefficients.size() ? &policy.trend.coefficients[position] : nullptr;
    }
    case NumberAt::Of::period: {
      auto const period = policy.trend.periods.find(static_cast<std::int32_t>(at.position));
      return period == policy.trend.periods.end() ? nullptr : &period->second;
    }
    case NumberAt::Of::frailty:
      return &(policy.frailty.*sd_named(at.key));
    case NumberAt::Of::strength:
      return mechanism == policy.mechanisms.end() ? nullptr : &mechanism->strength;
    case NumberAt::Of::strength_by:
      if (mechanism == policy.mechanisms.end()) return nullptr;
      for (auto& [attribute, slope] : mechanism->strength_by)
        if (attribute.name == at.key) return &slope;
      return nullptr;
    case NumberAt::Of::cost:
      return policy.cost ? std::get_if<double>(&policy.cost->amount) : nullptr;
    case NumberAt::Of::reinvention:
      return policy.reinvention ? &number_of(*policy.reinvention, at.key) : nullptr;
    case NumberAt::Of::abandonment:
      return policy.abandonment ? find_number(*policy.abandonment, at.key) : nullptr;
    case NumberAt::Of::merit:
      return find_number(policy.merit, at);
    default:
      return nullptr;
  }
}

}  // namespace

Located locate(std::span<Field const> table, std::span<std::string const> keys) {
  Located at;
  for (std::size_t k = 0; k < keys.size(); ++k) {
    at.among = table;
    at.stuck = keys[k];
    at.field = field_named(table, keys[k]);
    if (at.field == nullptr) return at;
    if (at.of_shape.empty()) at.holder += (k == 0 ? "" : ".") + keys[k];
    bool const last = k + 1 == keys.size();
    if (!last && at.field->kind == Kind::shape) {
      table = fields::shape;
      at.of_shape = keys.back();
    } else if (!last && at.field->kind == Kind::section) {
      table = at.field->inside;
    } else if (!last) {
      at.stuck = keys[k + 1];
      at.among = {};
      at.field = nullptr;
      return at;
    }
  }
  return at;
}

std::optional<double> number_in(Parameters const& parameters, std::string const& holder, std::string_view of_shape) {
  if (!parameters.has(holder)) return std::nullopt;
  Value const& value = parameters.value(holder);
  if (auto const* number = std::get_if<double>(&value)) return *number;
  if (auto const* either = std::get_if<NumberOrAttribute>(&value)) {
    if (auto const* number = std::get_if<double>(either)) return *number;
    return std::nullopt;
  }
  if (auto const* shape = std::get_if<Shape>(&value)) {
    Shape own = *shape;
    return has_part(own, of_shape) ? std::optional(part_of(own, of_shape)) : std::nullopt;
  }
  return std::nullopt;
}

void put_number(Parameters& parameters, std::string const& holder, std::string_view of_shape, double number,
                Place const& where) {
  Value held = parameters.value(holder);
  if (auto* shape = std::get_if<Shape>(&held)) {
    part_of(*shape, of_shape) = number;
    shape->where = where;
  } else if (std::holds_alternative<NumberOrAttribute>(held)) {
    held = NumberOrAttribute(number);
  } else {
    held = number;
  }
  parameters.set(holder, std::move(held), where);
}

std::optional<double> number_in(PolicySpec const& policy, NumberAt const& at) {
  if (!is_parameter(at)) {
    double const* const found = find_number(const_cast<PolicySpec&>(policy), at);
    return found == nullptr ? std::nullopt : std::optional(*found);
  }
  for (MechanismSpec const& each : policy.mechanisms)
    if (each.name == at.mechanism) return number_in(each.parameters, at.key, at.part);
  return std::nullopt;
}

void put_number(PolicySpec& policy, NumberAt const& at, double number, Place const& where) {
  if (at.of == NumberAt::Of::baseline) {
    policy.baseline = number;
  } else if (is_parameter(at)) {
    for (MechanismSpec& each : policy.mechanisms)
      if (each.name == at.mechanism) put_number(each.parameters, at.key, at.part, number, where);
  } else if (double* const found = find_number(policy, at)) {
    *found = number;
    if (at.of == NumberAt::Of::abandonment && policy.abandonment->by_odds) settle_hazard(*policy.abandonment);
  }
}

void settle_hazard(AbandonmentSpec& abandonment) noexcept {
  abandonment.hazard = abandonment.own_belief == 0 ? flat::softplus(abandonment.base) : 0;
}

}  // namespace hansa
