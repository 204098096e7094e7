/// Turns a world into lists.
#include "reference/facts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "world/redraw.hpp"

namespace hansa::reference {

Facts::Facts(Scenario const& scenario, World const& world, std::int64_t replicate)
    : scenario_(scenario), world_(world), replicate_(replicate) {
  Redraw redraw(world);
  redraw.draw(scenario.seed, replicate);
  for (NetworkLayer const& named : world.networks) {
    NetworkLayer const& layer = redraw.of(named);
    NetworkFacts facts;
    facts.unit = layer.unit;
    facts.group = layer.group;
    facts.in_ties.resize(cities());
    for (Index source = 0; source < cities() && layer.group.empty(); ++source) {
      for (std::uint32_t k = layer.first[source]; k < layer.first[source + 1]; ++k) {
        TieFact tie{source, layer.target[k], layer.weighted() ? layer.weight[k] : 1};
        if (layer.dated()) tie.from = layer.from[k], tie.until = layer.until[k];
        tie.rank = static_cast<std::int64_t>(facts.in_ties[tie.target].size());
        facts.in_ties[tie.target].push_back(tie);
      }
    }
    networks_.emplace(layer.name, std::move(facts));
  }
  for (NetworkSpec const& spec : scenario.networks) {
    if (!spec.dynamics) continue;
    NetworkFacts& facts = networks_.at(spec.name);
    std::vector<std::vector<TieFact>> living(cities());
    for (Index city = 0; city < cities(); ++city) living[city] = ties(spec.name, city, scenario.clock.start);
    facts.living = std::move(living);
  }
  found();
}

std::vector<TieFact> Facts::ties(std::string const& network, Index city, std::int32_t t) const {
  std::int32_t const step = t - scenario_.clock.start + 1;
  std::vector<TieFact> found;
  if (networks_.at(network).living) return networks_.at(network).living->at(city);
  for (TieFact const& tie : networks_.at(network).in_ties[city]) {
    if (tie.from <= step && step <= tie.until) found.push_back(tie);
  }
  return found;
}

Rounding const& Facts::rounding(MechanismSpec const& mechanism, std::function<Rounding()> const& find) const {
  auto const found = roundings_.find(&mechanism);
  return found != roundings_.end() ? found->second : roundings_.emplace(&mechanism, find()).first->second;
}

std::vector<Index> Facts::members(std::string const& collaboration, std::int32_t t) const {
  std::vector<Index> found;
  if (auto const own = joining_.find(collaboration); own != joining_.end()) {
    for (auto const& [city, since] : own->second.since.at(t)) found.push_back(city);
    return found;
  }
  for (Collaboration const& each : world_.collaborations) {
    if (each.name != collaboration) continue;
    for (Membership const& spell : each.members) {
      if (spell.joined <= t && t < spell.left) found.push_back(spell.city);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::optional<std::int32_t> Facts::joined(std::string const& collaboration, Index city, std::int32_t t) const {
  if (auto const own = joining_.find(collaboration); own != joining_.end()) {
    auto const& members = own->second.since.at(t);
    auto const member = members.find(city);
    return member == members.end() ? std::nullopt : std::optional(member->second);
  }
  for (Collaboration const& each : world_.collaborations) {
    if (each.name != collaboration) continue;
    for (Membership const& spell : each.members) {
      if (spell.city == city && spell.joined <= t && t < spell.left) return spell.joined;
    }
  }
  return std::nullopt;
}

std::vector<std::string> Facts::collaborations() const {
  std::vector<std::string> names;
  for (Collaboration const& each : world_.collaborations) names.push_back(each.name);
  return names;
}

bool Facts::same_group(std::string const& attribute, Index a, Index b) const {
  TextColumn const* text = world_.cities.text(attribute);
  return text->code[a] >= 0 && text->code[a] == text->code[b];
}

std::optional<std::vector<Index>> Facts::others(Pool const& pool, Index city, std::int32_t t) const {
  std::vector<Index> found;
  if (pool.of == Pool::Of::network) {
    std::vector<std::int32_t> const& group = network(pool.name.name).group;
    for (TieFact const& tie : ties(pool.name.name, city, t)) found.push_back(tie.source);
    if (group.empty()) return found;
    if (group[city] < 0) return std::nullopt;
    for (Index other = 0; other < cities(); ++other) {
      if (other != city && group[other] == group[city]) found.push_back(other);
    }
    return found;
  }
  if (pool.of == Pool::Of::collaboration) {
    found = members(pool.name.name, t);
    if (std::find(found.begin(), found.end(), city) == found.end()) return std::nullopt;
    std::erase(found, city);
    return found;
  }
  std::string const attribute = pool.of == Pool::Of::country ? "country" : pool.name.name;
  if (pool.of != Pool::Of::all && !same_group(attribute, city, city)) return std::nullopt;
  for (Index other = 0; other < cities(); ++other) {
    if (other == city) continue;
    if (pool.of == Pool::Of::all || same_group(attribute, city, other)) found.push_back(other);
  }
  return found;
}

double Facts::number(std::string const& attribute, Index city) const {
  return world_.cities.numbers.find(attribute)->second[city];
}

double Facts::number(std::string const& attribute, Index city, std::int32_t t) const {
  double x = number(attribute, city);
  auto const later = world_.cities.later_numbers.find(attribute);
  if (later == world_.cities.later_numbers.end()) return x;
  std::int32_t last = std::numeric_limits<std::int32_t>::min();
  for (auto const& each : later->second) {
    if (each.city != city || each.from > t || each.from < last) continue;
    last = each.from;
    x = each.value;
  }
  return x;
}

std::string Facts::text(std::string const& attribute, Index city, std::int32_t t) const {
  TextColumn const* column = world_.cities.text(attribute);
  std::int32_t code = column->code[city];
  auto const later = world_.cities.later_texts.find(attribute);
  if (later != world_.cities.later_texts.end()) {
    std::int32_t last = std::numeric_limits<std::int32_t>::min();
    for (auto const& each : later->second) {
      if (each.city != city || each.from > t || each.from < last) continue;
      last = each.from;
      code = each.value;
    }
  }
  return code < 0 ? std::string() : column->labels[static_cast<std::size_t>(code)];
}

double Facts::attributes(PolicySpec const& policy, Index city, std::int32_t t) const {
  double sum = 0;
  for (AttributeEffect const& each : policy.attributes) {
    if (double const* beta = std::get_if<double>(&each.effect)) {
      sum += *beta * number(each.attribute.name, city, t);
      continue;
    }
    auto const& by_value = std::get<std::map<std::string, double>>(each.effect);
    auto const effect = by_value.find(text(each.attribute.name, city, t));
    if (effect != by_value.end()) sum += effect->second;
  }
  return sum;
}

double Facts::strength(MechanismSpec const& mechanism, Index city, std::int32_t t) const {
  double sum = mechanism.strength;
  for (auto const& [attribute, delta] : mechanism.strength_by) sum += delta * number(attribute.name, city, t);
  return sum;
}

std::vector<DatedFact> Facts::dated(std::size_t p) const {
  PolicyRecords const& records = world_.records[p];
  std::int32_t const until = replayed_until(scenario_.policies[p], scenario_.clock);
  std::vector<DatedFact> facts;
  for (Index city : records.initial) facts.push_back({scenario_.clock.start - 1, city, +1});
  for (Observation const& row : records.observed) {
    if (row.year > until) continue;
    facts.push_back({row.year, row.city, +1});
    if (row.left && *row.left <= until) facts.push_back({*row.left, row.city, -1});
  }
  auto key = [](DatedFact const& fact) { return std::tuple(fact.label, fact.sign, fact.city); };
  std::sort(facts.begin(), facts.end(), [&](auto const& a, auto const& b) { return key(a) < key(b); });
  return facts;
}

bool Facts::in_the_world(std::size_t p, Index city, std::int32_t t) const {
  AtRiskSpec const& at_risk = scenario_.policies[p].at_risk;
  if (world_.records[p].eligible[city] == 0) return false;
  auto before = [](double label, double date) { return !std::isnan(date) && label < date; };
  if (at_risk.from && before(t, number(at_risk.from->name, city))) return false;
  if (at_risk.until && before(-t, -number(at_risk.until->name, city))) return false;
  return true;
}

std::vector<double> Facts::weights(std::string const& attribute) const {
  std::vector<double> millionths, plain;
  bool decimals = true;
  for (Index city = 0; city < cities(); ++city) {
    double const x = number(attribute, city);
    plain.push_back(x);
    millionths.push_back(std::nearbyint(x * 1e6));
    decimals = decimals && std::fabs(x * 1e6 - millionths.back()) < 1e-6 * (1 + std::fabs(x));
  }
  return decimals ? millionths : plain;
}

double weight_of(TieFact const& tie, NetworkFacts const& network) {
  auto const units = static_cast<double>(tie.units);
  return network.unit < 1 ? units / std::nearbyint(1 / network.unit) : units * network.unit;
}

std::int32_t replayed_until(PolicySpec const& policy, Clock const& clock) {
  return std::max(policy.adopters.until.value_or(clock.start - 1), clock.start - 1);
}

}  // namespace hansa::reference
