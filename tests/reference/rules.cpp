/// The rules as they stand in the literature.
#include "reference/rules.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/flat_math.hpp"
#include "base/random.hpp"
#include "reference/formulas.hpp"

namespace hansa::reference {

namespace {

constexpr double cap = 64;

bool is_mechanism(std::string const& name) {
  return name != "attributes" && name != "trend" && name != "frailty";
}

/// h(η) of the rules in which everything presses alike; capped, so that p >= 1 has a hazard.
double plain_hazard(Rule rule, double eta) {
  if (rule == Rule::logit) return flat::softplus(eta);
  if (rule == Rule::cloglog) return flat::exp(eta);
  return eta < 1 ? -flat::log1p(-eta) : cap;
}

double plain_slope(Rule rule, double eta) {
  if (rule == Rule::logit) return 1.0 / (1.0 + flat::exp(-eta));
  if (rule == Rule::cloglog) return flat::exp(eta);
  return eta < 1 ? 1.0 / (1.0 - eta) : 0.0;
}

/// P(R > x) of the law of thresholds.
double above(ThresholdLaw const& law, double x) {
  if (law.form == ThresholdLaw::Form::uniform) return std::clamp((law.b - x) / (law.b - law.a), 0.0, 1.0);
  return flat::normal_tail((x - law.a) / law.b);
}

}  // namespace

double Draws::uniform(Index city) const {
  std::uint64_t const key =
      make_key(scenario_.seed, static_cast<std::uint64_t>(replicate_), Purpose::threshold, hash_id(policy_.name));
  return draw_uniform(key, hash_id(world_.cities.id[city]), 0);
}

double Draws::resistance(Index city, int episode) const {
  return exponential(Purpose::resistance, city, episode);
}

double Draws::staying(Index city, int episode) const {
  return exponential(Purpose::staying, city, episode);
}

bool Draws::adapts(PolicySpec const& now, Index city, int episode) const {
  if (!now.reinvention) return false;
  std::uint64_t const key =
      make_key(scenario_.seed, static_cast<std::uint64_t>(replicate_), Purpose::reinvention, hash_id(policy_.name));
  double const u = draw_uniform(key, hash_id(world_.cities.id[city]), static_cast<std::uint32_t>(episode));
  return u < now.reinvention->probability;
}

double Draws::exponential(Purpose purpose, Index city, int episode) const {
  std::uint64_t const key =
      make_key(scenario_.seed, static_cast<std::uint64_t>(replicate_), purpose, hash_id(policy_.name));
  double const u = draw_uniform(key, hash_id(world_.cities.id[city]), static_cast<std::uint32_t>(episode));
  return std::max(on_grid(-flat::log1p(-u)), 0x1p-44);
}

double Draws::threshold(Facts const& facts, Index city) const {
  ThresholdLaw const& law = policy_.threshold;
  if (law.form == ThresholdLaw::Form::given) return law.a;
  if (law.form == ThresholdLaw::Form::attribute) return facts.number(law.attribute.name, city);
  double const u = uniform(city);
  if (law.form == ThresholdLaw::Form::uniform) return law.a + (law.b - law.a) * u;
  return law.a + law.b * flat::inverse_normal(std::max(u, 0x1p-54));
}

double Draws::threshold_above(double bound, Index city) const {
  ThresholdLaw const& law = policy_.threshold;
  double const u = std::max(uniform(city), 0x1p-54);
  double const left = above(law, bound) * (1 - u);
  if (left <= std::numeric_limits<double>::min()) throw Refused("no threshold lies above the initial pressure");
  if (law.form == ThresholdLaw::Form::uniform) return law.b - (law.b - law.a) * left;
  return law.a - law.b * flat::inverse_normal(left);
}

double Draws::normal(Purpose purpose, std::uint64_t subject, std::uint64_t who, std::int32_t step) const {
  std::uint64_t const key = make_key(scenario_.seed, static_cast<std::uint64_t>(replicate_), purpose, subject);
  return flat::inverse_normal(std::max(draw_uniform(key, who, static_cast<std::uint32_t>(step)), 0x1p-54));
}

double Draws::lasting_frailty(FrailtySpec const& sds, Index city) const {
  std::uint64_t const who = hash_id(world_.cities.id[city]), policy = hash_id(policy_.name);
  double sum = 0;
  if (sds.city > 0) sum += sds.city * normal(Purpose::frailty_city, 0, who, 0);
  if (sds.city_policy > 0) sum += sds.city_policy * normal(Purpose::frailty_city_policy, policy, who, 0);
  if (sds.country > 0) {
    TextColumn const* country = world_.cities.text("country");
    std::int32_t const code = country->code[city];
    if (code >= 0) {
      std::uint64_t const name = hash_id(country->labels[static_cast<std::size_t>(code)]);
      sum += sds.country * normal(Purpose::frailty_country, policy, name, 0);
    }
  }
  return sum;
}

double Draws::period_frailty(FrailtySpec const& sds, std::int32_t t) const {
  double const sd = sds.period;
  if (!(sd > 0)) return 0;
  return sd * normal(Purpose::frailty_period, hash_id(policy_.name), 0, t - scenario_.clock.start + 1);
}

double hazard_of(Rule rule, Felt const& felt) {
  if (rule == Rule::additive) {
    double h = felt.baseline ? flat::exp(*felt.baseline + felt.own + felt.common) : 0.0;
    for (double const part : felt.theta_m) {
      if (part < 0) throw Refused("a negative contribution to a hazard");
      h += part;
    }
    return on_grid(std::min(std::min(h + felt.push, cap) + felt.mandated, cap));
  }
  double eta = felt.baseline.value() + felt.own + felt.push + felt.common;
  for (double const part : felt.theta_m) eta += part;
  // Sums that are 0 but for rounding are taken for 0.
  if (rule == Rule::linear && eta < -1e-6) throw Refused("a probability below 0");
  if (rule == Rule::linear) eta = std::max(eta, 0.0);
  if (rule != Rule::linear && std::fabs(eta) > 80) throw Refused("|eta| > 80");
  return on_grid(std::min(std::min(plain_hazard(rule, eta), cap) + felt.mandated, cap));
}

double hazard_of_leaving(AbandonmentSpec const& abandonment, double belief) {
  if (!abandonment.by_odds) return on_grid(abandonment.hazard);
  return on_grid(std::min(flat::softplus(abandonment.base - abandonment.own_belief * belief), 64.0));
}

double attempt(double strength, double weight) {
  double const p = strength * weight;
  return p < 1 ? on_grid(-flat::log1p(-p)) : cap;
}

std::map<std::string, double> attribute(Rule rule, std::optional<double> baseline, Parts const& parts,
                                        Parts const& mandates) {
  std::map<std::string, double> shares;
  double uncapped = 0;
  for (auto const& [name, part] : mandates) uncapped += part;
  double const mandated = std::min(uncapped, 64.0);
  double own = 0, mechanisms = 0, size = 0;
  for (auto const& [name, part] : parts) {
    (is_mechanism(name) ? mechanisms : own) += part;
    size += std::fabs(part);
  }
  double const total = own + mechanisms;
  if (rule == Rule::threshold || rule == Rule::cascade) {
    if (std::fabs(total) <= 1e-9 * size) return {{"baseline", 1.0}};  // parts that cancel but for rounding
    for (auto const& [name, part] : parts) shares[name] += part / total;
    return shares;
  }
  bool const additive = rule == Rule::additive;
  Rule const inner = additive ? Rule::cloglog : rule;  // e^(baseline + own parts) is shared like a cloglog hazard
  double const sum = additive ? own : total;
  double const h0 = baseline ? plain_hazard(inner, *baseline) : 0.0;
  double const exogenous = baseline ? plain_hazard(inner, *baseline + sum) : 0.0;
  double const h = (additive ? exogenous + mechanisms : exogenous) + mandated;
  bool const can_be_none = rule == Rule::additive || rule == Rule::linear;
  if (can_be_none && h < 0x1p-45)
    return {{"baseline", 1.0}};  // who has waited, or keeps a pledge, adopts though nothing presses
  double const middle = baseline ? plain_slope(inner, *baseline + sum / 2) : 0.0;
  double const rate = std::fabs(sum) < 1e-5 ? middle : (exogenous - h0) / sum;  // the limit, to 1e-11
  shares["baseline"] = h0 / h;
  for (auto const& [name, part] : mandates)
    if (uncapped > 0) shares[name] += part / uncapped * mandated / h;
  for (auto const& [name, part] : parts) shares[name] += part * (additive && is_mechanism(name) ? 1.0 : rate) / h;
  return shares;
}

}  // namespace hansa::reference
