/// Choices of the section `fit` that do not go together, or not with the scenario.
#include "inference/fit_choices.hpp"

#include <algorithm>

namespace hansa {

namespace {

/// The policies that are fitted.
std::vector<PolicySpec const*> fitted_policies(Scenario const& scenario, FitSpec const& spec) {
  std::vector<PolicySpec const*> fitted;
  for (PolicySpec const& policy : scenario.policies) {
    bool const asked = std::any_of(spec.policies.begin(), spec.policies.end(),
                                   [&](Reference const& each) { return each.name == policy.name; });
    if (spec.policies.empty() || asked) fitted.push_back(&policy);
  }
  return fitted;
}

bool has_city_intercept(PolicySpec const& policy) {
  return policy.frailty.city > 0 || policy.frailty.city_policy > 0;
}

}  // namespace

void check_policy_effects(Scenario const& scenario, FitSpec const& spec, Complaints& complaints) {
  if (spec.policy_effects != PolicyEffects::random) return;
  for (PolicySpec const* policy : fitted_policies(scenario, spec)) {
    if (has_city_intercept(*policy))
      complaints.add("random effects of policies and the frailty of cities of '" + policy->name + "' are crossed",
                     policy->frailty.where,
                     "their likelihood is no product of integrals over one of them: leave frailty out, or use "
                     "policy_effects: fixed");
    if (policy->rule == Rule::additive && !policy->baseline)
      complaints.add("'" + policy->name + "' has no baseline that a random effect could shift", policy->where,
                     "give it one, or use policy_effects: fixed");
  }
  if (spec.penalty == Penalty::firth)
    complaints.add("Firth's penalty and random effects of policies are not combined", spec.where,
                   "its derivation knows no integrated likelihood: leave penalty out, or use policy_effects: fixed");
  if (!spec.profile.empty())
    complaints.add("shape parameters and random effects of policies are not estimated together",
                   spec.profile.front().where, "leave profile out, or use policy_effects: fixed");
}

void check_imputations(Scenario const& scenario, FitSpec const& spec, Complaints& complaints) {
  if (spec.imputations == 0) return;
  auto const refuse = [&](char const* problem, char const* mend) { complaints.add(problem, spec.where, mend); };
  if (spec.intervals == Intervals::profile)
    refuse("intervals from profiles of the likelihood are not combined over imputations",
           "each data set has a likelihood of its own, and Rubin's rules combine estimates and errors: intervals: wald "
           "was expected, or no imputations");
  if (spec.policy_effects == PolicyEffects::random)
    refuse("random effects of policies are not combined over imputations",
           "a standard deviation is 0 in some data sets and not in others, where Rubin's rules take estimates for "
           "normal: use policy_effects: fixed, or no imputations");
  for (PolicySpec const* policy : fitted_policies(scenario, spec)) {
    if (has_city_intercept(*policy))
      complaints.add("a city intercept is not combined over imputations", policy->frailty.where,
                     "its standard deviation is 0 in some data sets and not in others, where Rubin's rules take "
                     "estimates for normal: leave frailty out, or use no imputations");
  }
  if (!spec.profile.empty())
    refuse("shape parameters are not estimated over imputations", "leave profile out, or use no imputations");
  if (spec.cross_validation)
    refuse("fits are not cross-validated over imputations", "leave cross_validation out, or use no imputations");
}

}  // namespace hansa
