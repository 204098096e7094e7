/// Beliefs, look by look.
#include "reference/learning.hpp"

#include <algorithm>
#include <cmath>

#include "base/flat_math.hpp"

namespace hansa::reference {

Learner::Learner(Scenario const& scenario, World const& world, Facts const& facts, PolicySpec const& policy,
                 MechanismSpec const& mechanism, std::int64_t replicate)
    : scenario_(scenario),
      world_(world),
      facts_(facts),
      policy_(policy),
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

double Learner::performance(Index city, int episode, std::int32_t t) const {
  MeritSpec const& merit = policy_.merit;
  if (merit.performance) return facts_.number(merit.performance->name, city, t);
  double q = merit.mean;
  for (auto const& [attribute, gamma] : merit.attributes) q += gamma * facts_.number(attribute.name, city, t);
  return merit.spread == 0 ? q : q + merit.spread * normal(Purpose::merit, city, episode);
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

double Learner::worth(double mean, double precision) const {
  return mean - given_.number("risk_aversion") / std::sqrt(precision);
}

double Learner::news(Index city) const {
  return worth(mean_[city], precision_[city]) - worth(start_mean_[city], start_precision_[city]);
}

void Learner::look(Standing const& standing, std::int32_t t) {
  std::string const& name = given_.reference("network").name;
  double const kappa = 1 / std::pow(given_.number("observation_sd"), 2);
  double const fit = std::pow(policy_.merit.spread, 2);
  for (Index source = 0; source < facts_.cities(); ++source) {
    if (!standing.adopted[source]) continue;
    int const episode = standing.adoptions[source] - 1;
    performance_.try_emplace({source, episode}, performance(source, episode, t));
  }
  for (Index city = 0; city < facts_.cities(); ++city) {
    double u = 0, v_q = 0, error = 0;
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
