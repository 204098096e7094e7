/// Turns a world into lists.
#include "reference/facts.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace hansa::reference {

Facts::Facts(Scenario const& scenario, World const& world) : scenario_(scenario), world_(world) {
  for (NetworkLayer const& layer : world.networks) {
    NetworkFacts facts;
    facts.unit = layer.unit;
    facts.in_ties.resize(cities());
    for (Index source = 0; source < cities(); ++source) {
      for (std::uint32_t k = layer.first[source]; k < layer.first[source + 1]; ++k) {
        std::uint64_t const units = layer.weighted() ? layer.weight[k] : 1;
        facts.in_ties[layer.target[k]].push_back({source, layer.target[k], units});
      }
    }
    networks_.emplace(layer.name, std::move(facts));
  }
}

std::vector<Index> Facts::members(std::string const& collaboration, std::int32_t t) const {
  std::vector<Index> found;
  for (Collaboration const& each : world_.collaborations) {
    if (each.name != collaboration) continue;
    for (Membership const& spell : each.members) {
      if (spell.joined <= t && t < spell.left) found.push_back(spell.city);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
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
    for (TieFact const& tie : network(pool.name.name).in_ties[city]) found.push_back(tie.source);
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

double Facts::attributes(PolicySpec const& policy, Index city) const {
  double sum = 0;
  for (AttributeEffect const& each : policy.attributes) {
    if (double const* beta = std::get_if<double>(&each.effect)) {
      sum += *beta * number(each.attribute.name, city);
      continue;
    }
    auto const& by_value = std::get<std::map<std::string, double>>(each.effect);
    TextColumn const* text = world_.cities.text(each.attribute.name);
    if (text->code[city] < 0) continue;
    auto const effect = by_value.find(text->labels[static_cast<std::size_t>(text->code[city])]);
    if (effect != by_value.end()) sum += effect->second;
  }
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

std::int32_t replayed_until(PolicySpec const& policy, Clock const& clock) {
  return std::max(policy.adopters.until.value_or(clock.start - 1), clock.start - 1);
}

}  // namespace hansa::reference
