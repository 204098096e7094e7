/// Kinds that are observable under conditions.
#include "mechanisms/observable.hpp"

namespace hansa {

namespace {

bool is_learning_observable(PolicySpec const& policy, Parameters const& parameters) {
  bool const drawn_prior = parameters.has("prior.spread") && parameters.number("prior.spread") != 0;
  return policy.merit.performance && parameters.text("noise") == "none" && !drawn_prior;
}

}  // namespace

bool is_observable(Schema const& kind, MechanismSpec const& mechanism, PolicySpec const& policy) {
  if (kind.observable) return true;
  return kind.name == "learning" && is_learning_observable(policy, mechanism.parameters);
}

std::string_view observable_if(Schema const& kind) noexcept {
  if (kind.observable || kind.name != "learning") return {};
  return "performance is given as data (merit: {performance: …}), noise is none, and the spread of priors is 0";
}

}  // namespace hansa
