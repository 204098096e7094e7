/// Reads costs off attributes, by date.
#include "model/costs.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "model/attribute_sums.hpp"
#include "scenario/field_ranges.hpp"

namespace hansa {

namespace {

bool is_cost(double amount) noexcept {
  return amount >= 0 && amount <= fields::largest_cost;
}

void check(AttributeSums const& costs, Reference const& attribute, Cities const& cities, Complaints& complaints) {
  std::vector<std::uint8_t> wrong(cities.size(), 0);
  for (Index i = 0; i < costs.start.size(); ++i) wrong[i] = is_cost(costs.start[i]) ? 0 : 1;
  for (AttributeStep const& each : costs.later) {
    if (!is_cost(each.sum)) wrong[each.city] = 1;
  }
  auto const first = std::find(wrong.begin(), wrong.end(), 1);
  if (first == wrong.end()) return;
  auto const others = std::count(wrong.begin(), wrong.end(), 1) - 1;
  complaints.add("the cost '" + attribute.name + "' of city '" + cities.id[static_cast<Index>(first - wrong.begin())] +
                     "'" + (others == 0 ? "" : " (and of " + std::to_string(others) + " more)") + " is out of range",
                 attribute.where, "numbers from 0 to 10^18 were expected");
}

/// What one city alone would pay in a step, by the mechanism whose cost is shared.
std::optional<double> shared_cost(PolicySpec const& policy) {
  for (MechanismSpec const& each : policy.mechanisms) {
    if (lowers_cost(each) && each.parameters.has("shared.fixed"))
      return each.parameters.number("shared.fixed") + each.parameters.number("shared.variable");
  }
  return std::nullopt;
}

}  // namespace

bool lowers_cost(MechanismSpec const& mechanism) {
  return mechanism.kind == "scale";
}

std::optional<CostModel> cost_model(std::vector<Phase> const& phases, World const& world, Clock const& clock,
                                    Complaints& complaints) {
  PolicySpec const& policy = phases.front().spec;
  if (shared_cost(policy))
    return CostModel{
        CostPer::step, course_of(phases, [](auto const& each) { return shared_cost(each).value_or(0); }), {}, {}};
  if (!policy.cost) return std::nullopt;
  if (std::holds_alternative<double>(policy.cost->amount))
    return CostModel{policy.cost->per,
                     course_of(phases, [](auto const& each) { return std::get<double>(each.cost->amount); }),
                     {},
                     {}};
  CostModel cost{policy.cost->per, 0, {}, {}};
  auto const& attribute = std::get<Reference>(policy.cost->amount);
  std::pair<Reference, double> const slopes[] = {{attribute, 1.0}};
  AttributeSums costs = number_sums(0, slopes, "a cost", world, clock, complaints);
  check(costs, attribute, world.cities, complaints);
  cost.given = std::move(costs.start);
  cost.later = std::move(costs.later);
  return cost;
}

}  // namespace hansa
