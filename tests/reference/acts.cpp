/// Looks at every intervention for every city and step.
#include "reference/acts.hpp"

#include <algorithm>

#include "base/flat_math.hpp"
#include "base/random.hpp"

namespace hansa::reference {

namespace {

/// Puts a number where the rest of a path, below the mechanism, leads.
void put(std::string const& rest, double number, MechanismSpec& mechanism) {
  if (rest == "strength") mechanism.strength = number;
  for (auto& [attribute, slope] : mechanism.strength_by)
    if (rest == "strength_by." + attribute.name) slope = number;
  if (!rest.starts_with(mechanism.kind + ".")) return;
  std::string const name = rest.substr(mechanism.kind.size() + 1);
  std::size_t const dot = name.find('.');
  bool const of_shape = name.starts_with("shape.") || name.starts_with("production.");
  if (!of_shape && std::holds_alternative<NumberOrAttribute>(mechanism.parameters.value(name)))
    return mechanism.parameters.set(name, NumberOrAttribute(number), {});
  if (!of_shape) return mechanism.parameters.set(name, number, {});
  Shape shape = mechanism.parameters.shape(name.substr(0, dot));
  (name.ends_with(".steepness") ? shape.b : shape.a) = number;
  mechanism.parameters.set(name.substr(0, dot), shape, {});
}

/// The same below the policy.
void put(std::string const& rest, double number, PolicySpec& policy) {
  if (rest == "baseline") policy.baseline = number;
  for (AttributeEffect& effect : policy.attributes) {
    std::string const own = "attributes." + effect.attribute.name;
    if (rest == own) effect.effect = number;
    if (auto* by_value = std::get_if<std::map<std::string, double>>(&effect.effect)) {
      for (auto& [text, beta] : *by_value)
        if (rest == own + "." + text) beta = number;
    }
  }
  bool const whole = rest == "trend.linear" || rest == "trend.log_time";
  for (std::size_t k = 0; k < policy.trend.coefficients.size(); ++k) {
    std::string const item = "[" + std::to_string(k) + "]";
    if (whole || rest == "trend.polynomial" + item || rest == "trend.spline.coefficients" + item)
      policy.trend.coefficients[k] = number;
  }
  for (auto& [label, effect] : policy.trend.periods)
    if (rest == "trend.periods." + std::to_string(label)) effect = number;
  if (rest == "frailty.city") policy.frailty.city = number;
  if (rest == "frailty.city_policy") policy.frailty.city_policy = number;
  if (rest == "frailty.country") policy.frailty.country = number;
  if (rest == "frailty.period") policy.frailty.period = number;
  if (rest == "cost.amount") policy.cost->amount = number;
  if (rest == "reinvention.probability") policy.reinvention->probability = number;
  if (rest == "reinvention.gain") policy.reinvention->gain = number;
  if (rest == "reinvention.cost") policy.reinvention->cost = number;
  if (rest == "abandonment.hazard") policy.abandonment->hazard = number;
  if (rest == "abandonment.logit.base") policy.abandonment->base = number;
  if (rest == "abandonment.logit.own_belief") policy.abandonment->own_belief = number;
  if (rest == "merit.mean") policy.merit.mean = number;
  for (auto& [attribute, effect] : policy.merit.attributes)
    if (rest == "merit.attributes." + attribute.name) effect = number;
  for (MechanismSpec& each : policy.mechanisms) {
    std::string const own = "mechanisms." + each.name + ".";
    if (rest.starts_with(own)) put(rest.substr(own.size()), number, each);
  }
}

/// The same of what is no policy's.
void put(std::string const& path, double number, Scenario& scenario) {
  if (path == "cities.attention") scenario.cities.attention = number;
  if (path == "resources.income") scenario.resources->income = number;
  if (path == "resources.growth") scenario.resources->growth = number;
  if (path == "resources.returns.per_tie") scenario.resources->returns->per_tie = number;
  for (CollaborationProperties& each : scenario.collaborations.properties)
    if (path == "collaborations.properties." + each.name + ".fee.amount") each.fee->amount = number;
  for (NetworkSpec& each : scenario.networks) {
    std::string const own = "networks." + each.name + ".dynamics.";
    if (path == own + "decay") each.dynamics->decay = number;
    if (path == own + "reinforce") each.dynamics->reinforce = number;
    if (path == own + "floor") each.dynamics->floor = number;
    if (path == own + "visits.rate") each.dynamics->visits->rate = number;
    if (path == own + "visits.closure") each.dynamics->visits->closure = number;
    if (path == own + "visits.prestige") each.dynamics->visits->prestige = number;
    if (path == own + "visits.decay_km") each.dynamics->visits->decay_km = number;
    if (path == own + "visits.reciprocal") each.dynamics->visits->reciprocal = number;
  }
}

}  // namespace

std::vector<Scenario> by_date(Scenario const& scenario) {
  std::vector<Scenario> found;
  for (std::int32_t t = scenario.clock.start; t <= scenario.clock.end; ++t) {
    Scenario& now = found.emplace_back(scenario);
    for (InterventionSpec const& each : scenario.interventions) {
      auto const* set = std::get_if<SetSpec>(&each.act);
      if (set == nullptr || t < each.at || t > each.until.value_or(scenario.clock.end)) continue;
      for (SetValue const& value : set->values) put(value.path.name, value.number, now);
    }
  }
  return found;
}

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

bool Acts::binds(Index city, std::int32_t t) const {
  bool any = false;
  for_each<MandateSpec>(city, t, [&](InterventionSpec const&, MandateSpec const&) { any = true; });
  return any;
}

PolicySpec Acts::with_numbers(PolicySpec policy, std::int32_t t) const {
  std::string const above = "policies." + policy.name + ".";
  for (InterventionSpec const& each : scenario_.interventions) {
    auto const* set = std::get_if<SetSpec>(&each.act);
    if (set == nullptr || t < each.at || t > each.until.value_or(scenario_.clock.end)) continue;
    for (SetValue const& value : set->values) {
      std::string const& path = value.path.name;
      // A chance has become a baseline when it was read: the text of the path leads to what it was.
      bool const chance = path == above + "baseline.chance";
      if (path.starts_with(above)) put(chance ? "baseline" : path.substr(above.size()), value.number, policy);
    }
  }
  return policy;
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

double Acts::luck(std::string const& seed, Index city, std::int64_t replicate) const {
  std::uint64_t const key =
      make_key(scenario_.seed, static_cast<std::uint64_t>(replicate), Purpose::success, hash_id(seed));
  return draw_uniform(key, hash_id(world_.cities.id[city]), 0);
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
