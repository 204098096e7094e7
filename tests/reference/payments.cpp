/// Adds up costs and subsidies.
#include "reference/payments.hpp"

#include <algorithm>

#include "base/flat_math.hpp"
#include "record/history.hpp"

namespace hansa::reference {

std::vector<double> Payments::costs_at(PolicySpec const& now, Standing const& standing, std::int32_t t) const {
  std::vector<double> costs;
  for (Index city = 0; city < facts_.cities(); ++city) {
    auto const c = cost(now, facts_, standing, city, t);
    if (c) costs.push_back(*c);
  }
  return costs;
}

/// What subsidies pay of a cost.
std::map<std::string, double> Payments::subsidies(double c, Index city, std::int32_t t,
                                                  PolicyOutcome const& outcome) const {
  std::set<std::string> spent;
  for (auto const& [name, counts] : outcome.subsidy_counts) {
    if (counts.spent != never) spent.insert(name);
  }
  return acts_.subsidies(c, city, t, spent);
}

double Payments::cut(PolicySpec const& now, Standing const& standing, Index city, std::int32_t t,
                     PolicyOutcome const& outcome) const {
  double const c = cost(now, facts_, standing, city, t).value_or(1);
  double scales = 0, paid = 0;
  for (MechanismSpec const& each : policy_.mechanisms) scales += each.kind == "scale";
  for (auto const& [name, amount] : subsidies(c, city, t, outcome)) paid += amount;
  return c > 0 && paid > 0 ? -flat::log1p(-paid / c) / scales : 0;
}

std::optional<double> Payments::price(PolicySpec const& now, Standing const& standing, Index city, std::int32_t t,
                                      PolicyOutcome const& outcome) const {
  auto const c = cost(now, facts_, standing, city, t);
  if (!c) return std::nullopt;
  double paid = 0;
  for (auto const& [name, amount] : subsidies(*c, city, t, outcome)) paid += amount;
  return *c - paid;
}

std::vector<double> Payments::pay(std::vector<double> const& costs, Happened const& happened,
                                  std::map<Index, PolicySpec const*> const& adopted, std::int32_t t,
                                  PolicyOutcome& outcome) const {
  double spent = 0, subsidised = 0, sum = 0, count = 0;
  std::vector<double> by_city(facts_.cities(), 0.0);
  std::map<std::string, double> paid;
  for (Index city = 0; city < facts_.cities(); ++city) {
    auto const adopts = [&](DatedFact const& fact) { return fact.city == city && fact.sign > 0; };
    bool const now =
        std::any_of(happened.events.begin(), happened.events.end(), adopts) && happened.seeded.count(city) == 0;
    double support = 0;
    bool const pays = pays_by_step(policy_) ? happened.standing.adopted[city] : now;
    for (auto const& [name, amount] : subsidies(costs[city], city, t, outcome)) support += amount;
    if (pays) {
      PolicySpec const& then = *adopted.at(city);
      double const more = draws_.adapts(then, city, happened.standing.adoptions[city] - 1) ? then.reinvention->cost : 0;
      double const price = costs[city] * (1 + more);
      double supported = 0;
      for (auto const& [name, amount] : subsidies(price, city, t, outcome)) {
        supported += amount;
        paid[name] += amount;
      }
      spent += by_city[city] = price - supported, subsidised += supported;
    }
    if (!facts_.in_the_world(p_, city, t)) continue;
    sum += costs[city] - support;
    count += 1;
  }
  for (auto const& [name, budget] : acts_.budgets()) {
    SubsidyCounts& counts = outcome.subsidy_counts[name];
    counts.paid += paid[name];
    if (counts.spent == never && counts.paid >= budget * (1 - 1e-9)) counts.spent = t;
  }
  if (!outcome.subsidy_counts.empty()) outcome.subsidies.push_back(subsidised);
  outcome.spending.push_back(spent);
  outcome.unit_cost.push_back(sum / count);
  return by_city;
}

}  // namespace hansa::reference
