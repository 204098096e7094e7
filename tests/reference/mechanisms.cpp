/// Exposure, economies of scale and collective action, straight from their definitions.
#include "reference/mechanisms.hpp"

#include <algorithm>
#include <stdexcept>

#include "reference/formulas.hpp"

namespace hansa::reference {

namespace {

double exposure_on_network(std::string const& normalize, NetworkFacts const& network, Standing const& standing,
                           Index city) {
  std::uint64_t all = 0, adopted = 0, count = 0;
  for (TieFact const& tie : network.in_ties[city]) {
    all += tie.units;
    if (!standing.adopted[tie.source]) continue;
    adopted += tie.units;
    count += 1;
  }
  if (normalize == "count") return static_cast<double>(count);
  if (normalize == "weight") return static_cast<double>(adopted) * network.unit;
  return all == 0 ? 0.0 : static_cast<double>(adopted) / static_cast<double>(all);
}

double exposure_in_pool(std::string const& normalize, std::vector<Index> const& others, Standing const& standing) {
  double adopted = 0;
  for (Index other : others) adopted += standing.adopted[other] ? 1 : 0;
  if (normalize != "share") return adopted;
  return others.empty() ? 0.0 : adopted / static_cast<double>(others.size());
}

double exposure(Parameters const& given, Facts const& facts, Standing const& standing, Index city, std::int32_t t) {
  std::string const& normalize = given.text("normalize");
  double e = 0;
  if (given.has("network")) {
    e = exposure_on_network(normalize, facts.network(given.reference("network").name), standing, city);
  } else if (auto const others = facts.others(given.pool("pool"), city, t)) {
    e = exposure_in_pool(normalize, *others, standing);
  }
  return shaped(given.shape("shape"), e);
}

double scale(Parameters const& given, Facts const& facts, Standing const& standing, Index city, std::int32_t t) {
  auto const others = facts.others(given.pool("pool"), city, t);
  if (!others) return 0;
  // Knowledge stays with a city that left: its own earlier episodes count too, where it is in its own pool.
  double episodes = given.pool("pool").of == Pool::Of::network ? 0 : standing.adoptions[city];
  double adopters = 0;
  for (Index other : *others) {
    episodes += standing.adoptions[other];
    adopters += standing.adopted[other] ? 1 : 0;
  }
  if (given.has("progress_ratio")) return experience(given.number("progress_ratio"), episodes);
  return platform(given.number("shared.fixed"), given.number("shared.variable"), adopters);
}

/// The good of one collaboration to one of its members.
double good(Parameters const& given, Facts const& facts, Standing const& standing, Index city,
            std::vector<Index> const& members) {
  std::vector<double> weight(facts.cities(), 1.0);
  if (given.has("weight")) weight = facts.weights(given.reference("weight").name);
  double whole = given.flag("excluding_self") ? 0.0 : weight[city];
  double adopted = 0;
  for (Index member : members) {
    if (member == city) continue;
    whole += weight[member];
    if (standing.adopted[member]) adopted += weight[member];
  }
  if (members.size() == 1 || whole == 0) return 0;
  Incentive const kind = given.text("incentive") == "marginal" ? Incentive::marginal : Incentive::total;
  double const own = weight[city];
  return incentive(given.shape("production"), kind, adopted / whole, (adopted + own) / whole, own / whole);
}

double collective(Parameters const& given, Facts const& facts, Standing const& standing, Index city, std::int32_t t) {
  std::vector<std::string> names;
  if (given.has("collaborations")) {
    for (Reference const& each : given.references("collaborations")) names.push_back(each.name);
  } else {
    names = facts.collaborations();
  }
  std::sort(names.begin(), names.end());
  double most = 0, sum = 0;
  for (std::string const& name : names) {
    std::vector<Index> const members = facts.members(name, t);
    if (std::find(members.begin(), members.end(), city) == members.end()) continue;
    double const g = good(given, facts, standing, city, members);
    most = std::max(most, g);
    sum += g;
  }
  return given.text("combine") == "sum" ? sum : most;
}

}  // namespace

double value(MechanismSpec const& mechanism, Facts const& facts, Standing const& standing, Index city, std::int32_t t) {
  if (mechanism.kind == "exposure") return exposure(mechanism.parameters, facts, standing, city, t);
  if (mechanism.kind == "scale") return scale(mechanism.parameters, facts, standing, city, t);
  if (mechanism.kind == "collective") return collective(mechanism.parameters, facts, standing, city, t);
  throw std::logic_error("the reference does not know " + mechanism.kind);
}

}  // namespace hansa::reference
