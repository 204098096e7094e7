/// Beliefs, look by look.
#include "reference/learning.hpp"

#include <algorithm>
#include <cmath>

#include "base/flat_math.hpp"
#include "reference/rules.hpp"

namespace hansa::reference {

Learner::Learner(Scenario const& scenario, World const& world, Facts const& facts, PolicySpec const& policy,
                 MechanismSpec const& mechanism, std::int64_t replicate)
    : scenario_(scenario),
      world_(world),
      facts_(facts),
      policy_(policy),
      name_(mechanism.name),
      given_(mechanism.parameters),
      replicate_(replicate) {
  for (Index city = 0; city < facts.cities(); ++city) {
    double const spread = given_.number("prior.spread");
    double const apart = spread == 0 ? 0 : spread * normal(Purpose::prior, city, 0);
    start_mean_.push_back(own("prior.mean", city) + apart);
    start_precision_.push_back(own("prior.precision", city));
  }
  mean_ = start_mean_;
  precision_ = start_precision_;
}

double Learner::normal(Purpose purpose, Index city, std::int32_t counter) const {
  std::uint64_t const key =
      make_key(scenario_.seed, static_cast<std::uint64_t>(replicate_), purpose, hash_id(policy_.name));
  double const u = draw_uniform(key, hash_id(world_.cities.id[city]), static_cast<std::uint32_t>(counter));
  return flat::inverse_normal(std::max(u, 0x1p-54));
}

double Learner::own(std::string const& parameter, Index city) const {
  auto const& value = std::get<NumberOrAttribute>(given_.value(parameter));
  if (double const* number = std::get_if<double>(&value)) return *number;
  return facts_.number(std::get<Reference>(value).name, city);
}

double Learner::performance(PolicySpec const& now, Index city, int episode, std::int32_t t) const {
  MeritSpec const& merit = now.merit;
  double const gain =
      Draws(scenario_, policy_, world_, replicate_).adapts(now, city, episode) ? now.reinvention->gain : 0;
  if (merit.performance) return facts_.number(merit.performance->name, city, t) + gain;
  double q = merit.mean;
  for (auto const& [attribute, gamma] : merit.attributes) q += gamma * facts_.number(attribute.name, city, t);
  if (merit.spread != 0) q += merit.spread * normal(Purpose::merit, city, episode);
  return q + gain;
}

double Learner::distance(Index a, Index b) const {
  double sum = 0;
  for (Reference const& attribute : given_.references("transferability.on")) {
    double const n = facts_.cities();
    double mean = 0, squares = 0;
    for (Index city = 0; city < facts_.cities(); ++city) mean += facts_.number(attribute.name, city) / n;
    for (Index city = 0; city < facts_.cities(); ++city) {
      squares += std::pow(facts_.number(attribute.name, city) - mean, 2) / (n - 1);
    }
    sum += std::pow(facts_.number(attribute.name, a) - facts_.number(attribute.name, b), 2) / squares;
  }
  return sum;
}

Parameters const& Learner::given(PolicySpec const& now) const {
  return std::find_if(now.mechanisms.begin(), now.mechanisms.end(),
                      [&](auto const& each) { return each.name == name_; })
      ->parameters;
}

double Learner::news(PolicySpec const& now, Index city) const {
  auto const worth = [&](double mean, double precision) {
    return mean - given(now).number("risk_aversion") / std::sqrt(precision);
  };
  return worth(mean_[city], precision_[city]) - worth(start_mean_[city], start_precision_[city]);
}

void Learner::learn(PolicySpec const& now, Standing const& standing, std::vector<DatedFact> const& events,
                    std::int32_t t) {
  given_ = given(now);
  std::set<Index> left;
  for (DatedFact const& fact : events)
    if (fact.sign < 0) left.insert(fact.city);
  perform(now, standing, t);
  if (given_.text("model") == "degroot") return average(standing, t);
  look(standing, left, t);
  double const precision = given_.number("own_precision");
  if (precision == 0) return;
  for (Index city = 0; city < facts_.cities(); ++city) {
    if (!standing.adopted[city]) continue;
    double error = 0;
    if (given_.text("noise") == "normal") {
      std::uint32_t const counter = (1u << 31) + static_cast<std::uint32_t>(t - scenario_.clock.start + 1);
      error = normal(Purpose::look, city, static_cast<std::int32_t>(counter)) / std::sqrt(precision);
    }
    seen_[city].emplace_back(performance_.at({city, standing.adoptions[city] - 1}) + error, precision);
  }
}

/// What the policy does in those who have adopted it is settled.
void Learner::perform(PolicySpec const& now, Standing const& standing, std::int32_t t) {
  for (Index source = 0; source < facts_.cities(); ++source) {
    if (!standing.adopted[source]) continue;
    int const episode = standing.adoptions[source] - 1;
    performance_.try_emplace({source, episode}, performance(now, source, episode, t));
  }
}

/// DeGroot (1974).
void Learner::average(Standing const& standing, std::int32_t t) {
  std::string const& name = given_.reference("network").name;
  std::vector<double> const before = mean_;
  for (Index city = 0; city < facts_.cities(); ++city) {
    double told = 0, weight = 0;
    for (TieFact const& tie : facts_.ties(name, city, t)) {
      auto const units = static_cast<double>(tie.units);
      bool const adopted = standing.adopted[tie.source];
      told +=
          units * (adopted ? performance_.at({tie.source, standing.adoptions[tie.source] - 1}) : before[tie.source]);
      weight += units;
    }
    if (weight == 0) continue;
    double const openness = own("openness", city);
    mean_[city] = (1 - openness) * before[city] + openness * (told / weight);
  }
}

double Learner::own_belief(Index city) const {
  auto const seen = seen_.find(city);
  if (seen == seen_.end()) return mean_[city];
  // The prior and each observation are estimates of q_i, weighed by their precisions.
  double const variance = 1 / precision_[city] + std::pow(policy_.merit.spread, 2);
  double sum = mean_[city] / variance, weight = 1 / variance;
  for (auto const& [y, precision] : seen->second) {
    sum += precision * y;
    weight += precision;
  }
  return sum / weight;
}

double Learner::worth_of_own(Index city) const {
  double all = 0;
  for (auto const& [y, precision] : seen_.at(city)) all += precision;
  return 1 / (std::pow(policy_.merit.spread, 2) + 1 / all);
}

void Learner::look(Standing const& standing, std::set<Index> const& left, std::int32_t t) {
  std::string const& name = given_.reference("network").name;
  double const kappa = 1 / std::pow(given_.number("observation_sd"), 2);
  double const fit = std::pow(policy_.merit.spread, 2);
  for (Index city = 0; city < facts_.cities(); ++city) {
    double u = 0, v_q = 0, error = 0;
    if (left.count(city) > 0 && seen_.count(city) > 0) {
      u = worth_of_own(city);
      double all = 0;
      for (auto const& [y, precision] : seen_[city]) all += precision;
      for (auto const& [y, precision] : seen_[city]) v_q += u * y * precision / all;
      seen_.erase(city);
    }
    for (TieFact const& tie : facts_.ties(name, city, t)) {
      if (!standing.adopted[tie.source]) continue;
      int const episode = standing.adoptions[tie.source] - 1;
      if (!looks_.emplace(city, tie.source, episode).second) continue;
      double const k = kappa * weight_of(tie, facts_.network(name)) * tie.strength;
      double unlike = 0;
      if (given_.has("transferability.on")) {
        unlike = std::pow(given_.number("transferability.sd"), 2) * distance(city, tie.source);
      }
      double const v = 1 / (1 / k + fit + unlike);
      u += v;
      v_q += v * performance_.at({tie.source, episode});
      error += v * v / k;
    }
    if (u == 0) continue;
    double noise = 0;
    if (given_.text("noise") == "normal") {
      noise = std::sqrt(error) * normal(Purpose::look, city, t - scenario_.clock.start + 1);
    }
    mean_[city] = (precision_[city] * mean_[city] + v_q + noise) / (precision_[city] + u);
    precision_[city] += u;
  }
}

}  // namespace hansa::reference
