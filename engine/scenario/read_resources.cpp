/// Reads the section `resources`, and holds it against what is paid from budgets.
#include <algorithm>

#include <fmt/format.h>

#include "scenario/fields.hpp"
#include "scenario/reader.hpp"

namespace hansa {

namespace {

bool costs_something(PolicySpec const& policy) {
  return policy.cost || std::any_of(policy.mechanisms.begin(), policy.mechanisms.end(), [](MechanismSpec const& each) {
           return each.kind == "scale" && each.parameters.has("shared.fixed");
         });
}

/// Whether something is said of a payment, be it understood or not.
bool names_payments(Node const& root) {
  auto const any = [](Node const* map, std::string_view key) {
    return map != nullptr && std::any_of(map->entries.begin(), map->entries.end(),
                                         [&](Node::Entry const& each) { return each.value.find(key) != nullptr; });
  };
  Node const* const collaborations = root.find("collaborations");
  return any(root.find("policies"), "cost") ||
         any(collaborations == nullptr ? nullptr : collaborations->find("properties"), "fee");
}

void check_payments(Scenario const& scenario, Node const& root, Reading& reading) {
  auto const& properties = scenario.collaborations.properties;
  bool const fees = std::any_of(properties.begin(), properties.end(),
                                [](CollaborationProperties const& each) { return each.fee.has_value(); });
  bool const costs = std::any_of(scenario.policies.begin(), scenario.policies.end(), costs_something);
  if (!fees && !costs && !names_payments(root))
    reading.complaints.add("'resources' gives cities budgets, and nothing is paid from them", scenario.resources->where,
                           "the 'cost' of a policy was expected, or the 'fee' of a collaboration");
  for (PolicySpec const& each : scenario.policies)
    if (each.rule == Rule::cascade && costs_something(each))
      reading.complaints.add(fmt::format("policy '{}' with the rule cascade is paid from budgets", each.name),
                             each.cost ? each.cost->where : each.where,
                             "another rule was expected: what ties bring to a city that cannot pay would be lost");
}

/// Complete groups are never stored as ties.
void check_returns(Scenario const& scenario, Reading& reading) {
  if (!scenario.resources->returns) return;
  Reference const& name = scenario.resources->returns->network;
  bool const groups = std::any_of(scenario.networks.begin(), scenario.networks.end(), [&](NetworkSpec const& each) {
    return each.name == name.name && std::holds_alternative<SameTies>(each.ties);
  });
  if (groups)
    reading.complaints.add(
        fmt::format("'returns' cannot use network '{}', whose complete groups are never stored as ties", name.name),
        name.where, "a network with ties of its own was expected");
}

}  // namespace

std::optional<ResourcesSpec> read_resources(Item const& item, Parameters const& read) {
  if (item.node->form != Node::Form::map) return std::nullopt;
  ResourcesSpec spec;
  spec.where = item.where;
  spec.initial = std::get<NumberOrAttribute>(read.value("resources.initial"));
  spec.income = std::get<NumberOrAttribute>(read.value("resources.income"));
  spec.growth = read.number("resources.growth");
  if (read.has("resources.returns.network") && read.has("resources.returns.per_tie"))
    spec.returns = ReturnsSpec{read.reference("resources.returns.network"), read.number("resources.returns.per_tie")};
  return spec;
}

void check_resources(Scenario const& scenario, Node const& root, Reading& reading) {
  if (scenario.resources) {
    check_payments(scenario, root, reading);
    return check_returns(scenario, reading);
  }
  for (PolicySpec const& each : scenario.policies)
    if (each.when_unaffordable == Affording::queue)
      reading.complaints.warn(fmt::format("cities queue for policy '{}'", each.name), each.where,
                              "without 'resources' every city can pay: nobody ever does");
}

}  // namespace hansa
