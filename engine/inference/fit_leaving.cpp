/// From observed departures to the hazard of leaving.
#include "inference/fit_leaving.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/parallel.hpp"
#include "inference/leaving_rows.hpp"

namespace hansa {

namespace {

EventHistoryOptions leaving_options(FitQuestion const& question, PolicyId policy) {
  FitSpec const& spec = question.spec;
  EventHistoryOptions options;
  bool const odds = leaves_by_odds(*question.scenario->policies[policy.value].abandonment);
  options.link = odds ? FitLink::logit : FitLink::additive;
  options.information = spec.information;
  options.clusters = spec.clusters;
  options.intervals = spec.intervals;
  return options;
}

EventHistoryFit fit_rows_of_leaving(Design const& design, EventHistoryOptions const& options) {
  EventHistoryFit fit = fit_event_history(design, options);
  bool const stay = std::none_of(design.event.begin(), design.event.end(), [](auto event) { return event != 0; });
  if (design.rows() == 0) fit.failure = "no adopter could leave in any step; widen the years of the fit";
  if (design.rows() > 0 && stay)
    fit.failure = fmt::format(
        "in none of the {} steps in which an adopter could leave did one, so that the hazard may be 0: leave "
        "abandonment out, or give the column 'left' of the adopters",
        design.rows());
  return fit;
}

FitSubject leaving_subject(FitQuestion const& question, PolicyId policy, ObservedDesign const& observed) {
  FitSubject subject;
  Scenario const& scenario = *question.scenario;
  subject.name = scenario.policies[policy.value].name + ".abandonment";
  subject.policies = {scenario.policies[policy.value].name};
  subject.policy_numbers = {policy.value};
  subject.title = scenario.title;
  subject.cities = question.world->cities.id;
  subject.time_unit = scenario.clock.unit;
  subject.from = question.spec.from.value_or(scenario.clock.start);
  subject.until = question.spec.until.value_or(scenario.clock.end);
  subject.notes.emplace_back(
      "rows are steps of adopters, from the one after their adoption on; an event is that one leaves");
  for (std::size_t c = 0; c < observed.coefficients.size(); ++c)
    if (observed.coefficients[c].kind == CoefficientKind::slope) subject.effects.push_back(c);
  auto const note = [&](std::size_t count, std::string_view why) {
    if (count > 0)
      subject.notes.push_back(fmt::format("{} {}", count, count == 1 ? "departure is" : "departures are") +
                              fmt::format(" not scored: {}", why));
  };
  note(observed.counts.bound, "a mandate was in force, under which nobody leaves");
  note(observed.counts.outside, "the city was not in the world, or left in the step in which it adopted");
  return subject;
}

}  // namespace

std::vector<PolicyId> left_policies(FitQuestion const& question) {
  std::vector<PolicyId> left;
  for (Index p = 0; p < question.scenario->policies.size(); ++p) {
    PolicySpec const& policy = question.scenario->policies[p];
    if (policy.abandonment && is_fitted(question.spec, policy.name)) left.push_back(PolicyId{p});
  }
  return left;
}

FittedPolicies fit_leaving(FitQuestion const& question, PolicyId policy,
                           std::vector<ObservedHistory> const& histories) {
  FittedPolicies fitted;
  fitted.observed =
      leaving_design(*question.scenario, *question.world, question.model, histories, design_order(question, {policy}));
  EventHistoryOptions const options = leaving_options(question, policy);
  EventHistoryFit const fit = fit_rows_of_leaving(fitted.observed.design, options);
  fitted.report = report_of(fitted.observed.design, fit, options, leaving_subject(question, policy, fitted.observed));
  return fitted;
}

std::vector<Refit> fit_leaving_histories(FitQuestion const& question, PolicyId policy,
                                         std::vector<std::vector<ObservedHistory>> const& histories, Truth const& truth,
                                         int threads) {
  std::vector<Refit> refits(histories.size());
  EventHistoryOptions const options = leaving_options(question, policy);
  parallel_for(histories.size(), threads, [&](std::size_t r) {
    ObservedDesign const observed = leaving_design(*question.scenario, *question.world, question.model, histories[r],
                                                   design_order(question, {policy}));
    refits[r] = refit_of(observed, fit_rows_of_leaving(observed.design, options), truth);
  });
  return refits;
}

void add_leaving_truth(Truth& truth, Scenario const& scenario) {
  for (PolicySpec const& policy : scenario.policies) {
    if (!policy.abandonment) continue;
    for (LeavingNumber const& each : leaving_numbers(policy)) truth.emplace(each.path, each.value);
  }
}

}  // namespace hansa
