/// From names to numbers of policies, and a limit per city.
#include "model/bars.hpp"

#include <algorithm>
#include <cmath>

#include "model/attribute_sums.hpp"
#include "model/phases.hpp"

namespace hansa {

namespace {

/// Unknown names are complained of where they are read.
std::vector<PolicyId> ids_of(std::vector<Reference> const& names, std::vector<PolicySpec> const& policies) {
  std::vector<PolicyId> ids;
  for (Reference const& name : names) {
    auto const found =
        std::find_if(policies.begin(), policies.end(), [&](PolicySpec const& each) { return each.name == name.name; });
    if (found != policies.end()) ids.push_back({static_cast<Index>(found - policies.begin())});
  }
  std::sort(ids.begin(), ids.end(), [](PolicyId a, PolicyId b) { return a.value < b.value; });
  return ids;
}

std::vector<std::int32_t> attention_of(NumberOrAttribute const& most, Cities const& cities, Complaints& complaints) {
  if (auto const* number = std::get_if<double>(&most))
    return std::vector<std::int32_t>(cities.size(), static_cast<std::int32_t>(*number));
  Reference const& name = std::get<Reference>(most);
  auto const* column = require_number(cities, name, "attention", complaints);
  if (column == nullptr || !require_constant(cities, name, "attention", complaints)) return {};
  std::vector<std::int32_t> made;
  for (Index i = 0; i < cities.size(); ++i) {
    double const each = (*column)[i];
    if (!(each >= 1 && each <= 1e9 && each == std::floor(each))) {
      complaints.add("'" + name.name + "' of city '" + cities.id[i] + "' is no limit of attention", name.where,
                     "a whole number from 1 on was expected for each city");
      return {};
    }
    made.push_back(static_cast<std::int32_t>(each));
  }
  return made;
}

}  // namespace

void compile_bars(Scenario const& scenario, World const& world, Model& model, Complaints& complaints) {
  for (std::size_t p = 0; p < model.policies.size(); ++p) {
    model.policies[p].required = ids_of(scenario.policies[p].required, scenario.policies);
    model.policies[p].excluded = ids_of(scenario.policies[p].excluded, scenario.policies);
  }
  if (!scenario.cities.attention) return;
  auto const cascade = std::find_if(scenario.policies.begin(), scenario.policies.end(),
                                    [](PolicySpec const& each) { return each.rule == Rule::cascade; });
  if (cascade != scenario.policies.end())
    complaints.add(
        "'attention' limits what cities adopt in a step, and policy '" + cascade->name + "' has the rule cascade",
        scenario.cities.attention_where, "another rule was expected: what ties bring would be lost");
  model.attention = attention_of(*scenario.cities.attention, world.cities, complaints);
  if (!std::holds_alternative<double>(*scenario.cities.attention)) return;
  NumberCourse const by_date = attention_by_date(scenario);
  model.attention.assign(world.cities.size(), static_cast<std::int32_t>(by_date.start()));
  model.attention_later = by_date.later();
}

}  // namespace hansa
