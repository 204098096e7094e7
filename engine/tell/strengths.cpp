/// One lever at a time, all else as in the typical city.
#include "tell/strengths.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/flat_math.hpp"
#include "mechanisms/shape.hpp"
#include "model/phases.hpp"
#include "scenario/laws.hpp"
#include "tell/ends.hpp"
#include "tell/levels.hpp"

namespace hansa {

namespace {

constexpr double predictor_bound = 80;
constexpr double certain = 0.9995;

double sd_of(std::vector<double> const& values) {
  double n = 0, mean = 0, squares = 0;
  for (double const each : values) {
    if (std::isnan(each)) continue;
    n += 1;
    double const step = each - mean;
    mean += step / n;
    squares += step * (each - mean);
  }
  return n > 1 ? std::sqrt(squares / (n - 1)) : 0;
}

std::string commonest(TextColumn const& column) {
  std::vector<std::size_t> count(column.labels.size(), 0);
  for (std::int32_t const code : column.code)
    if (code >= 0) ++count[static_cast<std::size_t>(code)];
  auto const most = std::ranges::max_element(count);
  return most == count.end() ? std::string() : column.labels[static_cast<std::size_t>(most - count.begin())];
}

/// Share of the cities whose threshold is at most x.
double share_below(ThresholdModel const& law, double x) {
  switch (law.form) {
    case ThresholdLaw::Form::given:
      return x >= law.a ? 1 : 0;
    case ThresholdLaw::Form::uniform:
      return std::clamp((x - law.a) / (law.b - law.a), 0.0, 1.0);
    case ThresholdLaw::Form::attribute: {
      auto const count = std::ranges::count_if(law.given, [&](double each) { return each <= x; });
      return law.given.empty() ? 0 : static_cast<double>(count) / static_cast<double>(law.given.size());
    }
    case ThresholdLaw::Form::normal:
      break;
  }
  double low = 0, high = 1;  // the inverse is known, and grows
  for (int k = 0; k < 60; ++k) {
    double const p = (low + high) / 2;
    (law.a + law.b * flat::inverse_normal(p) <= x ? low : high) = p;
  }
  return (low + high) / 2;
}

/// One policy in a phase, with the contributions of the typical city.
class Typical {
 public:
  /// `terms`: those of the phase, by mechanism.
  Typical(Phase const& phase, std::vector<CompiledTerm const*> terms, PolicyModel const& policy, World const& world,
          Model const& model)
      : spec_(phase.spec),
        policy_(policy),
        world_(world),
        model_(model),
        step_(std::max(policy.first_decision, phase.step)),
        baseline_(number_at(step_, policy.baseline, policy.baselines_later)),
        log_time_(number_at(step_, policy.log_time, policy.log_times_later)),
        trend_(trend_at(step_)),
        terms_(std::move(terms)) {
    for (AttributeEffect const& each : spec_.attributes) own_ += effect_of_typical(each);
  }

  [[nodiscard]] std::vector<Lever> tell() const {
    std::vector<Lever> levers;
    if (spec_.rule != Rule::cascade) levers.push_back({"nothing presses", "", {{typical_words(), chance(0)}}});
    if (spec_.rule != Rule::threshold)
      for (AttributeEffect const& each : spec_.attributes) levers.push_back(attribute(each));
    if (!policy_.trend.empty()) levers.push_back(trend());
    if (log_time_ != 0) levers.push_back(log_time());
    for (std::size_t k = 0; k < terms_.size(); ++k) levers.push_back(mechanism(k));
    return levers;
  }

  /// Of what can be while the phase lasts, up to `last`.
  void warn(std::int32_t last, std::vector<Complaint>& warnings) const {
    auto const [least_own, most_own] = ends_by(policy_.attributes, 0, policy_.attributes_later, last);
    auto const [least_push, most_push] = ends_by({}, 0, policy_.pushes, last);
    auto const [least_trend, most_trend] = ends_of_trend(last);
    double low = least_own + least_trend + least_push, high = most_own + most_trend + most_push;
    for (std::size_t k = 0; k < terms_.size(); ++k) {
      auto const [least, most] = ends(k, last);
      low += least;
      high += most;
      warn_of_certainty(k, warnings);
      if (spec_.rule == Rule::additive && least < 0) warn_of_negative(k, least, warnings);
    }
    double const top = baseline_ + high, bottom = baseline_ + low;
    if (is_bounded() && (top > predictor_bound || bottom < -predictor_bound))
      add({fmt::format("the linear predictor of policy '{}' can reach {:.3g}", spec_.name,
                       top > predictor_bound ? top : bottom),
           spec_.where, "a run stops beyond 80 either way: look at strengths, attributes and units"},
          warnings);
    if (spec_.rule == Rule::linear && bottom < 0)
      add({fmt::format("the probability of policy '{}' can fall to {:.3g}", spec_.name, bottom), spec_.where,
           "a run stops below 0: look at strengths, attributes and units"},
          warnings);
  }

 private:
  [[nodiscard]] double trend_at(std::int32_t step) const {
    if (policy_.trend.empty()) return 0;
    auto const last = static_cast<std::int32_t>(policy_.trend.size());
    return policy_.trend[static_cast<std::size_t>(std::clamp(step, 1, last) - 1)];
  }

  [[nodiscard]] double effect_of_typical(AttributeEffect const& effect) const {
    if (auto const* slope = std::get_if<double>(&effect.effect)) {
      auto const* column = world_.cities.number(effect.attribute.name);
      return column == nullptr ? 0 : *slope * median_of(*column);
    }
    auto const* column = world_.cities.text(effect.attribute.name);
    auto const& by_value = std::get<std::map<std::string, double>>(effect.effect);
    auto const found = column == nullptr ? by_value.end() : by_value.find(commonest(*column));
    return found == by_value.end() ? 0 : found->second;
  }

  /// "income high, size 0.2": the attributes that have effects.
  [[nodiscard]] std::string typical_words() const {
    std::string text;
    for (AttributeEffect const& each : spec_.attributes) {
      text += fmt::format("{}{} ", text.empty() ? "" : ", ", each.attribute.name);
      if (auto const* column = world_.cities.number(each.attribute.name))
        text += fmt::format("{:.4g}", median_of(*column));
      if (auto const* column = world_.cities.text(each.attribute.name)) text += commonest(*column);
    }
    return text;
  }

  /// With `more` on top of what the typical city has; not a number where a run stops.
  [[nodiscard]] double chance(double more) const {
    double const eta = baseline_ + own_ + trend_;
    if (stops(eta, more)) return std::numeric_limits<double>::quiet_NaN();
    switch (spec_.rule) {
      case Rule::logit:
        return 1 / (1 + flat::exp(-(eta + more)));
      case Rule::cloglog:
        return -flat::expm1(-flat::exp(eta + more));
      case Rule::additive:
        return -flat::expm1(-(flat::exp(eta) + more));
      case Rule::linear:
        return std::clamp(eta + more, 0.0, 1.0);
      case Rule::cascade:
        return std::clamp(more, 0.0, 1.0);
      case Rule::threshold:
        return share_below(policy_.threshold, own_ + trend_ + more);
    }
    return 0;
  }

  /// Whether a run refuses the pressure: of an additive hazard each contribution, else their sum.
  [[nodiscard]] bool stops(double eta, double more) const {
    if (spec_.rule == Rule::additive) return more < 0;
    if (spec_.rule == Rule::linear) return eta + more < 0;
    return is_bounded() && std::fabs(eta + more) > predictor_bound;
  }

  /// Rules that take a predictor from -80 to 80.
  [[nodiscard]] bool is_bounded() const { return spec_.rule == Rule::logit || spec_.rule == Rule::cloglog; }

  /// The same where the exogenous part changes (rule additive multiplies there).
  [[nodiscard]] double chance_of_own(double more) const {
    if (spec_.rule != Rule::additive) return chance(more);
    return -flat::expm1(-flat::exp(baseline_ + own_ + trend_ + more));
  }

  [[nodiscard]] Lever attribute(AttributeEffect const& effect) const {
    Lever lever{effect.attribute.name, "", {}};
    double const typical = effect_of_typical(effect);
    if (auto const* slope = std::get_if<double>(&effect.effect)) {
      auto const* column = world_.cities.number(effect.attribute.name);
      if (column == nullptr) return lever;
      double const sd = sd_of(*column);
      lever.chances.push_back({fmt::format("the median, {:.4g}", median_of(*column)), chance_of_own(0)});
      lever.chances.push_back({fmt::format("one sd ({:.4g}) up", sd), chance_of_own(*slope * sd)});
      return lever;
    }
    auto const* column = world_.cities.text(effect.attribute.name);
    auto const& by_value = std::get<std::map<std::string, double>>(effect.effect);
    for (auto const& [value, beta] : by_value) lever.chances.push_back({value, chance_of_own(beta - typical)});
    bool const others = column != nullptr && std::ranges::any_of(column->labels, [&](std::string const& label) {
                          return !by_value.contains(label);
                        });
    if (others) lever.chances.push_back({"any other", chance_of_own(-typical)});
    return lever;
  }

  [[nodiscard]] Lever trend() const {
    Lever lever{"trend", "", {}};
    for (std::int32_t const step : {step_, model_.clock.steps()})
      lever.chances.push_back({fmt::format("{} {}", model_.clock.unit, model_.clock.start + step - 1),
                               chance_of_own(trend_at(step) - trend_)});
    return lever;
  }

  [[nodiscard]] Lever log_time() const {
    Lever lever{"trend", "", {}};
    for (int const since : {1, 2, 10})
      lever.chances.push_back(
          {fmt::format("{} {}{} after the first adoption", since, model_.clock.unit, since == 1 ? "" : "s"),
           chance_of_own(log_time_ * flat::log(double(since)))});
    return lever;
  }

  [[nodiscard]] Levels levels(std::size_t k) const {
    return levels_of(spec_.mechanisms[k], *terms_[k], spec_, world_, model_);
  }

  /// Of the typical city.
  [[nodiscard]] double strength(std::size_t k) const {
    double theta = spec_.mechanisms[k].strength;
    for (auto const& [attribute, delta] : spec_.mechanisms[k].strength_by)
      if (auto const* column = world_.cities.number(attribute.name)) theta += delta * median_of(*column);
    return theta;
  }

  [[nodiscard]] Lever mechanism(std::size_t k) const {
    MechanismSpec const& spec = spec_.mechanisms[k];
    if (spec_.rule == Rule::cascade) return attempts(k);
    Lever lever{spec.name, spec.kind, {}};
    Levels const all = levels(k);
    double const theta = strength(k);
    for (Level const& level : all.levels) lever.chances.push_back({level.when, chance(theta * level.m)});
    if (spec_.rule == Rule::threshold && all.scale == Scale::share) add_needed(all, theta, lever);
    for (auto const& [attribute, delta] : spec.strength_by) {
      auto const* column = world_.cities.number(attribute.name);
      if (column == nullptr || all.levels.empty()) continue;
      Level const& top = all.levels.back();
      lever.chances.push_back({fmt::format("{}, {} one sd up", top.when, attribute.name),
                               chance((theta + delta * sd_of(*column)) * top.m)});
    }
    return lever;
  }

  /// The share at which a quarter, half and three quarters of the cities have their thresholds reached.
  void add_needed(Levels const& all, double theta, Lever& lever) const {
    ShapeFunction const f(all.shape);
    for (double const quarter : {0.25, 0.5, 0.75}) {
      if (chance(theta * f(0)) >= quarter || chance(theta * f(1)) < quarter) continue;
      double low = 0, high = 1;
      for (int step = 0; step < 50; ++step) {
        double const share = (low + high) / 2;
        (chance(theta * f(share)) >= quarter ? high : low) = share;
      }
      lever.chances.push_back(
          {fmt::format("{:.3g} % of them, as {:.0f} % of the cities need", 100 * high, 100 * quarter),
           chance(theta * f(high))});
    }
    std::ranges::stable_sort(lever.chances, {}, &ChanceAt::chance);
  }

  /// Rule cascade: chances of sources that adopted in the step before, at a tie of the middle weight.
  [[nodiscard]] Lever attempts(std::size_t k) const {
    MechanismSpec const& spec = spec_.mechanisms[k];
    Lever lever{spec.name, spec.kind, {}};
    double const p = std::min(1.0, spec.strength * middle_weight(spec));
    lever.chances.push_back({"one new adopter observed", p});
    lever.chances.push_back({"two", 1 - (1 - p) * (1 - p)});
    double none_of_five = 1;
    for (int n = 0; n < 5; ++n) none_of_five *= 1 - p;
    lever.chances.push_back({"five", 1 - none_of_five});
    return lever;
  }

  [[nodiscard]] NetworkLayer const* layer_of(MechanismSpec const& spec) const {
    if (!spec.parameters.has("network")) return nullptr;
    return world_.network(spec.parameters.reference("network").name);
  }

  [[nodiscard]] double middle_weight(MechanismSpec const& spec) const {
    NetworkLayer const* const layer = layer_of(spec);
    if (layer == nullptr || !layer->weighted()) return 1;
    std::vector<double> weights;
    for (std::uint32_t e = 0; e < layer->ties(); ++e) weights.push_back(layer->weight[e] * layer->unit);
    return median_of(std::move(weights));
  }

  [[nodiscard]] Ends ends_by(std::vector<double> const& start, double all, std::vector<AttributeStep> const& later,
                             std::int32_t last) const {
    return ends_of(start, all, later, world_.cities.size(), step_, last);
  }
  [[nodiscard]] Ends ends_of_trend(std::int32_t last) const {
    if (policy_.trend.empty()) return {0, 0};
    Ends ends{trend_, trend_};
    for (std::int32_t step = step_; step <= last; ++step)
      ends = {std::min(ends.first, trend_at(step)), std::max(ends.second, trend_at(step))};
    return ends;
  }

  /// The least and the most that a mechanism adds anywhere, campaigns included.
  [[nodiscard]] Ends ends(std::size_t k, std::int32_t last) const {
    auto const [low, high] = ends_by(terms_[k]->strengths, terms_[k]->strength, terms_[k]->strengths_later, last);
    double least = 0, most = 0;
    for (Level const& level : levels(k).levels) {
      for (double const theta : {low, high}) {
        least = std::min(least, theta * level.m);
        most = std::max(most, theta * level.m);
      }
    }
    return {least, most};
  }

  void warn_of_certainty(std::size_t k, std::vector<Complaint>& warnings) const {
    MechanismSpec const& spec = spec_.mechanisms[k];
    if (spec_.rule == Rule::threshold || spec_.rule == Rule::cascade || chance(0) >= certain) return;
    double const theta = strength(k);
    Levels const all = levels(k);
    auto const sure =
        std::ranges::find_if(all.levels, [&](Level const& level) { return chance(theta * level.m) >= certain; });
    if (sure == all.levels.end()) return;
    add({fmt::format("mechanism '{}' of policy '{}' alone makes adoption certain ({} a {}: {})", spec.name, spec_.name,
                     chance_words(chance(theta * sure->m)), model_.clock.unit, sure->when),
         spec.where, fmt::format("is its strength of {} meant?", spec.strength)},
        warnings);
  }

  void warn_of_negative(std::size_t k, double least, std::vector<Complaint>& warnings) const {
    MechanismSpec const& spec = spec_.mechanisms[k];
    add({fmt::format("what mechanism '{}' adds to the hazard of policy '{}' can fall to {:.3g}", spec.name, spec_.name,
                     least),
         spec.where, "a run stops below 0: look at strengths, attributes and units"},
        warnings);
  }

  /// Phases may give cause for the same.
  static void add(Complaint warning, std::vector<Complaint>& warnings) {
    bool const told = std::ranges::any_of(warnings, [&](Complaint const& each) {
      return each.problem == warning.problem && each.where == warning.where;
    });
    if (!told) warnings.push_back(std::move(warning));
  }

  PolicySpec const& spec_;
  PolicyModel const& policy_;
  World const& world_;
  Model const& model_;
  std::int32_t step_;  // of the first decision in the phase
  double baseline_, log_time_, trend_;
  std::vector<CompiledTerm const*> terms_;  // by mechanism
  double own_ = 0;                          // Σ β x of the typical city
};

PolicyChances chances_of_policy(PolicySpec const& spec, Scenario const& scenario, PolicyModel const& policy,
                                World const& world, Model const& model, std::vector<Complaint>& warnings) {
  PolicySpec pressing = spec;
  std::erase_if(pressing.mechanisms, is_law);
  std::vector<Phase> const phases = phases_of(pressing, scenario);
  auto terms = terms_by_phase(phases, scenario, policy);
  PolicyChances told{policy.name, policy.rule, {}, {}};
  for (std::size_t k = 0; k < phases.size(); ++k) {
    bool const is_last = k + 1 == phases.size();
    std::int32_t const last = is_last ? model.clock.steps() : phases[k + 1].step - 1;
    if (last < policy.first_decision && !is_last) continue;
    Typical const typical(phases[k], std::move(terms[k]), policy, world, model);
    typical.warn(last, warnings);
    std::vector<Lever> levers = typical.tell();
    bool const again = levers == told.levers ||
                       std::ranges::any_of(told.later, [&](LaterChances const& each) { return each.levers == levers; });
    if (told.levers.empty())
      told.levers = std::move(levers);
    else if (!again)
      told.later.push_back({model.clock.start + phases[k].step - 1, std::move(levers)});
  }
  return told;
}

}  // namespace

Chances chances_of(Scenario const& scenario, World const& world, Model const& model) {
  Chances chances;
  for (std::size_t p = 0; p < scenario.policies.size(); ++p)
    chances.policies.push_back(
        chances_of_policy(scenario.policies[p], scenario, model.policies[p], world, model, chances.warnings));
  return chances;
}

}  // namespace hansa
