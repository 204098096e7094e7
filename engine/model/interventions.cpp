/// Hands interventions to their policies, and tells of cities that they reach in vain.
#include "model/interventions.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

#include "base/random.hpp"

namespace hansa {

namespace {

bool is_in_the_world(PolicyModel const& policy, Index city, std::int32_t step) {
  return (policy.entry.empty() || policy.entry[city] <= step) && (policy.exit.empty() || policy.exit[city] >= step);
}

/// Who has adopted when the first decisions are made.
std::vector<std::uint8_t> adopted_by_data(PolicyModel const& policy, Index cities) {
  std::vector<std::uint8_t> adopted(cities, 0);
  for (DatedEvent const& each : policy.dated) adopted[each.event.city] = each.event.sign > 0 ? 1 : 0;
  return adopted;
}

/// "3 of the 20 cities of 'fund'".
std::string some_of(std::size_t some, std::size_t all, std::string const& name) {
  return std::to_string(some) + " of the " + std::to_string(all) + (all == 1 ? " city" : " cities") + " of '" + name +
         "'";
}

/// Leaves out who is not in the world, and tells of those and of adopters.
void keep_those_at_risk(InterventionSpec const& spec, PolicyModel const& policy, Index cities, SeedModel& seed,
                        Complaints& complaints) {
  std::size_t const all = seed.cities.size();
  std::erase_if(seed.cities, [&](Index city) { return !is_in_the_world(policy, city, seed.step); });
  std::string const date = std::to_string(spec.at);
  if (seed.cities.size() < all) {
    complaints.warn(
        some_of(all - seed.cities.size(), all, spec.name) + " cannot adopt '" + policy.name + "' in " + date,
        spec.where, "at_risk of the policy leaves them out: they are not seeded");
  }
  std::vector<std::uint8_t> const adopted = adopted_by_data(policy, cities);
  auto const already =
      std::count_if(seed.cities.begin(), seed.cities.end(), [&](Index city) { return adopted[city] != 0; });
  if (already > 0) {
    complaints.warn(some_of(static_cast<std::size_t>(already), all, spec.name) + (already == 1 ? " has" : " have") +
                        " adopted '" + policy.name + "' before, as the data say",
                    spec.where, "who has adopted is not seeded again");
  }
}

/// Seeds of one policy, sorted: cities that an earlier one, or one of the same step, names too.
void warn_of_overlaps(PolicyModel const& policy, Scenario const& scenario, Complaints& complaints) {
  for (std::size_t k = 0; k < policy.seeds.size(); ++k) {
    SeedModel const& later = policy.seeds[k];
    InterventionSpec const& spec = scenario.interventions[later.intervention];
    for (std::size_t j = 0; j < k; ++j) {
      SeedModel const& first = policy.seeds[j];
      std::vector<Index> both;
      std::set_intersection(first.cities.begin(), first.cities.end(), later.cities.begin(), later.cities.end(),
                            std::back_inserter(both));
      if (both.empty()) continue;
      complaints.warn(some_of(both.size(), later.cities.size(), spec.name) + (both.size() == 1 ? " is" : " are") +
                          " seeded by '" + scenario.interventions[first.intervention].name + "' too",
                      spec.where, "each adopts once, by the first that succeeds");
    }
  }
}

void check_hashes(Scenario const& scenario, Complaints& complaints) {
  std::map<std::uint64_t, std::string const*> seen;
  for (InterventionSpec const& spec : scenario.interventions) {
    auto const [other, fresh] = seen.emplace(hash_id(spec.name), &spec.name);
    if (fresh || *other->second == spec.name) continue;
    complaints.add("interventions '" + spec.name + "' and '" + *other->second + "' have the same hash", spec.where,
                   "rename one of them");
  }
}

}  // namespace

void compile_interventions(Scenario const& scenario, World const& world, Model& model, Complaints& complaints) {
  check_hashes(scenario, complaints);
  for (InterventionSpec const& spec : scenario.interventions) {
    std::size_t const number = model.interventions.size();
    InterventionModel& made = model.interventions.emplace_back();
    made = {spec.name, spec.verb, {}, spec.at, spec.cost, world.reached.at(spec.name).cities.size()};
    auto const policy = std::find_if(model.policies.begin(), model.policies.end(), [&](PolicyModel const& each) {
      return spec.policy() && each.name == spec.policy()->name;
    });
    if (policy == model.policies.end()) continue;
    made.policy = PolicyId{static_cast<Index>(policy - model.policies.begin())};
    std::int32_t const step = spec.at - scenario.clock.start + 1;
    auto const& act = std::get<SeedSpec>(spec.act);
    SeedModel seed{number, hash_id(spec.name), step, act.success, world.reached.at(spec.name).cities};
    keep_those_at_risk(spec, *policy, world.cities.size(), seed, complaints);
    made.cities = seed.cities.size();
    policy->seeds.push_back(std::move(seed));
  }
  for (PolicyModel& policy : model.policies) {
    std::stable_sort(policy.seeds.begin(), policy.seeds.end(),
                     [](SeedModel const& a, SeedModel const& b) { return a.step < b.step; });
    warn_of_overlaps(policy, scenario, complaints);
  }
}

}  // namespace hansa
