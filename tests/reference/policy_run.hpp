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
#include "reference/bonds.hpp"
#include "reference/exposures.hpp"
#include "reference/facts.hpp"
#include "reference/formulas.hpp"
#include "reference/laws.hpp"
#include "reference/learning.hpp"
#include "reference/mechanisms.hpp"
#include "reference/payments.hpp"
#include "reference/planned.hpp"
#include "reference/pressed.hpp"
#include "reference/purses.hpp"
#include "reference/reference.hpp"
#include "reference/turns.hpp"

namespace hansa::reference {

/// One policy in one replicate.
class PolicyRun : private Pressed {
 public:
  /// `by_step`: the policy with the numbers of each step, and outlives `facts` as the scenario does.
  PolicyRun(Scenario const& scenario, Acted const& acted, Facts const& facts, Purses const& purses,
            std::vector<PolicySpec> const& by_step, std::size_t p, std::int64_t replicate)
      : Pressed(scenario, acted, facts, by_step, p, replicate),
        chosen_(acted.chosen),
        purses_(purses),
        dated_(facts.dated(p)) {
    Index const n = facts.cities();
    stayed_.assign(n, 0.0);
    waiting_.assign(n, false);
    outcome_.adoption_time.assign(n, never);
    outcome_.abandonments.assign(n, 0);
    for (DatedFact const& fact : dated_) {
      if (fact.label < scenario.clock.start) happen(fact);
    }
    laws_.end(at(scenario.clock.start), scenario.clock.start - 1, standing_);
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
      bool const poor = is_poor(city, t);
      bool const lacks = lacks_something(city, others) || (poor && !queues()), barred = is_excluded(city, t, others);
      if (seeded_.count(city) > 0) {
        if (policy_.rule != Rule::cascade && !lacks && !barred) feel_at_risk(city, t, others);
        planned_[city] = {0, true, false, {{"intervention", 1.0}}, false};
      } else if (!barred) {
        decide(city, t, {others, lacks, poor}, arbiter);
      }
    }
  }

  /// Hazard by which a city comes to pledge at `t`, before anything is planned: as if `collaboration` produced all that
  /// it can; 0 of who is not at risk.
  double hazard_if_all(Index city, std::int32_t t, std::vector<PolicyRun> const& others,
                       std::string const& collaboration) {
    if (!is_open(city, t, others) || waiting_[city] || (is_poor(city, t) && !queues())) return 0;
    Felt felt;
    (void)feel(city, t, having(others), felt, collaboration);
    felt.mandated = mandated(city, t);
    return hazard_of(policy_.rule, felt);
  }

  /// Whether a city can adopt at `t` after it was planned, so far as this policy goes.
  [[nodiscard]] bool can_keep_pledge(Index city, std::int32_t t, std::vector<PolicyRun> const& others) const {
    if (seeded_.count(city) > 0) return true;
    if (!is_open(city, t, others) || is_poor(city, t)) return false;
    return std::none_of(policy_.excluded.begin(), policy_.excluded.end(), [&](Reference const& each) {
      auto const other = run_of(each.name, others).crossing(city, t);
      return other && other->certain;
    });
  }

  /// The city adopts at the beginning of the step, unless it is seeded.
  void keep_pledge(Index city, std::int32_t t, std::vector<PolicyRun> const& others, std::string const& collaboration) {
    auto const found = planned_.find(city);
    if (found != planned_.end() && found->second.certain) return;
    Felt felt;
    Parts const parts = feel(city, t, having(others), felt, collaboration);
    auto const shares =
        shares_beside(policy_.rule, at(t).baseline, parts, mandates(acts_, laws_, at(t), city, t), felt.push);
    planned_[city] = {0, true, false, shares, false, true};
  }

  /// The clock of a city that is at risk is stopped at a fraction of the step.
  void stop(Index city, double fraction) {
    planned_.erase(city);
    if (!at_risk_[city]) return;
    auto const [before, hazard, resistance] = *at_risk_[city];
    pressure_[city] = std::min(before + on_grid(hazard * fraction), resistance - grid_unit);
  }

  /// A city that would have adopted waits until it can pay.
  void wait(Index city) {
    planned_.erase(city);
    waiting_[city] = true;
  }

  /// Lets what is planned happen; what each city pays.
  std::vector<double> apply(std::int32_t t) {
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
    std::vector<double> paid;
    if (!costs.empty()) paid = payments_.pay(costs, {events_, seeded_, standing_}, as_adopted_, t, outcome_);
    outcome_.laws = laws_.end(at(t), t, standing_);
    outcome_.adoptions.resize(static_cast<std::size_t>(t - scenario_.clock.start) + 1);
    outcome_.adopted.push_back(standing_.adopted);
    outcome_.adopters.push_back(
        static_cast<std::int32_t>(std::count(standing_.adopted.begin(), standing_.adopted.end(), true)));
    return paid;
  }

  [[nodiscard]] Standing const& standing() const { return standing_; }
  /// Who adopted in the step.
  [[nodiscard]] std::vector<bool> adopters_of_step() const {
    std::vector<bool> found(facts_.cities(), false);
    for (DatedFact const& fact : events_)
      if (fact.sign > 0) found[fact.city] = true;
    return found;
  }
  /// What a city would pay for the policy in the step, before it is applied.
  [[nodiscard]] std::optional<double> price(Index city, std::int32_t t) const {
    return payments_.price(at(t), standing_, city, t, outcome_);
  }

  /// Beliefs move with the ties that the step has left.
  void learn(std::int32_t t) {
    if (!learner_) return;
    learner_->learn(at(t), standing_, events_, t);
    for (Index city = 0; city < facts_.cities(); ++city) {
      outcome_.belief_mean.push_back(learner_->mean(city));
      outcome_.belief_precision.push_back(learner_->precision(city));
    }
  }

  /// What happens in the step, by city.
  void log(std::int32_t t) {
    auto const found = facts_of_step({planned_, events_, seeded_, left_now_}, t);
    outcome_.log.insert(outcome_.log.end(), found.begin(), found.end());
  }

  /// What it would adopt in the step, of one city.
  [[nodiscard]] std::optional<Crossing> crossing(Index city, std::int32_t t) const {
    auto const found = planned_.find(city);
    if (found == planned_.end()) return std::nullopt;
    Planned const& planned = found->second;
    bool const certain = planned.certain || policy_.rule == Rule::cascade;
    bool const pays = seeded_.count(city) == 0 || pays_by_step(policy_);
    return Crossing{p_, certain ? 0 : planned.fraction, certain, planned.complies || binds(city, t), pays};
  }
  [[nodiscard]] bool binds(Index city, std::int32_t t) const { return has_hazard() && mandated(city, t) > 0; }

  [[nodiscard]] PolicyOutcome const& outcome() const { return outcome_; }

 private:
  void happen(DatedFact const& fact) {
    standing_.since[fact.city] = fact.label;
    standing_.adopted[fact.city] = fact.sign > 0;
    since_[fact.city] = fact.label;
    waiting_[fact.city] = false;
    if (fact.sign > 0) {
      outcome_.adapted += draws_.adapts(as_adopted(fact), fact.city, standing_.adoptions[fact.city]++);
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

  [[nodiscard]] static PolicyRun const& run_of(std::string const& policy, std::vector<PolicyRun> const& others) {
    return *std::find_if(others.begin(), others.end(),
                         [&](PolicyRun const& each) { return each.policy_.name == policy; });
  }
  [[nodiscard]] static Having having(std::vector<PolicyRun> const& others) {
    return [&others](std::string const& policy, Index city) {
      return static_cast<bool>(run_of(policy, others).standing_.adopted[city]);
    };
  }
  [[nodiscard]] bool lacks_something(Index city, std::vector<PolicyRun> const& others) const {
    return std::any_of(policy_.required.begin(), policy_.required.end(),
                       [&](Reference const& each) { return !run_of(each.name, others).standing_.adopted[city]; });
  }
  /// By another policy, or by law.
  [[nodiscard]] bool is_excluded(Index city, std::int32_t t, std::vector<PolicyRun> const& others) const {
    if (laws_.bars(city, t)) return true;
    return std::any_of(policy_.excluded.begin(), policy_.excluded.end(),
                       [&](Reference const& each) { return run_of(each.name, others).standing_.adopted[city]; });
  }
  /// Whether the city can decide at `t`, money aside.
  [[nodiscard]] bool is_open(Index city, std::int32_t t, std::vector<PolicyRun> const& others) const {
    if (t <= replayed_until(policy_, scenario_.clock) || standing_.adopted[city]) return false;
    return facts_.in_the_world(p_, city, t) && !lacks_something(city, others) && !is_excluded(city, t, others);
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
      for (Index const city : chosen_.at(each.name)) {
        if (!facts_.in_the_world(p_, city, t)) continue;
        bool const succeeds = acts_.luck(each.name, city, replicate_) < act.success;
        if (standing_.adopted[city] || seeded.count(city) > 0)
          counts.adopters += 1;
        else if (is_excluded(city, t, others) || is_excluded_now(city, t, others))
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
    if (!decides || acts_.binds(city, t) || laws_.binds(city, t)) return false;
    stayed_[city] += hazard_of_leaving(*at(t).abandonment, learner_ ? learner_->own_belief(city) : 0);
    return stayed_[city] >= draws_.staying(city, left_[city]);
  }

  /// Who is at risk has a pressure, and may have one that is refused, whoever else acts in the step; and a threshold
  /// given the pressure of the first step at risk is drawn then.
  void feel_at_risk(Index city, std::int32_t t, std::vector<PolicyRun> const& others) {
    Decision felt{p_, city, t, 0, 0, false};
    (void)press(city, t, having(others), felt);
  }

  /// The runs of a replicate, and whether the city lacks a policy that this one requires: then only a mandate counts.
  struct Circumstances {
    std::vector<PolicyRun> const& others;
    bool lacks, poor;
  };
  [[nodiscard]] bool queues() const { return policy_.when_unaffordable == Affording::queue; }
  [[nodiscard]] bool is_poor(Index city, std::int32_t t) const {
    if (!purses_.kept() || policy_.rule == Rule::cascade) return false;
    auto const asked = price(city, t);
    return asked && purses_.balance(city) < *asked * (1 - 1e-12);
  }

  /// A city that waits adopts when it can pay and lacks nothing, or a mandate makes it.
  void decide_waiting(Index city, std::int32_t t, Circumstances const& in) {
    if (binds(city, t) || (!in.poor && !in.lacks)) {
      Parts const bound = mandates(acts_, laws_, at(t), city, t);
      planned_[city] = {0, false, false, proportions(bound), in.lacks};
      if (in.lacks) return;
      Felt felt;
      Parts const parts = feel(city, t, having(in.others), felt);
      planned_[city].shares = shares_beside(policy_.rule, at(t).baseline, parts, bound, acts_.push(city, t));
    } else {
      comply(city, t);
    }
  }

  /// Under the rule threshold a mandate may make a city adopt that would not.
  void comply(Index city, std::int32_t t) {
    if (policy_.rule != Rule::threshold) return;
    auto const with = complied_with(acts_, laws_, at(t), city, t, replicate_);
    if (with) planned_[city] = {0, false, true, {{*with, 1.0}}, true};
  }

  void decide(Index city, std::int32_t t, Circumstances const& in, Arbiter const& arbiter) {
    if (waiting_[city]) return decide_waiting(city, t, in);
    Decision decision{p_, city, t, 0, 0, false};
    Parts parts;
    double const before = pressure_[city];
    if (policy_.rule == Rule::cascade) {
      parts = attempts(city, t);
      for (auto const& [name, part] : parts) pressure_[city] += part;
      decision.resistance = draws_.resistance(city, left_[city]);
      decision.pressure = pressure_[city];
    } else if (!in.lacks) {
      parts = press(city, t, having(in.others), decision);
    } else if (has_hazard()) {
      decision.resistance = draws_.resistance(city, left_[city]);
      decision.pressure = pressure_[city] += on_grid(mandated(city, t));
    }
    bool const weighs = !in.lacks || has_hazard();
    decision.adopts = weighs && decision.pressure >= decision.resistance;
    bool const crosses = weighs && (arbiter ? arbiter(decision) : decision.adopts);
    if (crosses && in.poor && queues() && !binds(city, t)) {
      waiting_[city] = true;
      return comply(city, t);
    }
    if (crosses) {
      double const hazard = pressure_[city] - before;
      double const fraction = has_hazard() ? std::clamp((decision.resistance - before) / hazard, 0.0, 1.0) : 0;
      Parts const bound = mandates(acts_, laws_, at(t), city, t);
      auto const shares = shares_beside(policy_.rule, at(t).baseline, parts, bound, acts_.push(city, t));
      planned_[city] = {fraction, false, false, in.lacks ? proportions(bound) : shares, in.lacks};
    } else {
      comply(city, t);
    }
    if (has_hazard()) at_risk_[city] = {before, pressure_[city] - before, decision.resistance};
  }

  double& share(std::string const& name, std::int32_t t) {
    auto& row = outcome_.attribution[name];
    row.resize(static_cast<std::size_t>(scenario_.clock.steps()));
    return row[static_cast<std::size_t>(t - scenario_.clock.start)];
  }

  std::map<std::string, std::vector<Index>> const& chosen_;  ///< by intervention
  Purses const& purses_;
  std::vector<DatedFact> dated_;
  /// The policy as a city adopts it.
  PolicySpec const& as_adopted(DatedFact const& fact) {
    PolicySpec const& now = at(std::max(fact.label, scenario_.clock.start));
    as_adopted_[fact.city] = &now;
    return now;
  }
  std::map<Index, PolicySpec const*> as_adopted_;
  std::vector<bool> waiting_;   ///< for money
  std::vector<double> stayed_;  ///< hazard of leaving, accumulated since the adoption
  /// Of a city at risk in the step: pressure before, hazard, resistance.
  struct Risk {
    double before, hazard, resistance;
  };
  std::vector<DatedFact> events_;
  std::map<Index, Planned> planned_;
  std::set<Index> seeded_, left_now_;
  std::vector<std::optional<Risk>> at_risk_;
};

}  // namespace hansa::reference
