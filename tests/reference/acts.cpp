/// Looks at every intervention for every city and step.
#include "reference/acts.hpp"

#include <algorithm>

#include "base/flat_math.hpp"
#include "base/random.hpp"

namespace hansa::reference {

Acts::Acts(Scenario const& scenario, Acted const& acted, std::string const& policy)
    : scenario_(scenario), world_(acted.world) {
  for (InterventionSpec const& each : scenario.interventions) {
    if (each.policy() == nullptr || each.policy()->name != policy) continue;
    std::vector<Index> const& cities = acted.chosen.at(each.name);
    acts_.push_back({&each, {cities.begin(), cities.end()}});
  }
}

template <class Kind, class Use>
void Acts::for_each(Index city, std::int32_t t, Use const& use) const {
  for (Act const& each : acts_) {
    Kind const* const act = std::get_if<Kind>(&each.spec->act);
    bool const in_force = each.spec->at <= t && t <= each.spec->until.value_or(scenario_.clock.end);
    if (act != nullptr && in_force && each.cities.count(city) > 0) use(*each.spec, *act);
  }
}

double Acts::push(Index city, std::int32_t t) const {
  double sum = 0;
  for_each<PushSpec>(city, t, [&](InterventionSpec const&, PushSpec const& act) { sum += act.strength; });
  return sum;
}

double Acts::campaigned(double theta, std::string const& mechanism, Index city, std::int32_t t) const {
  for_each<CampaignSpec>(city, t, [&](InterventionSpec const&, CampaignSpec const& act) {
    if (act.mechanism.name == mechanism) theta *= act.factor;
  });
  return theta;
}

double Acts::mandated(Index city, std::int32_t t) const {
  double hazard = 0;
  for_each<MandateSpec>(city, t, [&](InterventionSpec const&, MandateSpec const& act) {
    hazard += act.compliance < 1 ? -flat::log1p(-act.compliance) : 64;
  });
  return std::min(hazard, 64.0);
}

bool Acts::complies(Index city, std::int32_t t, std::int64_t replicate) const {
  bool any = false;
  for_each<MandateSpec>(city, t, [&](InterventionSpec const& spec, MandateSpec const& act) {
    std::uint64_t const key =
        make_key(scenario_.seed, static_cast<std::uint64_t>(replicate), Purpose::compliance, hash_id(spec.name));
    auto const step = static_cast<std::uint32_t>(t - scenario_.clock.start + 1);
    any = any || draw_uniform(key, hash_id(world_.cities.id[city]), step) < act.compliance;
  });
  return any;
}

std::map<std::string, double> Acts::subsidies(double c, Index city, std::int32_t t,
                                              std::set<std::string> const& spent) const {
  std::map<std::string, double> paid;
  double all = 0;
  for_each<SubsidySpec>(city, t, [&](InterventionSpec const& spec, SubsidySpec const& act) {
    if (spent.count(spec.name) > 0) return;
    all += paid[spec.name] = act.share * c + act.amount;
  });
  if (all <= 0.99 * c) return paid;
  for (auto& [name, amount] : paid) amount = c > 0 ? amount * (0.99 * c / all) : 0;
  return paid;
}

std::map<std::string, double> Acts::budgets() const {
  std::map<std::string, double> budgets;
  for (Act const& each : acts_) {
    auto const* const act = std::get_if<SubsidySpec>(&each.spec->act);
    if (act != nullptr) budgets[each.spec->name] = act->budget.value_or(flat::infinity);
  }
  return budgets;
}

}  // namespace hansa::reference
