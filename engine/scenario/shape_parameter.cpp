/// Numbers of a checked scenario that shape how mechanisms press.
#include "scenario/shape_parameter.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenario/draft.hpp"
#include "scenario/fields.hpp"
#include "scenario/policy_numbers.hpp"

namespace hansa {

namespace {

using KeySpan = std::span<std::string const>;
using Found = std::variant<ShapeParameter, std::string>;

template <class Named>
Named* named(std::vector<Named>& all, std::string_view name) {
  auto const found = std::find_if(all.begin(), all.end(), [&](Named const& each) { return each.name == name; });
  return found == all.end() ? nullptr : &*found;
}
template <class Named>
Named const* named(std::vector<Named> const& all, std::string_view name) {
  return named(const_cast<std::vector<Named>&>(all), name);
}

Schema const* schema_of(std::span<Schema const* const> mechanisms, std::string_view kind) {
  auto const found =
      std::find_if(mechanisms.begin(), mechanisms.end(), [&](Schema const* each) { return each->name == kind; });
  return found == mechanisms.end() ? nullptr : *found;
}

Found found_number(ShapeParameter parameter, Located const& at, std::optional<double> value) {
  std::string const& path = parameter.path.name;
  if (at.field != nullptr && at.field->kind == Kind::integer)
    return fmt::format("'{}' is a whole number, between whose values there is nothing to search", path);
  if (at.field == nullptr || !value)
    return fmt::format("the path '{}' leads to no number that shapes a mechanism", path);
  parameter.field = at.field;
  parameter.jumps = at.of_shape == "step";
  parameter.value = *value;
  return parameter;
}

Found in_mechanism(Scenario const& scenario, std::span<Schema const* const> mechanisms, Reference const& path,
                   KeySpan keys) {
  ShapeParameter parameter{.path = path, .policy = keys[1], .mechanism = keys[3], .kind = keys[4]};
  PolicySpec const* const policy = named(scenario.policies, parameter.policy);
  MechanismSpec const* const mechanism = policy == nullptr ? nullptr : named(policy->mechanisms, parameter.mechanism);
  Schema const* const schema = schema_of(mechanisms, parameter.kind);
  if (mechanism == nullptr || schema == nullptr || mechanism->kind != parameter.kind) return std::string();
  parameter.parameter = fmt::format("{}", fmt::join(keys.subspan(5), "."));
  Located const at = locate(schema->parameters, keys.subspan(5));
  return found_number(std::move(parameter), at,
                      at.field == nullptr ? std::nullopt : number_in(mechanism->parameters, at.holder, at.of_shape));
}

/// Distances alone: other numbers of networks are whole, or chances of ties that are drawn.
double* distance_in(NetworkSpec& network, std::string_view parameter) {
  if (auto* within = std::get_if<WithinTies>(&network.ties)) {
    if (parameter == "within.km" && within->km) return &*within->km;
    if (parameter == "within.distance" && within->distance) return &*within->distance;
  }
  auto* const decay = std::get_if<DecayWeight>(&network.weight);
  return decay != nullptr && parameter == "weight.decay_km" ? &decay->km : nullptr;
}

Found in_network(Scenario const& scenario, Reference const& path, KeySpan keys) {
  ShapeParameter parameter{.path = path, .network = keys[1]};
  NetworkSpec const* const network = named(scenario.networks, parameter.network);
  if (network == nullptr) return std::string();
  parameter.parameter = fmt::format("{}", fmt::join(keys.subspan(2), "."));
  NetworkSpec own = *network;
  double const* const distance = distance_in(own, parameter.parameter);
  if (distance == nullptr)
    return fmt::format("the path '{}' leads to no distance of a network, the only numbers of networks that are fitted",
                       path.name);
  parameter.field = locate(fields::network, keys.subspan(2)).field;
  parameter.jumps = parameter.parameter.starts_with("within.");
  parameter.value = *distance;
  return parameter;
}

}  // namespace

Found find_shape_parameter(Scenario const& scenario, std::span<Schema const* const> mechanisms, Reference const& path) {
  std::vector<std::string> const keys = split_path(path.name, path.where);
  if (keys.size() > 5 && keys[0] == "policies" && keys[2] == "mechanisms")
    return in_mechanism(scenario, mechanisms, path, keys);
  if (keys.size() > 3 && keys[0] == "networks") return in_network(scenario, path, keys);
  return fmt::format("the path '{}' leads to no number that shapes a mechanism", path.name);
}

void set_shape(Scenario& scenario, ShapeParameter const& parameter, double value) {
  if (parameter.policy.empty()) {
    NetworkSpec* const network = named(scenario.networks, parameter.network);
    double* const distance = network == nullptr ? nullptr : distance_in(*network, parameter.parameter);
    if (distance == nullptr) throw std::logic_error("no distance " + parameter.path.name);
    *distance = value;
    return;
  }
  Parameters& into = named(named(scenario.policies, parameter.policy)->mechanisms, parameter.mechanism)->parameters;
  std::string holder = parameter.parameter;
  while (!into.has(holder)) holder.resize(holder.rfind('.'));  // the rest is a part of a shape
  std::string_view const rest = std::string_view(parameter.parameter).substr(parameter.parameter.rfind('.') + 1);
  put_number(into, holder, rest, value, Place(into.place(holder)));
}

std::vector<std::string> users_of(ShapeParameter const& parameter, PolicySpec const& policy,
                                  std::span<Schema const* const> mechanisms) {
  std::vector<std::string> users;
  for (MechanismSpec const& each : policy.mechanisms) {
    if (parameter.network.empty()) {
      if (each.name == parameter.mechanism && policy.name == parameter.policy) users.push_back(each.name);
      continue;
    }
    Schema const* const schema = schema_of(mechanisms, each.kind);
    bool const uses =
        schema != nullptr && std::any_of(schema->parameters.begin(), schema->parameters.end(), [&](Field const& field) {
          if (!each.parameters.has(field.name)) return false;
          if (field.kind == Kind::network) return each.parameters.reference(field.name).name == parameter.network;
          if (field.kind != Kind::pool) return false;
          Pool const& pool = each.parameters.pool(field.name);
          return pool.of == Pool::Of::network && pool.name.name == parameter.network;
        });
    if (uses) users.push_back(each.name);
  }
  return users;
}

}  // namespace hansa
