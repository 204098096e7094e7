/// Kinds that are observable under conditions.
#include "mechanisms/observable.hpp"

namespace hansa {

namespace {

bool is_learning_observable(PolicySpec const& policy, Parameters const& parameters) {
  bool const drawn_prior = parameters.has("prior.spread") && parameters.number("prior.spread") != 0;
  bool const drawn_gain = policy.reinvention && policy.reinvention->gain != 0 && policy.reinvention->probability > 0 &&
                          policy.reinvention->probability < 1;
  bool const averages = parameters.has("model") && parameters.text("model") == "degroot";
  bool const seen_as_it_is = averages || parameters.text("noise") == "none";
  return policy.merit.performance && seen_as_it_is && !drawn_prior && !drawn_gain;
}

/// A law that a hazard brings about depends on what governments would have stood, which nobody sees.
bool is_law_observable(Parameters const& parameters) {
  return !parameters.has("enact.hazard.base");
}

}  // namespace

bool is_observable(Schema const& kind, MechanismSpec const& mechanism, PolicySpec const& policy) {
  if (kind.observable) return true;
  if (kind.name == "national") return is_law_observable(mechanism.parameters);
  return kind.name == "learning" && is_learning_observable(policy, mechanism.parameters);
}

std::string_view observable_if(Schema const& kind) noexcept {
  if (kind.name == "national") return "laws are enacted at a share of adopting cities, or dated by a file";
  if (kind.observable || kind.name != "learning") return {};
  return "performance is given as data (merit: {performance: …}), noise is none or the model degroot, the spread of "
         "priors is 0, and no gain of a reinvention is drawn";
}

}  // namespace hansa
