/// Walks resources, networks and collaborations.
#include "scenario/shared_numbers.hpp"

#include <algorithm>
#include <limits>

#include "scenario/policy_numbers.hpp"

namespace hansa {

namespace {

template <class Named>
Named const* find_named(std::vector<Named> const& all, std::string const& name) {
  auto const found = std::find_if(all.begin(), all.end(), [&](Named const& each) { return each.name == name; });
  return found == all.end() ? nullptr : &*found;
}

template <class Spec>
std::optional<double> number_of(Spec spec, NumberAt const& at) {
  double const* const found = find_number(spec, at);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

}  // namespace

double* find_number(ResourcesSpec& resources, NumberAt const& at) noexcept {
  if (at.key == "income") return std::get_if<double>(&resources.income);
  if (at.key == "growth") return &resources.growth;
  return at.key == "returns.per_tie" && resources.returns ? &resources.returns->per_tie : nullptr;
}

double* find_number(DynamicsSpec& dynamics, NumberAt const& at) {
  if (at.key == "decay") return &dynamics.decay;
  if (at.key == "reinforce") return &dynamics.reinforce;
  if (at.key == "floor") return &dynamics.floor;
  if (!dynamics.visits) return nullptr;
  VisitsSpec& visits = *dynamics.visits;
  if (at.key == "visits.rate") return &visits.rate;
  if (at.key == "visits.closure") return &visits.closure;
  if (at.key == "visits.prestige") return &visits.prestige;
  if (at.key == "visits.reciprocal") return &visits.reciprocal;
  if (at.key != "visits.decay_km") return nullptr;
  if (!visits.decay_km) visits.decay_km = std::numeric_limits<double>::infinity();
  return &*visits.decay_km;
}

double* find_number(FeeSpec& fee, NumberAt const& at) noexcept {
  return at.key == "amount" ? &fee.amount : nullptr;
}

std::optional<double> number_in(Scenario const& scenario, std::string const& policy, NumberAt const& at) {
  if (is_of_policy(at.of)) {
    PolicySpec const* const found = find_named(scenario.policies, policy);
    return found == nullptr ? std::nullopt : number_in(*found, at);
  }
  if (at.of == NumberAt::Of::attention) {
    auto const* number = scenario.cities.attention ? std::get_if<double>(&*scenario.cities.attention) : nullptr;
    return number == nullptr ? std::nullopt : std::optional(*number);
  }
  if (at.of == NumberAt::Of::resources) return scenario.resources ? number_of(*scenario.resources, at) : std::nullopt;
  if (at.of == NumberAt::Of::dynamics) {
    NetworkSpec const* const network = find_named(scenario.networks, at.mechanism);
    bool const none = network == nullptr || !network->dynamics;
    bool const unwritten =
        !none && at.key == "visits.decay_km" && network->dynamics->visits && !network->dynamics->visits->decay_km;
    return none || unwritten ? std::nullopt : number_of(*network->dynamics, at);
  }
  CollaborationProperties const* const club = find_named(scenario.collaborations.properties, at.mechanism);
  return club == nullptr || !club->fee ? std::nullopt : number_of(*club->fee, at);
}

}  // namespace hansa
