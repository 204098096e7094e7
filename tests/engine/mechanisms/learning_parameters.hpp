/// Parameters of learning on the three cities.
#pragma once

#include <string>
#include <utility>

#include "base/flat_math.hpp"
#include "three_cities.hpp"

namespace hansa::test {

/// The defaults of the schema on the network of the three cities, without noise.
inline Parameters learning() {
  Parameters p;
  p.set("network", Reference{"ties", {}}, {});
  p.set("model", "normal", {});
  p.set("observation_sd", 1.0, {});
  p.set("prior.mean", NumberOrAttribute(0.0), {});
  p.set("prior.precision", NumberOrAttribute(1.0), {});
  p.set("prior.spread", 0.0, {});
  p.set("transferability.on", {}, {});
  p.set("transferability.sd", {}, {});
  p.set("risk_aversion", 0.0, {});
  p.set("noise", "none", {});
  p.set("own_precision", 0.0, {});
  p.set("openness", NumberOrAttribute(1.0), {});
  return p;
}

inline Parameters with(std::string const& name, Value value, Parameters p = learning()) {
  p.set(name, std::move(value), {});
  return p;
}

/// What is drawn for a city, in replicate 0 of seed 0.
inline double z(Purpose purpose, std::uint64_t city, std::uint32_t step, std::string const& policy = "p") {
  return flat::inverse_normal(draw_uniform(make_key(0, 0, purpose, hash_id(policy)), city, step));
}

/// A policy p of merit 0.6.
struct LearningCities : ThreeCities {
  LearningCities() {
    policy().name = "p";
    policy().merit.mean = 0.6;
  }
};

/// What a city believes of the policy in its own hands.
inline double own_belief(Driven const& driven, Index city, Believed believed = Believed::now) {
  double belief = 0;
  driven.term().own_beliefs(driven.kept(), believed, std::span(&city, 1), &belief);
  return belief;
}

}  // namespace hansa::test
