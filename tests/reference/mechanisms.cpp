/// Economies of scale, collective action and the rest, straight from their definitions.
#include "reference/mechanisms.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "base/flat_math.hpp"
#include "reference/exposures.hpp"
#include "reference/formulas.hpp"

namespace hansa::reference {

namespace {

/// N of a scale mechanism: what makes the policy cheaper for a city.
double scaled_by(Parameters const& given, Facts const& facts, Standing const& standing, Index city, std::int32_t t) {
  auto const others = facts.others(given.pool("pool"), city, t);
  if (!others) return 0;
  // Knowledge stays with a city that left: its own earlier episodes count too, where it is in its own pool; that in
  // force does not.
  Pool const& pool = given.pool("pool");
  bool const own = pool.of != Pool::Of::network || !facts.network(pool.name.name).group.empty();
  double episodes = own ? standing.adoptions[city] - (standing.adopted[city] ? 1 : 0) : 0;
  double adopters = 0;
  for (Index other : *others) {
    episodes += standing.adoptions[other];
    adopters += standing.adopted[other] ? 1 : 0;
  }
  return given.has("progress_ratio") ? episodes : adopters;
}

double scale(Parameters const& given, Facts const& facts, Standing const& standing, Index city, std::int32_t t) {
  double const n = scaled_by(given, facts, standing, city, t);
  if (given.has("progress_ratio")) return experience(given.number("progress_ratio"), n);
  return platform(given.number("shared.fixed"), given.number("shared.variable"), n);
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

std::vector<std::string> collaborations(Parameters const& given, Facts const& facts) {
  if (!given.has("collaborations")) return facts.collaborations();
  std::vector<std::string> names;
  for (Reference const& each : given.references("collaborations")) names.push_back(each.name);
  std::sort(names.begin(), names.end());
  return names;
}

double collective(Parameters const& given, Facts const& facts, Standing const& standing, Index city, std::int32_t t,
                  std::string const& whole) {
  std::vector<std::string> const names = collaborations(given, facts);
  double most = 0, sum = 0;
  for (std::string const& name : names) {
    std::vector<Index> const members = facts.members(name, t);
    if (std::find(members.begin(), members.end(), city) == members.end()) continue;
    double const g = name == whole ? 1 : good(given, facts, standing, city, members);
    most = std::max(most, g);
    sum += g;
  }
  return given.text("combine") == "sum" ? sum : most;
}

double log_adopters(Parameters const& given, Facts const& facts, Standing const& standing, Index city, std::int32_t t) {
  auto const others = facts.others(given.pool("pool"), city, t);
  if (!others) return 0;
  double adopters = 0;
  for (Index other : *others) adopters += standing.adopted[other] ? 1 : 0;
  return flat::log1p(adopters);
}

double membership(Parameters const& given, Facts const& facts, Index city, std::int32_t t) {
  std::optional<std::int32_t> since;
  for (std::string const& name : collaborations(given, facts)) {
    auto const joined = facts.joined(name, city, t);
    if (joined && (!since || *joined < *since)) since = joined;
  }
  if (!since) return 0;
  return given.text("measure") == "member" ? 1 : t - *since;
}

}  // namespace

double value(MechanismSpec const& mechanism, Facts const& facts, Standing const& standing, Index city, std::int32_t t,
             std::string const& whole) {
  if (mechanism.kind == "exposure" || mechanism.kind == "competition") {
    return exposure(mechanism, facts, standing, city, t);
  }
  if (mechanism.kind == "log_adopters") return log_adopters(mechanism.parameters, facts, standing, city, t);
  if (mechanism.kind == "membership") return membership(mechanism.parameters, facts, city, t);
  if (mechanism.kind == "scale") return scale(mechanism.parameters, facts, standing, city, t);
  if (mechanism.kind == "collective") return collective(mechanism.parameters, facts, standing, city, t, whole);
  throw std::logic_error("the reference does not know " + mechanism.kind);
}

std::optional<double> cost(PolicySpec const& policy, Facts const& facts, Standing const& standing, Index city,
                           std::int32_t t) {
  std::optional<double> c;
  if (policy.cost) {
    auto const* attribute = std::get_if<Reference>(&policy.cost->amount);
    c = attribute ? facts.number(attribute->name, city, t) : std::get<double>(policy.cost->amount);
  }
  for (MechanismSpec const& each : policy.mechanisms) {
    if (each.kind != "scale") continue;
    Parameters const& given = each.parameters;
    double const n = scaled_by(given, facts, standing, city, t);
    if (given.has("shared.fixed")) c = given.number("shared.variable") + given.number("shared.fixed") / (1 + n);
    if (given.has("progress_ratio") && c) *c *= std::pow(given.number("progress_ratio"), std::log2(1 + n));
  }
  return c;
}

bool pays_by_step(PolicySpec const& policy) {
  return policy.cost ? policy.cost->per == CostPer::step : true;
}

}  // namespace hansa::reference
