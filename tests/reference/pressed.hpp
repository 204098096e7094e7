/// What presses on cities to adopt one policy, part by part.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/flat_math.hpp"
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
#include "reference/reference.hpp"

namespace hansa::reference {

/// Whether a city had a policy at the end of the step before.
using Having = std::function<bool(std::string const& policy, Index city)>;

/// The standing of one policy in one replicate, and the pressure that follows from it.
class Pressed {
 protected:
  Pressed(Scenario const& scenario, Acted const& acted, Facts const& facts, std::vector<PolicySpec> const& by_step,
          std::size_t p, std::int64_t replicate)
      : scenario_(scenario),
        facts_(facts),
        p_(p),
        replicate_(replicate),
        policy_(scenario.policies[p]),
        draws_(scenario, policy_, acted.world, replicate),
        acts_(scenario, acted, policy_.name),
        laws_(scenario, acted.world, policy_, replicate),
        payments_(facts, policy_, p, acts_, draws_),
        by_step_(by_step) {
    Index const n = facts.cities();
    standing_.adopted.assign(n, false);
    standing_.adoptions.assign(n, 0);
    standing_.since.assign(n, never);
    left_.assign(n, 0);
    since_.assign(n, never);
    trait_.resize(n);
    pressure_.assign(n, 0.0);
    for (MechanismSpec const& each : policy_.mechanisms)
      if (each.kind == "learning") learner_.emplace(scenario, acted.world, facts, policy_, each, replicate);
  }

  [[nodiscard]] double mandated(Index city, std::int32_t t) const { return sum_of(mandates(acts_, laws_, city, t)); }

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
      if (each.kind == "national") continue;
      parts.emplace_back(each.name, attempts_along(each, strength(each, city, t), facts_, city, t,
                                                   [&](Index source) { return is_fresh(source, t); }));
    }
    double const pressed = acts_.push(city, t) + mandated(city, t);
    parts.emplace_back("intervention", on_grid(std::min(pressed, 64.0)));
    return parts;
  }

  /// What presses on a city, and in which parts; as if the collaboration `whole` (empty: none) produced all that it
  /// can.
  Parts feel(Index city, std::int32_t t, Having const& having, Felt& felt, std::string const& whole = {}) {
    PolicySpec const& now = at(t);
    double const attributes = facts_.attributes(now, city, t);
    double const trend = trend_at(now.trend, scenario_.clock.start, t, first_);
    double const lasting = draws_.lasting_frailty(now.frailty, city), period = draws_.period_frailty(now.frailty, t);
    felt = {now.baseline, attributes + lasting, trend + period, {}, acts_.push(city, t), 0};
    bool const threshold = policy_.rule == Rule::threshold;
    // Under the rule threshold what is the city's own lowers R: it is no part of the pressure.
    Parts parts{{"attributes", threshold ? 0.0 : attributes},
                {"trend", trend},
                {"frailty", (threshold ? 0.0 : lasting) + period},
                {"intervention", felt.push}};
    for (MechanismSpec const& each : now.mechanisms) {
      double m = 0;
      if (each.kind == "national" && each.parameters.text("kind") != "enabling") continue;
      if (each.kind == "national")
        m = laws_.in_force(each, city, t) ? 1 : 0;
      else if (each.kind == "learning")
        m = learner_->news(city);
      else if (each.kind == "synergy")
        m = having(each.parameters.reference("policy").name, city) ? 1 : 0;
      else
        m = value(each, facts_, standing_, city, t, whole);
      if (each.kind == "scale") m += payments_.cut(at(t), standing_, city, t, outcome_);
      felt.theta_m.push_back(strength(each, city, t) * m);
      parts.emplace_back(each.name, felt.theta_m.back());
    }
    return parts;
  }

  /// Pressure and resistance of all other rules, and the parts of the pressure.
  Parts press(Index city, std::int32_t t, Having const& having, Decision& decision) {
    Felt felt;
    Parts const parts = feel(city, t, having, felt);
    if (policy_.rule != Rule::threshold) {
      felt.mandated = mandated(city, t);
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

  Scenario const& scenario_;
  Facts const& facts_;
  std::size_t p_;
  std::int64_t replicate_;
  PolicySpec const& policy_;
  Draws draws_;
  Acts acts_;
  Laws laws_;
  Payments payments_;
  std::vector<PolicySpec> const& by_step_;
  Standing standing_;
  std::vector<int> left_;                     ///< abandonments so far: the number of the current episode
  std::vector<double> pressure_;              ///< accumulated in the current episode
  std::vector<std::int32_t> since_;           ///< label of the last adoption or abandonment
  std::vector<std::optional<double>> trait_;  ///< thresholds, once drawn
  std::optional<Learner> learner_;
  std::optional<std::int32_t> first_;
  PolicyOutcome outcome_;
};

}  // namespace hansa::reference
