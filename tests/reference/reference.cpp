/// The slow simulator.
#include "reference/reference.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/flat_math.hpp"
#include "base/random.hpp"
#include "record/history.hpp"
#include "reference/acts.hpp"
#include "reference/facts.hpp"
#include "reference/formulas.hpp"
#include "reference/learning.hpp"
#include "reference/mechanisms.hpp"
#include "reference/world_changes.hpp"

namespace hansa::reference {

namespace {

/// One policy in one replicate.
class PolicyRun {
 public:
  /// `by_step`: the policy with the numbers of each step, and outlives `facts` as the scenario does.
  PolicyRun(Scenario const& scenario, Acted const& acted, Facts const& facts, std::vector<PolicySpec> const& by_step,
            std::size_t p, std::int64_t replicate)
      : scenario_(scenario),
        world_(acted.world),
        chosen_(acted.chosen),
        facts_(facts),
        p_(p),
        replicate_(replicate),
        policy_(scenario.policies[p]),
        draws_(scenario, policy_, acted.world, replicate),
        acts_(scenario, acted, policy_.name),
        by_step_(by_step),
        dated_(facts.dated(p)) {
    Index const n = facts.cities();
    standing_.adopted.assign(n, false);
    standing_.adoptions.assign(n, 0);
    standing_.since.assign(n, never);
    left_.assign(n, 0);
    since_.assign(n, never);
    trait_.resize(n);
    pressure_.assign(n, 0.0);
    stayed_.assign(n, 0.0);
    outcome_.adoption_time.assign(n, never);
    outcome_.abandonments.assign(n, 0);
    for (MechanismSpec const& each : policy_.mechanisms) {
      if (each.kind == "learning") learner_.emplace(scenario, acted.world, facts, policy_, each, replicate);
    }
    for (DatedFact const& fact : dated_) {
      if (fact.label < scenario.clock.start) happen(fact);
    }
  }

  void step(std::int32_t t, Arbiter const& arbiter) {
    std::vector<DatedFact> events;
    std::set<Index> seeded;
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
      seeded = seeds(t);
      for (Index city = 0; city < facts_.cities(); ++city) {
        if (leaves(city, t)) events.push_back({t, city, -1});
        if (standing_.adopted[city] || !facts_.in_the_world(p_, city, t)) continue;
        if (seeded.count(city) > 0) {
          if (policy_.entry == EntryLaw::settled) draw_trait(city, t);
          events.push_back({t, city, +1});
          adoptions += 1;
          share("intervention", t) += 1;
          continue;
        }
        if (!decide(city, t, arbiter)) continue;
        events.push_back({t, city, +1});
        adoptions += 1;
      }
    }
    std::vector<double> const costs = costs_at(t);
    for (DatedFact const& fact : events) happen(fact);
    if (!costs.empty()) pay(costs, events, seeded, t);
    if (learner_) learn(t);
    outcome_.adoptions.push_back(adoptions);
    outcome_.adopters.push_back(
        static_cast<std::int32_t>(std::count(standing_.adopted.begin(), standing_.adopted.end(), true)));
  }

  [[nodiscard]] PolicyOutcome const& outcome() const { return outcome_; }

 private:
  void happen(DatedFact const& fact) {
    standing_.since[fact.city] = fact.label;
    standing_.adopted[fact.city] = fact.sign > 0;
    since_[fact.city] = fact.label;
    if (fact.sign > 0) {
      standing_.adoptions[fact.city] += 1;
      std::int32_t& time = outcome_.adoption_time[fact.city];
      if (time == never) time = fact.label;
      if (!first_) first_ = fact.label;
    } else {
      left_[fact.city] += 1;
      outcome_.abandonments[fact.city] += 1;
      pressure_[fact.city] = 0;
      stayed_[fact.city] = 0;
    }
  }

  /// What the policy costs each city at `t`, with adopters of the step before; nothing if that is not stated.
  [[nodiscard]] std::vector<double> costs_at(std::int32_t t) const {
    std::vector<double> costs;
    for (Index city = 0; city < facts_.cities(); ++city) {
      auto const c = cost(at(t), facts_, standing_, city, t);
      if (c) costs.push_back(*c);
    }
    return costs;
  }

  /// What subsidies pay of a cost.
  [[nodiscard]] std::map<std::string, double> subsidies(double c, Index city, std::int32_t t) const {
    std::set<std::string> spent;
    for (auto const& [name, counts] : outcome_.subsidy_counts) {
      if (counts.spent != never) spent.insert(name);
    }
    return acts_.subsidies(c, city, t, spent);
  }

  /// What they add to M of each mechanism of the kind scale: ln(c / c_net), shared equally.
  [[nodiscard]] double cut(Index city, std::int32_t t) const {
    double const c = cost(at(t), facts_, standing_, city, t).value_or(1);
    double scales = 0, paid = 0;
    for (MechanismSpec const& each : policy_.mechanisms) scales += each.kind == "scale";
    for (auto const& [name, amount] : subsidies(c, city, t)) paid += amount;
    return c > 0 && paid > 0 ? -flat::log1p(-paid / c) / scales : 0;
  }

  void pay(std::vector<double> const& costs, std::vector<DatedFact> const& events, std::set<Index> const& seeded,
           std::int32_t t) {
    double spent = 0, subsidised = 0, sum = 0, count = 0;
    std::map<std::string, double> paid;
    for (Index city = 0; city < facts_.cities(); ++city) {
      auto const adopts = [&](DatedFact const& fact) { return fact.city == city && fact.sign > 0; };
      bool const now = std::any_of(events.begin(), events.end(), adopts) && seeded.count(city) == 0;
      double support = 0;
      bool const pays = pays_by_step(policy_) ? standing_.adopted[city] : now;
      for (auto const& [name, amount] : subsidies(costs[city], city, t)) {
        support += amount;
        if (pays) paid[name] += amount;
      }
      if (pays) spent += costs[city] - support, subsidised += support;
      if (!facts_.in_the_world(p_, city, t)) continue;
      sum += costs[city] - support;
      count += 1;
    }
    for (auto const& [name, budget] : acts_.budgets()) {
      SubsidyCounts& counts = outcome_.subsidy_counts[name];
      counts.paid += paid[name];
      if (counts.spent == never && counts.paid >= budget * (1 - 1e-9)) counts.spent = t;
    }
    if (!outcome_.subsidy_counts.empty()) outcome_.subsidies.push_back(subsidised);
    outcome_.spending.push_back(spent);
    outcome_.unit_cost.push_back(sum / count);
  }

  void learn(std::int32_t t) {
    learner_->look(standing_, t);
    for (Index city = 0; city < facts_.cities(); ++city) {
      outcome_.belief_mean.push_back(learner_->mean(city));
      outcome_.belief_precision.push_back(learner_->precision(city));
    }
  }

  /// Who is seeded at `t` and may adopt; counts what becomes of the cities of each seed.
  std::set<Index> seeds(std::int32_t t) {
    std::set<Index> seeded;
    for (InterventionSpec const& each : scenario_.interventions) {
      if (!std::holds_alternative<SeedSpec>(each.act)) continue;
      if (each.policy()->name != policy_.name || each.at != t) continue;
      auto const& act = std::get<SeedSpec>(each.act);
      SeedCounts& counts = outcome_.seeds[each.name];
      std::uint64_t const key =
          make_key(scenario_.seed, static_cast<std::uint64_t>(replicate_), Purpose::success, hash_id(each.name));
      for (Index const city : chosen_.at(each.name)) {
        if (!facts_.in_the_world(p_, city, t)) continue;
        bool const succeeds = draw_uniform(key, hash_id(world_.cities.id[city]), 0) < act.success;
        if (standing_.adopted[city] || seeded.count(city) > 0)
          counts.adopters += 1;
        else if (succeeds)
          counts.seeded += 1, seeded.insert(city);
        else
          counts.failed += 1;
      }
    }
    return seeded;
  }

  /// Whether an adopter of the end of the step before leaves at `t`.
  bool leaves(Index city, std::int32_t t) {
    bool const decides = policy_.abandonment && standing_.adopted[city] && facts_.in_the_world(p_, city, t);
    if (!decides || acts_.binds(city, t)) return false;
    stayed_[city] += on_grid(policy_.abandonment->hazard);
    return stayed_[city] >= draws_.staying(city, left_[city]);
  }

  /// A threshold given the pressure of the first step at risk is drawn then, whoever else acts in that step.
  void draw_trait(Index city, std::int32_t t) {
    Decision felt{p_, city, t, 0, 0, false};
    (void)press(city, t, felt);
  }

  bool decide(Index city, std::int32_t t, Arbiter const& arbiter) {
    Decision decision{p_, city, t, 0, 0, false};
    Parts parts;
    if (policy_.rule == Rule::cascade) {
      parts = attempts(city, t);
      for (auto const& [name, part] : parts) pressure_[city] += part;
      decision.resistance = draws_.resistance(city, left_[city]);
      decision.pressure = pressure_[city];
    } else {
      parts = press(city, t, decision);
    }
    decision.adopts = decision.pressure >= decision.resistance;
    bool const adopts = arbiter ? arbiter(decision) : decision.adopts;
    if (adopts) {
      double const mandated = has_hazard() ? acts_.mandated(city, t) : 0;
      for (auto const& [name, part] : reference::attribute(policy_.rule, at(t).baseline, parts, mandated))
        share(name, t) += part;
    }
    if (adopts || policy_.rule != Rule::threshold || !acts_.complies(city, t, replicate_)) return adopts;
    share("intervention", t) += 1;
    return true;
  }

  /// Under the other rules a mandate draws who complies, or stands among the parts.
  [[nodiscard]] bool has_hazard() const { return policy_.rule != Rule::threshold && policy_.rule != Rule::cascade; }

  [[nodiscard]] PolicySpec const& at(std::int32_t t) const {
    return by_step_[static_cast<std::size_t>(t - scenario_.clock.start)];
  }

  [[nodiscard]] double strength(MechanismSpec const& mechanism, Index city, std::int32_t t) const {
    return acts_.campaigned(facts_.strength(mechanism, city, t), mechanism.name, city, t);
  }

  /// True if the city adopted in the step before, as those dated before the start did before the first.
  [[nodiscard]] bool is_fresh(Index source, std::int32_t t) const {
    return standing_.adopted[source] && std::max(since_[source], scenario_.clock.start - 1) == t - 1;
  }

  /// What the ties of those who adopted in the step before take, by mechanism; and pushes and mandates together.
  Parts attempts(Index city, std::int32_t t) const {
    Parts parts;
    for (MechanismSpec const& each : at(t).mechanisms) {
      std::string const& name = each.parameters.reference("network").name;
      std::vector<std::int32_t> const& group = facts_.network(name).group;
      double const theta = strength(each, city, t);
      double sum = 0;
      for (TieFact const& tie : facts_.ties(name, city, t)) {
        if (is_fresh(tie.source, t)) sum += attempt(theta, weight_of(tie, facts_.network(name)));
      }
      for (Index mate = 0; mate < group.size(); ++mate) {
        bool const together = group[city] >= 0 && group[mate] == group[city];
        if (together && mate != city && is_fresh(mate, t)) sum += attempt(theta, 1);
      }
      parts.emplace_back(each.name, sum);
    }
    double const pressed = acts_.push(city, t) + acts_.mandated(city, t);
    parts.emplace_back("intervention", on_grid(std::min(pressed, 64.0)));
    return parts;
  }

  /// Pressure and resistance of all other rules, and the parts of the pressure.
  Parts press(Index city, std::int32_t t, Decision& decision) {
    PolicySpec const& now = at(t);
    double const attributes = facts_.attributes(now, city, t);
    double const trend = trend_at(now.trend, scenario_.clock.start, t, first_);
    double const lasting = draws_.lasting_frailty(now.frailty, city), period = draws_.period_frailty(now.frailty, t);
    Felt felt{now.baseline, attributes + lasting, trend + period, {}, acts_.push(city, t), 0};
    bool const threshold = policy_.rule == Rule::threshold;
    // Under the rule threshold what is the city's own lowers R: it is no part of the pressure.
    Parts parts{{"attributes", threshold ? 0.0 : attributes},
                {"trend", trend},
                {"frailty", (threshold ? 0.0 : lasting) + period},
                {"intervention", felt.push}};
    for (MechanismSpec const& each : now.mechanisms) {
      double m = each.kind == "learning" ? learner_->news(city) : value(each, facts_, standing_, city, t);
      if (each.kind == "scale") m += cut(city, t);
      felt.theta_m.push_back(strength(each, city, t) * m);
      parts.emplace_back(each.name, felt.theta_m.back());
    }
    if (!threshold) {
      felt.mandated = acts_.mandated(city, t);
      decision.resistance = draws_.resistance(city, left_[city]);
      decision.pressure = pressure_[city] += hazard_of(policy_.rule, felt);
      return parts;
    }
    decision.pressure = felt.push + felt.common;
    for (double const part : felt.theta_m) decision.pressure += part;
    if (!trait_[city]) {
      trait_[city] = policy_.entry == EntryLaw::settled ? draws_.threshold_above(decision.pressure + felt.own, city)
                                                        : draws_.threshold(facts_, city);
    }
    decision.resistance = *trait_[city] - felt.own;
    return parts;
  }

  double& share(std::string const& name, std::int32_t t) {
    auto& row = outcome_.attribution[name];
    row.resize(static_cast<std::size_t>(scenario_.clock.steps()));
    return row[static_cast<std::size_t>(t - scenario_.clock.start)];
  }

  Scenario const& scenario_;
  World const& world_;
  std::map<std::string, std::vector<Index>> const& chosen_;  ///< by intervention
  Facts const& facts_;
  std::size_t p_;
  std::int64_t replicate_;
  PolicySpec const& policy_;
  Draws draws_;
  Acts acts_;
  std::vector<PolicySpec> const& by_step_;
  std::vector<DatedFact> dated_;
  Standing standing_;
  std::vector<int> left_;                     ///< abandonments so far: the number of the current episode
  std::vector<double> pressure_;              ///< accumulated in the current episode
  std::vector<double> stayed_;                ///< hazard of leaving, accumulated since the adoption
  std::vector<std::int32_t> since_;           ///< label of the last adoption or abandonment
  std::vector<std::optional<double>> trait_;  ///< thresholds, once drawn
  std::optional<Learner> learner_;
  std::optional<std::int32_t> first_;
  PolicyOutcome outcome_;
};

}  // namespace

std::vector<PolicyOutcome> simulate(Scenario const& scenario, World const& world, std::int64_t replicate,
                                    Arbiter const& arbiter) {
  Acted const acted = act_out(scenario, world);
  std::vector<std::vector<PolicySpec>> numbers;  // by policy and step; `facts` keeps what it finds by their mechanisms
  for (PolicySpec const& policy : scenario.policies) {
    Acts const acts(scenario, acted, policy.name);
    std::vector<PolicySpec>& by_step = numbers.emplace_back();
    for (std::int32_t t = scenario.clock.start; t <= scenario.clock.end; ++t)
      by_step.push_back(acts.with_numbers(policy, t));
  }
  Facts const facts(scenario, acted.world, replicate);
  std::vector<PolicyOutcome> outcomes;
  for (std::size_t p = 0; p < scenario.policies.size(); ++p) {
    PolicyRun run(scenario, acted, facts, numbers[p], p, replicate);
    for (std::int32_t t = scenario.clock.start; t <= scenario.clock.end; ++t) run.step(t, arbiter);
    outcomes.push_back(run.outcome());
  }
  return outcomes;
}

}  // namespace hansa::reference
