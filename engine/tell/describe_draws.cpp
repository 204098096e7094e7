/// What a run draws, in each replicate and once.
#include <algorithm>

#include <fmt/format.h>

#include "tell/describe_parts.hpp"
#include "tell/set_words.hpp"

namespace hansa {

namespace {

/// Names of those of some named things that a test is true of.
template <class Things, class Test>
std::vector<std::string> names_where(Things const& things, Test test) {
  std::vector<std::string> names;
  for (auto const& each : things)
    if (test(each)) names.push_back(each.name);
  return names;
}

bool draws_resistance(PolicySpec const& policy) {
  return policy.rule != Rule::threshold;
}

bool draws_threshold(PolicySpec const& policy) {
  ThresholdLaw::Form const form = policy.threshold.form;
  return policy.rule == Rule::threshold && (form == ThresholdLaw::Form::uniform || form == ThresholdLaw::Form::normal);
}

template <class Test>
bool any_learning(PolicySpec const& policy, Test test) {
  return std::ranges::any_of(
      policy.mechanisms, [&](MechanismSpec const& each) { return each.kind == "learning" && test(each.parameters); });
}

bool draws_staying(PolicySpec const& policy) {
  return policy.abandonment && (policy.abandonment->hazard > 0 || policy.abandonment->own_belief != 0);
}

bool draws_reinvention(PolicySpec const& policy) {
  return policy.reinvention && policy.reinvention->probability > 0 && policy.reinvention->probability < 1;
}

bool averages(Parameters const& read) {
  return read.text("model") == "degroot";
}

bool draws_experience(PolicySpec const& policy) {
  return any_learning(
      policy, [](Parameters const& read) { return read.number("own_precision") > 0 && read.text("noise") != "none"; });
}

bool draws_performance(PolicySpec const& policy) {
  return !policy.merit.performance && policy.merit.spread > 0 &&
         any_learning(policy, [](Parameters const&) { return true; });
}

bool draws_noise(PolicySpec const& policy) {
  return any_learning(policy, [](Parameters const& read) { return read.text("noise") != "none" && !averages(read); });
}

bool draws_priors(PolicySpec const& policy) {
  return any_learning(
      policy, [](Parameters const& read) { return read.has("prior.spread") && read.number("prior.spread") > 0; });
}

bool draws_enactment(PolicySpec const& policy) {
  return std::ranges::any_of(policy.mechanisms, [](MechanismSpec const& each) {
    return each.kind == "national" && each.parameters.has("enact.hazard.base");
  });
}

std::vector<std::string> frailties(Scenario const& scenario) {
  std::vector<std::string> of;
  auto const add = [&](double FrailtySpec::*sd, std::string_view words) {
    if (is_ever_frail(scenario, sd)) of.emplace_back(words);
  };
  add(&FrailtySpec::city, "cities");
  add(&FrailtySpec::city_policy, "cities under one policy");
  add(&FrailtySpec::country, "countries");
  add(&FrailtySpec::period, "steps");
  return of;
}

template <class Spec>
std::vector<std::string> collaborations_where(Scenario const& scenario,
                                              std::optional<Spec> CollaborationProperties::*has) {
  std::vector<std::string> names;
  for (CollaborationProperties const& each : scenario.collaborations.properties)
    if ((each.*has).has_value()) names.push_back(code(each.name));
  return names;
}

std::vector<std::string> drawn_in_replicates(Scenario const& scenario) {
  std::vector<std::string> drawn;
  auto const add = [&](std::string_view what, std::vector<std::string> const& of, std::string_view how) {
    if (!of.empty()) drawn.push_back(fmt::format("{} {}{}", what, listed(of), how));
  };
  auto const policies = [&](bool (*test)(PolicySpec const&)) { return names_where(scenario.policies, test); };
  add("resistances to", policies(draws_resistance), " (one per city and episode; section 7)");
  add("thresholds of", policies(draws_threshold), " (one per city, kept in every episode; section 7)");
  add("staying powers under", policies(draws_staying), " (one per adoption)");
  add("resistances of national governments to laws on", policies(draws_enactment), " (one per country and policy)");
  add("resistances to joining", collaborations_where(scenario, &CollaborationProperties::recruit),
      " (one per city and time outside)");
  add("resistances to pledging in", collaborations_where(scenario, &CollaborationProperties::pledge),
      " (one per city and pledge)");
  add("frailties of", frailties(scenario), "");
  add("performances of", policies(draws_performance), " (one per adoption)");
  add("noise in looks at", policies(draws_noise), " (one per city and step)");
  add("noise in what adopters see of their own", policies(draws_experience), " (one per adopter and step)");
  add("reinventions of", policies(draws_reinvention), " (one per adoption)");
  add("prior means of", policies(draws_priors), " (one per city)");
  add("the ties of",
      names_where(scenario.networks, [](NetworkSpec const& network) { return network.redraw == Redrawing::replicate; }),
      "");
  return drawn;
}

bool is_random(Selector const& who) {
  return who.form == Selector::Form::random || std::ranges::any_of(who.parts, is_random);
}

bool is_random(std::optional<Selector> const& who) {
  return who && is_random(*who);
}

std::vector<std::string> drawn_once(Scenario const& scenario) {
  std::vector<std::string> drawn;
  std::vector<std::string> const ties = names_where(scenario.networks, [](NetworkSpec const& network) {
    return is_generated(network) && network.redraw == Redrawing::scenario;
  });
  if (!ties.empty()) drawn.push_back("the ties of " + listed(ties));
  if (scenario.cities.coordinates != CitiesSpec::Coordinates::none) drawn.emplace_back("the places of cities");
  bool const chosen = std::ranges::any_of(scenario.policies,
                                          [](PolicySpec const& policy) {
                                            auto const* given = std::get_if<Selector>(&policy.adopters.source);
                                            return (given != nullptr && is_random(*given)) ||
                                                   is_random(policy.adopters.coverage) ||
                                                   is_random(policy.at_risk.cities);
                                          }) ||
                      std::ranges::any_of(scenario.collaborations.properties,
                                          [](CollaborationProperties const& each) { return is_random(each.members); });
  if (chosen) drawn.emplace_back("random selections of cities");
  return drawn;
}

}  // namespace

std::string stochasticity(Described const& what) {
  std::vector<std::string> const anew = drawn_in_replicates(what.scenario), once = drawn_once(what.scenario);
  std::string text = anew.empty() ? "Nothing is drawn in a replicate, so that all are the same. "
                                  : fmt::format("In each replicate are drawn: {}. ", listed(anew));
  if (!once.empty()) text += fmt::format("Drawn once, the same in all replicates: {}. ", listed(once));
  if (anew.empty() && once.empty())
    return text + "Nothing is random: no number of the generator (Salmon et al. 2011) is used.";
  return text +
         "Nothing else is random. Each draw is a function of the seed, the replicate and what it is for (Salmon et al. "
         "2011), so that scenarios with the same seed share the draws of every city and their differences are paired.";
}

}  // namespace hansa
