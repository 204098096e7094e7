/// The slow simulator.
#include "reference/reference.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>

#include "base/flat_math.hpp"
#include "base/random.hpp"
#include "record/history.hpp"
#include "reference/facts.hpp"
#include "reference/formulas.hpp"
#include "reference/mechanisms.hpp"

namespace hansa::reference {

namespace {

/// R ~ Exp(1) of one episode, on the grid and at least one grid unit.
double exponential_resistance(Scenario const& scenario, std::string const& policy, std::string const& city,
                              std::int64_t replicate, int episode) {
  std::uint64_t const key =
      make_key(scenario.seed, static_cast<std::uint64_t>(replicate), Purpose::resistance, hash_id(policy));
  double const u = draw_uniform(key, hash_id(city), static_cast<std::uint32_t>(episode));
  return std::max(on_grid(-flat::log1p(-u)), 0x1p-44);
}

/// R of the rule `threshold`: given, or drawn once per city and policy.
double threshold_resistance(Scenario const& scenario, PolicySpec const& policy, Facts const& facts,
                            std::string const& city, Index index, std::int64_t replicate) {
  ThresholdLaw const& law = policy.threshold;
  if (law.form == ThresholdLaw::Form::given) return law.a;
  if (law.form == ThresholdLaw::Form::attribute) return facts.number(law.attribute.name, index);
  std::uint64_t const key =
      make_key(scenario.seed, static_cast<std::uint64_t>(replicate), Purpose::threshold, hash_id(policy.name));
  double const u = draw_uniform(key, hash_id(city), 0);
  if (law.form == ThresholdLaw::Form::uniform) return law.a + (law.b - law.a) * u;
  return law.a + law.b * flat::inverse_normal(std::max(u, 0x1p-54));
}

/// One policy in one replicate.
class PolicyRun {
 public:
  PolicyRun(Scenario const& scenario, World const& world, Facts const& facts, std::size_t p, std::int64_t replicate)
      : scenario_(scenario),
        world_(world),
        facts_(facts),
        p_(p),
        policy_(scenario.policies[p]),
        replicate_(replicate),
        dated_(facts.dated(p)) {
    Index const n = facts.cities();
    standing_.adopted.assign(n, false);
    standing_.adoptions.assign(n, 0);
    left_.assign(n, 0);
    pressure_.assign(n, 0.0);
    outcome_.adoption_time.assign(n, never);
    for (DatedFact const& fact : dated_) {
      if (fact.label < scenario.clock.start) happen(fact);
    }
  }

  void step(std::int32_t t, Arbiter const& arbiter) {
    std::vector<DatedFact> events;
    for (DatedFact const& fact : dated_) {
      if (fact.label == t) events.push_back(fact);
    }
    double adoptions = 0;
    for (DatedFact const& fact : events) {
      if (fact.sign < 0) continue;
      adoptions += 1;
      share("data", t) += 1.0;
    }
    if (t > replayed_until(policy_, scenario_.clock)) {
      for (Index city = 0; city < facts_.cities(); ++city) {
        if (standing_.adopted[city] || !facts_.in_the_world(p_, city, t)) continue;
        if (!decide(city, t, arbiter)) continue;
        events.push_back({t, city, +1});
        adoptions += 1;
      }
    }
    for (DatedFact const& fact : events) happen(fact);
    outcome_.adoptions.push_back(adoptions);
    outcome_.adopters.push_back(
        static_cast<std::int32_t>(std::count(standing_.adopted.begin(), standing_.adopted.end(), true)));
  }

  [[nodiscard]] PolicyOutcome const& outcome() const { return outcome_; }

 private:
  void happen(DatedFact const& fact) {
    standing_.adopted[fact.city] = fact.sign > 0;
    if (fact.sign > 0) {
      standing_.adoptions[fact.city] += 1;
      std::int32_t& time = outcome_.adoption_time[fact.city];
      if (time == never) time = fact.label;
      if (!first_) first_ = fact.label;
    } else {
      left_[fact.city] += 1;
      pressure_[fact.city] = 0;
    }
  }

  bool decide(Index city, std::int32_t t, Arbiter const& arbiter) {
    bool const threshold = policy_.rule == Rule::threshold;
    double const attributes = facts_.attributes(policy_, city);
    double const trend = trend_at(policy_.trend, scenario_.clock.start, t, first_);
    // Under the rule threshold attributes lower R: they are no part of the pressure.
    Parts parts{{"attributes", threshold ? 0.0 : attributes}, {"trend", trend}};
    double eta = threshold ? trend : policy_.baseline + attributes + trend;
    for (MechanismSpec const& each : policy_.mechanisms) {
      double const part = each.strength * value(each, facts_, standing_, city, t);
      parts.emplace_back(each.name, part);
      eta += part;
    }
    if (!threshold && std::fabs(eta) > 80) throw std::runtime_error("|eta| > 80");

    Decision decision{p_, city, t, 0, 0, false};
    std::string const& id = world_.cities.id[city];
    if (threshold) {
      decision.resistance = threshold_resistance(scenario_, policy_, facts_, id, city, replicate_) - attributes;
      decision.pressure = eta;
    } else {
      decision.resistance = exponential_resistance(scenario_, policy_.name, id, replicate_, left_[city]);
      pressure_[city] += on_grid(std::min(hazard(policy_.rule, eta), 64.0));
      decision.pressure = pressure_[city];
    }
    decision.adopts = decision.pressure >= decision.resistance;
    bool const adopts = arbiter ? arbiter(decision) : decision.adopts;
    if (adopts) {
      for (auto const& [name, part] : reference::attribute(policy_.rule, policy_.baseline, parts))
        share(name, t) += part;
    }
    return adopts;
  }

  double& share(std::string const& name, std::int32_t t) {
    auto& row = outcome_.attribution[name];
    row.resize(static_cast<std::size_t>(scenario_.clock.steps()));
    return row[static_cast<std::size_t>(t - scenario_.clock.start)];
  }

  Scenario const& scenario_;
  World const& world_;
  Facts const& facts_;
  std::size_t p_;
  PolicySpec const& policy_;
  std::int64_t replicate_;
  std::vector<DatedFact> dated_;
  Standing standing_;
  std::vector<int> left_;         ///< abandonments so far: the number of the current episode
  std::vector<double> pressure_;  ///< accumulated in the current episode
  std::optional<std::int32_t> first_;
  PolicyOutcome outcome_;
};

}  // namespace

std::map<std::string, double> attribute(Rule rule, double baseline, Parts const& parts) {
  std::map<std::string, double> shares;
  double total = 0;
  for (auto const& [name, part] : parts) total += part;
  if (rule == Rule::threshold) {
    if (total == 0) return {{"baseline", 1.0}};
    for (auto const& [name, part] : parts) shares[name] = part / total;
    return shares;
  }
  double const h0 = hazard(rule, baseline), h = hazard(rule, baseline + total);
  shares["baseline"] = h0 / h;
  for (auto const& [name, part] : parts) {
    bool const near = std::fabs(total) < 1e-5;  // the limit, to 1e-11
    double const middle = baseline + total / 2;
    double const slope = rule == Rule::cloglog ? flat::exp(middle) : 1.0 / (1.0 + flat::exp(-middle));
    shares[name] = part * (near ? slope : (h - h0) / total) / h;
  }
  return shares;
}

std::vector<PolicyOutcome> simulate(Scenario const& scenario, World const& world, std::int64_t replicate,
                                    Arbiter const& arbiter) {
  Facts const facts(scenario, world);
  std::vector<PolicyOutcome> outcomes;
  for (std::size_t p = 0; p < scenario.policies.size(); ++p) {
    PolicyRun run(scenario, world, facts, p, replicate);
    for (std::int32_t t = scenario.clock.start; t <= scenario.clock.end; ++t) run.step(t, arbiter);
    outcomes.push_back(run.outcome());
  }
  return outcomes;
}

}  // namespace hansa::reference
