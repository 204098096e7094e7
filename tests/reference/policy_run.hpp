/// One policy in one replicate, city by city and step by step.
#pragma once

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
#include "reference/payments.hpp"
#include "reference/reference.hpp"
#include "reference/turns.hpp"

namespace hansa::reference {

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
        payments_(facts, policy_, p, acts_, draws_),
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

  /// Finds what would happen at `t`, as far as this policy goes. `others`: all runs of the replicate, of which some
  /// have planned the step already.
  void plan(std::int32_t t, std::vector<PolicyRun> const& others, Arbiter const& arbiter) {
    events_.clear();
    planned_.clear();
    left_now_.clear();
    seeded_.clear();
    at_risk_.assign(facts_.cities(), std::nullopt);
    for (DatedFact const& fact : dated_) {
      if (fact.label != t) continue;
      events_.push_back(fact);
      if (fact.sign > 0) planned_[fact.city] = {0, true, false, {{"data", 1.0}}, false};
    }
    if (t <= replayed_until(policy_, scenario_.clock)) return;
    seeded_ = seeds(t, others);
    for (Index city = 0; city < facts_.cities(); ++city) {
      if (leaves(city, t)) {
        events_.push_back({t, city, -1});
        left_now_.insert(city);
      }
      if (standing_.adopted[city] || !facts_.in_the_world(p_, city, t)) continue;
      bool const lacks = lacks_something(city, others), barred = is_excluded(city, others);
      if (seeded_.count(city) > 0) {
        if (policy_.entry == EntryLaw::settled && !lacks && !barred) draw_trait(city, t, others);
        planned_[city] = {0, true, false, {{"intervention", 1.0}}, false};
      } else if (!barred) {
        decide(city, t, {others, lacks}, arbiter);
      }
    }
  }

  /// The clock of a city that is at risk is stopped at a fraction of the step.
  void stop(Index city, double fraction) {
    planned_.erase(city);
    if (!at_risk_[city]) return;
    auto const [before, hazard, resistance] = *at_risk_[city];
    pressure_[city] = std::min(before + on_grid(hazard * fraction), resistance - grid_unit);
  }

  /// Lets what is planned happen.
  void apply(std::int32_t t) {
    log(t);
    for (auto const& [city, planned] : planned_) {
      outcome_.adoptions.resize(static_cast<std::size_t>(t - scenario_.clock.start) + 1);
      outcome_.adoptions.back() += 1;
      for (auto const& [name, part] : planned.shares) share(name, t) += part;
      bool const told = std::any_of(events_.begin(), events_.end(),
                                    [&](DatedFact const& fact) { return fact.city == city && fact.sign > 0; });
      if (!told) events_.push_back({t, city, +1});
    }
    std::vector<double> const costs = payments_.costs_at(at(t), standing_, t);
    for (DatedFact const& fact : events_) happen(fact);
    if (!costs.empty()) payments_.pay(costs, {events_, seeded_, standing_}, t, outcome_);
    if (learner_) learn(t);
    outcome_.adoptions.resize(static_cast<std::size_t>(t - scenario_.clock.start) + 1);
    outcome_.adopters.push_back(
        static_cast<std::int32_t>(std::count(standing_.adopted.begin(), standing_.adopted.end(), true)));
  }

  /// What happens in the step, by city.
  void log(std::int32_t t) {
    std::vector<LoggedFact> found;
    for (DatedFact const& fact : events_) {
      if (fact.sign > 0) continue;
      bool const left = left_now_.count(fact.city) > 0;
      found.push_back({t, fact.city, left ? EventKind::abandonment : EventKind::replayed_abandonment, {}});
    }
    for (auto const& [city, planned] : planned_) {
      EventKind kind = planned.lawful ? EventKind::mandate : EventKind::adoption;
      if (planned.certain) kind = seeded_.count(city) > 0 ? EventKind::seed : EventKind::replay;
      found.push_back({t, city, kind, planned.shares});
    }
    std::stable_sort(found.begin(), found.end(), [](auto const& a, auto const& b) { return a.city < b.city; });
    outcome_.log.insert(outcome_.log.end(), found.begin(), found.end());
  }

  /// What it would adopt in the step, of one city.
  [[nodiscard]] std::optional<Crossing> crossing(Index city, std::int32_t t) const {
    auto const found = planned_.find(city);
    if (found == planned_.end()) return std::nullopt;
    Planned const& planned = found->second;
    bool const certain = planned.certain || policy_.rule == Rule::cascade;
    return Crossing{p_, certain ? 0 : planned.fraction, certain, planned.complies || binds(city, t)};
  }
  [[nodiscard]] bool binds(Index city, std::int32_t t) const { return has_hazard() && acts_.mandated(city, t) > 0; }

  [[nodiscard]] PolicyOutcome const& outcome() const { return outcome_; }

 private:
  void happen(DatedFact const& fact) {
    standing_.since[fact.city] = fact.label;
    standing_.adopted[fact.city] = fact.sign > 0;
    since_[fact.city] = fact.label;
    if (fact.sign > 0) {
      outcome_.adapted += draws_.adapts(fact.city, standing_.adoptions[fact.city]++);
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

  void learn(std::int32_t t) {
    learner_->learn(standing_, events_, t);
    for (Index city = 0; city < facts_.cities(); ++city) {
      outcome_.belief_mean.push_back(learner_->mean(city));
      outcome_.belief_precision.push_back(learner_->precision(city));
    }
  }

  [[nodiscard]] static PolicyRun const& run_of(std::string const& policy, std::vector<PolicyRun> const& others) {
    return *std::find_if(others.begin(), others.end(),
                         [&](PolicyRun const& each) { return each.policy_.name == policy; });
  }
  [[nodiscard]] bool lacks_something(Index city, std::vector<PolicyRun> const& others) const {
    return std::any_of(policy_.required.begin(), policy_.required.end(),
                       [&](Reference const& each) { return !run_of(each.name, others).standing_.adopted[city]; });
  }
  [[nodiscard]] bool is_excluded(Index city, std::vector<PolicyRun> const& others) const {
    return std::any_of(policy_.excluded.begin(), policy_.excluded.end(),
                       [&](Reference const& each) { return run_of(each.name, others).standing_.adopted[city]; });
  }
  /// By what is certain to happen in the step, of those before it in the order of hashes.
  [[nodiscard]] bool is_excluded_now(Index city, std::int32_t t, std::vector<PolicyRun> const& others) const {
    return std::any_of(policy_.excluded.begin(), policy_.excluded.end(), [&](Reference const& each) {
      PolicyRun const& other = run_of(each.name, others);
      if (hash_id(each.name) > hash_id(policy_.name)) return false;
      auto const found = other.crossing(city, t);
      return found && found->certain;
    });
  }

  /// Who is seeded at `t` and may adopt; counts what becomes of the cities of each seed.
  std::set<Index> seeds(std::int32_t t, std::vector<PolicyRun> const& others) {
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
        else if (is_excluded(city, others) || is_excluded_now(city, t, others))
          counts.excluded += 1;
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
    stayed_[city] += hazard_of_leaving(*policy_.abandonment, learner_ ? learner_->own_belief(city) : 0);
    return stayed_[city] >= draws_.staying(city, left_[city]);
  }

  /// A threshold given the pressure of the first step at risk is drawn then, whoever else acts in that step.
  void draw_trait(Index city, std::int32_t t, std::vector<PolicyRun> const& others) {
    Decision felt{p_, city, t, 0, 0, false};
    (void)press(city, t, others, felt);
  }

  /// The runs of a replicate, and whether the city lacks a policy that this one requires: then only a mandate counts.
  struct Circumstances {
    std::vector<PolicyRun> const& others;
    bool lacks;
  };

  void decide(Index city, std::int32_t t, Circumstances const& in, Arbiter const& arbiter) {
    Decision decision{p_, city, t, 0, 0, false};
    Parts parts;
    double const before = pressure_[city];
    if (policy_.rule == Rule::cascade) {
      parts = attempts(city, t);
      for (auto const& [name, part] : parts) pressure_[city] += part;
      decision.resistance = draws_.resistance(city, left_[city]);
      decision.pressure = pressure_[city];
    } else if (!in.lacks) {
      parts = press(city, t, in.others, decision);
    } else if (has_hazard()) {
      decision.resistance = draws_.resistance(city, left_[city]);
      decision.pressure = pressure_[city] += on_grid(std::min(acts_.mandated(city, t), 64.0));
    }
    bool const weighs = !in.lacks || has_hazard();
    decision.adopts = weighs && decision.pressure >= decision.resistance;
    if (weighs && (arbiter ? arbiter(decision) : decision.adopts)) {
      double const hazard = pressure_[city] - before;
      double const fraction = has_hazard() ? std::clamp((decision.resistance - before) / hazard, 0.0, 1.0) : 0;
      planned_[city] = {fraction, false, false, {{"intervention", 1.0}}, in.lacks};
      double const mandated = has_hazard() ? acts_.mandated(city, t) : 0;
      if (!in.lacks) planned_[city].shares = reference::attribute(policy_.rule, at(t).baseline, parts, mandated);
    } else if (policy_.rule == Rule::threshold && acts_.complies(city, t, replicate_)) {
      planned_[city] = {0, false, true, {{"intervention", 1.0}}, true};
    }
    if (has_hazard()) at_risk_[city] = {before, pressure_[city] - before, decision.resistance};
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
  Parts press(Index city, std::int32_t t, std::vector<PolicyRun> const& others, Decision& decision) {
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
      double m = 0;
      if (each.kind == "learning")
        m = learner_->news(city);
      else if (each.kind == "synergy")
        m = run_of(each.parameters.reference("policy").name, others).standing_.adopted[city] ? 1 : 0;
      else
        m = value(each, facts_, standing_, city, t);
      if (each.kind == "scale") m += payments_.cut(at(t), standing_, city, t, outcome_);
      felt.theta_m.push_back(strength(each, city, t) * m);
      parts.emplace_back(each.name, felt.theta_m.back());
    }
    if (!threshold) {
      felt.mandated = acts_.mandated(city, t);
      decision.resistance = draws_.resistance(city, left_[city]);
      double const hazard = hazard_of(policy_.rule, felt);
      decision.pressure = pressure_[city] += hazard;
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
  Payments payments_;
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
  /// An adoption of the step, unless it is stopped.
  struct Planned {
    double fraction = 0;
    bool certain = false, complies = false;
    std::map<std::string, double> shares;
    bool lawful = false;  // by a mandate alone
  };
  /// Of a city at risk in the step: pressure before, hazard, resistance.
  struct Risk {
    double before, hazard, resistance;
  };
  std::vector<DatedFact> events_;
  std::map<Index, Planned> planned_;
  std::set<Index> seeded_, left_now_;
  std::vector<std::optional<Risk>> at_risk_;
  PolicyOutcome outcome_;
};

}  // namespace hansa::reference
