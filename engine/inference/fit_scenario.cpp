/// From a scenario to estimates.
#include "inference/fit_scenario.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "inference/effect_products.hpp"
#include "inference/fit_choices.hpp"
#include "inference/fit_shapes.hpp"
#include "inference/hypotheses.hpp"
#include "inference/imputed_fit.hpp"
#include "inference/term_names.hpp"
#include "io/csv.hpp"
#include "scenario/rule_link.hpp"

namespace hansa {

namespace {

/// Sentences about observations that are not plain rows.
std::vector<std::string> notes_of(DesignCounts const& counts) {
  std::vector<std::string> notes;
  auto const note = [&](std::size_t count, std::string_view one, std::string_view several) {
    if (count > 0) notes.push_back(fmt::format("{} {}", count, count == 1 ? one : several));
  };
  note(counts.intervals, "adoption enters with all the years in which it may have happened; the others see its middle",
       "adoptions enter with all the years in which they may have happened; the others see the middle");
  note(counts.early_intervals,
       "of these may have happened before the first scored decision, and enters as if it was known not to",
       "of these may have happened before the first scored decision, and enter as if they were known not to");
  note(counts.given_intervals,
       "adoption may have happened in a scored step, but has its middle before the first of them, and is given",
       "adoptions may have happened in scored steps, but have the middle before the first of them, and are given");
  note(counts.cut_intervals, "adoption is censored at the beginning of its interval, which ends too late",
       "adoptions are censored at the beginning of their intervals, which end too late");
  note(counts.outside, "adoption happened where the city was not at risk, and is not scored",
       "adoptions happened where the cities were not at risk, and are not scored");
  note(counts.bound, "adoption under a mandate, or of a seed, is not scored: nobody can tell whether it was decided",
       "adoptions under mandates, or of seeds, are not scored: nobody can tell whether they were decided");
  note(counts.barred,
       "adoption contradicts the model, which bars it by other policies, a law or a budget, and is not scored",
       "adoptions contradict the model, which bars them by other policies, laws or budgets, and are not scored");
  note(counts.waited,
       "adoption may have been decided in any step since money was there last, and enters with all of these",
       "adoptions may have been decided in any step since money was there last, and enter with all of these");
  note(counts.joint, "step of a city, in which policies competed and some came, is one observation",
       "steps of cities, in which policies competed and some came, are one observation each");
  note(counts.uncovered, "city is not covered by the data and leaves the risk set",
       "cities are not covered by the data and leave the risk set");
  note(counts.no_country, "row is of a city without a country, and leaves the sample",
       "rows are of cities without a country, and leave the sample");
  for (std::string const& reference : counts.references) {
    notes.push_back("the other fixed effects are compared with " + reference);
  }
  return notes;
}

std::vector<PolicyId> ids_of(FitQuestion const& question, std::vector<std::string> const& names) {
  std::vector<PolicyId> ids;
  for (Index p = 0; p < question.scenario->policies.size(); ++p)
    if (std::ranges::find(names, question.scenario->policies[p].name) != names.end()) ids.push_back(PolicyId{p});
  return ids;
}

/// Whether marginal effects are asked of it: of all but what makes up the chance of everybody, and fixed effects.
bool is_of_cities(CoefficientKind kind) {
  return kind == CoefficientKind::slope || kind == CoefficientKind::level || kind == CoefficientKind::strength ||
         kind == CoefficientKind::strength_by;
}

}  // namespace

std::string name_of_fit(FitQuestion const& question, std::vector<PolicyId> const& policies) {
  if (question.spec.pooled && policies.size() > 1) return "pooled";
  std::string name;
  for (PolicyId const policy : policies)
    name += (name.empty() ? "" : "+") + question.scenario->policies[policy.value].name;
  return name;
}

FitSubject subject_of(FitQuestion const& question, std::vector<PolicyId> const& policies,
                      ObservedDesign const& observed) {
  FitSubject subject;
  Scenario const& scenario = *question.scenario;
  for (PolicyId const policy : policies) {
    subject.policies.push_back(scenario.policies[policy.value].name);
    subject.policy_numbers.push_back(policy.value);
  }
  subject.name = name_of_fit(question, policies);
  subject.title = scenario.title;
  subject.cities = question.world->cities.id;
  subject.time_unit = scenario.clock.unit;
  subject.from = question.spec.from.value_or(scenario.clock.start);
  subject.until = question.spec.until.value_or(scenario.clock.end);
  std::map<std::string, Alternatives> values;  // of an attribute
  for (std::size_t c = 0; c < observed.coefficients.size(); ++c) {
    Coefficient const& each = observed.coefficients[c];
    if (is_of_cities(each.kind)) subject.effects.push_back(c);
    if (each.kind == CoefficientKind::level) values[each.attribute].push_back(c);
  }
  for (auto& [attribute, alternatives] : values) {
    if (alternatives.size() > 1) subject.alternatives.push_back(std::move(alternatives));
  }
  subject.unknown_sources = observed.counts.unknown_sources;
  subject.lost_groups = observed.counts.lost_groups;
  subject.notes = notes_of(observed.counts);
  if (policies.size() > 1 && !question.spec.pooled) {  // a derivative is of the rows of its own policy only
    subject.effects.clear();
    subject.alternatives.clear();
    subject.notes.emplace_back(
        "these policies compete within a step: coefficients are of their joint likelihood; AUC, calibration and scores "
        "take each as if no other came first");
  }
  if (policies.size() > 1 && question.spec.policy_effects == PolicyEffects::random)
    subject.notes.push_back("baselines of policies differ at random, all other coefficients are common to them");
  return subject;
}

FitQuestion pose_fit(Scenario const& scenario, World const& world, Catalogue catalogue, Complaints& complaints,
                     Scored scored) {
  FitQuestion question;
  question.scored = scored;
  question.spec = scenario.fit.value_or(FitSpec{});
  auto fitted = std::make_unique<Scenario>(scenario);
  check_fit(scenario, question.spec, catalogue, scored, complaints);
  if (scored == Scored::data)
    for (PolicySpec& policy : fitted->policies) policy.adopters.until = scenario.clock.end;
  check_policy_effects(scenario, question.spec, complaints);
  check_imputations(scenario, question.spec, complaints);
  check_shapes(question.spec, complaints);
  check_term_names(scenario, question.spec, world, complaints);
  if (scored == Scored::data) check_cross_validation(question.spec, scenario, complaints);
  question.world = &world;
  question.catalogue = catalogue;
  if (needs_tables(question.spec)) {
    question.tables = std::make_shared<Tables const>(read_tables(scenario, complaints));
  }
  Sources const sources = scored == Scored::data ? Sources::known : Sources::all;
  question.model = compile(*fitted, world, catalogue, complaints, sources);
  question.scenario = std::move(fitted);
  for (std::size_t p = 0; scored == Scored::data && p < question.model.policies.size(); ++p) {
    question.histories.push_back(
        observed_history(question.model.policies[p], world.records.at(p), question.model.clock));
  }
  check_intervals(scenario, question.spec, question.model, question.histories, complaints);
  return question;
}

std::vector<std::vector<PolicyId>> fits_of(FitQuestion const& question) {
  std::vector<std::vector<PolicyId>> fits;
  for (Index p = 0; p < question.scenario->policies.size(); ++p) {
    if (!is_fitted(question.spec, question.scenario->policies[p].name)) continue;
    if (question.spec.pooled) {
      if (fits.empty()) fits.emplace_back();
      fits.back().push_back(PolicyId{p});
      continue;
    }
    std::vector<PolicyId> const together =
        ids_of(question, rivals_of(*question.scenario, question.scenario->policies[p].name));
    if (together.front().value == p) fits.push_back(together);
  }
  return fits;
}

DesignOrder design_order(FitQuestion const& question, std::vector<PolicyId> const& policies) {
  Clock const& clock = question.scenario->clock;
  FitSpec const& spec = question.spec;
  DesignOrder order;
  order.policies = policies;
  order.from = std::max(spec.from.value_or(clock.start) - clock.start + 1, 1);
  for (PolicyId const policy : policies) {
    bool const simulated = question.scored == Scored::simulated;
    if (simulated) order.clocks = std::max(order.clocks, question.model.policies[policy.value].first_decision);
  }
  order.from = std::max(order.from, order.clocks);
  order.until = std::min(spec.until.value_or(clock.end) - clock.start + 1, clock.steps());
  order.fixed_effects = spec.fixed_effects;
  order.own_columns = policies.size() > 1 && !spec.pooled;
  for (std::vector<std::string> const& names : competitors(*question.scenario)) {
    std::vector<PolicyId> group = ids_of(question, names);
    bool const met = std::ranges::any_of(
        group, [&](PolicyId each) { return std::ranges::find(policies, each, {}) != policies.end(); });
    if (met) order.competing.push_back(std::move(group));
  }
  order.policy_effects = spec.policy_effects;
  return order;
}

ObservedDesign design_of(FitQuestion const& question, std::vector<PolicyId> const& policies,
                         std::vector<ObservedHistory> const& histories) {
  return build_design(*question.scenario, *question.world, question.model, histories, design_order(question, policies));
}

EventHistoryOptions options_of(FitQuestion const& question, std::vector<PolicyId> const& policies) {
  FitSpec const& spec = question.spec;
  PolicySpec const& policy = question.scenario->policies[policies.at(0).value];
  EventHistoryOptions options;
  options.link = spec.link ? *spec.link : link_of(policy.rule).value_or(FitLink::logit);
  options.information = spec.information;
  options.clusters = spec.clusters;
  options.penalty = spec.penalty;
  options.intervals = spec.intervals;
  options.policy_intercept = spec.policy_effects == PolicyEffects::random && policies.size() > 1;
  if (options.policy_intercept) options.quadrature = 25;  // policies may be few, and decided on by few
  options.city_intercept = policy.frailty.city > 0 || policy.frailty.city_policy > 0;
  return options;
}

FittedPolicies fit_policies(FitQuestion const& question, std::vector<PolicyId> const& policies, int threads) {
  FittedPolicies fitted;
  bool const imputed = question.spec.imputations > 0;
  std::vector<UnknownDate> const dates = imputed ? unknown_dates(question) : std::vector<UnknownDate>{};
  if (!dates.empty()) return fit_imputed(question, policies, dates, threads);
  EventHistoryOptions const options = options_of(question, policies);
  ShapedFit shaped = fit_rows(question, policies, question.histories, threads);
  FitSubject subject = subject_of(question, policies, shaped.observed);
  subject.products = products_of(question, shaped.observed);
  for (Product& each : slope_products(question, shaped)) subject.products.push_back(std::move(each));
  fitted.observed = std::move(shaped.observed);
  fitted.report = report_of(fitted.observed.design, shaped.fit, options, std::move(subject), shaped.slopes);
  if (imputed) fitted.report.subject.notes.push_back("no date is known as an interval only: nothing is imputed");
  return fitted;
}

}  // namespace hansa
