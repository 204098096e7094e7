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
#include "mechanisms/observable.hpp"
#include "scenario/laws.hpp"
#include "scenario/rule_link.hpp"
#include "world/reach.hpp"

namespace hansa {

namespace {

/// Of decisions under a law it is not known which were decisions.
void refuse_law(PolicySpec const& policy, MechanismSpec const& law, Complaints& complaints) {
  if (law.parameters.text("kind") == "mandate")
    return complaints.add(
        fmt::format("'{}' binds cities to '{}', whose decisions are to be fitted", law.name, policy.name), law.where,
        "no data tell who complied and who decided: end the years at risk where it is in force, and leave it out");
  complaints.add(fmt::format("'{}' bars cities from '{}', and a fit does not know whom that keeps from deciding",
                             law.name, policy.name),
                 law.where, "give the years in which cities can decide as at_risk, and leave it out");
}

void check_mechanisms(PolicySpec const& policy, Catalogue catalogue, Complaints& complaints) {
  for (MechanismSpec const& each : policy.mechanisms) {
    if (is_law(each)) {
      refuse_law(policy, each, complaints);
      continue;
    }
    auto const entry = std::find_if(catalogue.begin(), catalogue.end(),
                                    [&](CatalogueEntry const& e) { return e.schema->name == each.kind; });
    if (entry == catalogue.end() || is_observable(*entry->schema, each, policy)) continue;
    complaints.add(fmt::format("'{}' cannot be fitted: {} keeps what no data tell", each.name, each.kind), each.where,
                   each.kind == "learning"
                       ? "give performance as data (merit: {performance: …}) with noise: none and a prior spread of 0, "
                         "without a drawn gain of reinvention, leave it out, or calibrate it by simulation"
                       : "leave it out, or calibrate it by simulation");
  }
}

void check_policy(PolicySpec const& policy, FitSpec const& spec, Catalogue catalogue, Scored scored,
                  Complaints& complaints) {
  if (scored == Scored::data && !std::holds_alternative<FileRef>(policy.adopters.source)) {
    complaints.add("'" + policy.name + "' has no adoptions to be fitted to", policy.where,
                   "adopters: {file: …} with the columns city and year was expected");
  }
  if (!spec.link && !link_of(policy.rule)) {
    complaints.add("the rule of '" + policy.name + "' has no likelihood that is fitted", policy.where,
                   "logit, cloglog or additive was expected, or another link in the section fit");
  }
  if (policy.frailty.country > 0 || policy.frailty.period > 0) {
    complaints.add("only a city's frailty is estimated", policy.frailty.where,
                   "use fixed_effects for countries and periods, or leave that frailty out");
  }
  if (policy.abandonment) {
    complaints.warn("how cities leave '" + policy.name + "' is not estimated", policy.abandonment->where,
                    "adoptions are, given when cities left; the hazard of leaving stays as it stands here");
  }
  for (auto const& [others, verb] :
       {std::pair(&policy.required, "requires"), std::pair(&policy.excluded, "excludes")}) {
    if (others->empty()) continue;
    complaints.add(fmt::format("'{}' {} '{}', and a fit does not know whom that keeps from deciding", policy.name, verb,
                               others->front().name),
                   others->front().where, "give the years in which cities can decide as at_risk, and leave it out");
  }
  check_mechanisms(policy, catalogue, complaints);
}

/// Policies that compete for a city's attention have a likelihood only together.
void check_attention(Scenario const& scenario, Complaints& complaints) {
  if (scenario.cities.attention)
    complaints.add("'attention' makes policies compete within a step, for which there is no likelihood here",
                   scenario.cities.attention_where, "fit the scenario without it");
}

/// What cities could pay for when is no datum.
void check_resources(Scenario const& scenario, Complaints& complaints) {
  if (scenario.resources)
    complaints.add("'resources' keeps cities from deciding that cannot pay, and a fit does not know whom and when",
                   scenario.resources->where, "give the years in which cities can decide as at_risk, and leave it out");
}

void check_networks(Scenario const& scenario, Complaints& complaints) {
  for (NetworkSpec const& network : scenario.networks) {
    if (network.dynamics)
      complaints.add("the ties of '" + network.name + "' gain and lose strength", network.dynamics->where,
                     "a fit needs ties that are given: leave 'dynamics' out");
    if (network.redraw != Redrawing::replicate) continue;
    complaints.add("the ties of '" + network.name + "' are drawn anew in each replicate", network.where,
                   "a fit needs ties that are given: leave redraw out");
  }
}

bool is_asked_for(FitSpec const& spec, std::string const& policy) {
  return spec.policies.empty() || std::any_of(spec.policies.begin(), spec.policies.end(),
                                              [&](Reference const& each) { return each.name == policy; });
}

/// Members are those of the data, whoever might join besides; pledges have no likelihood.
void check_members(Scenario const& scenario, FitSpec const& spec, Complaints& complaints) {
  for (CollaborationProperties const& each : scenario.collaborations.properties) {
    if (each.recruit)
      complaints.warn("how cities join '" + each.name + "' is not estimated", each.recruit->where,
                      "its members are taken to be those of the data");
    if (each.pledge && is_asked_for(spec, each.pledge->policy.name))
      complaints.add(
          "members of '" + each.name + "' pledge '" + each.pledge->policy.name + "', whose decisions are to be fitted",
          each.pledge->where,
          "who has pledged is no datum: fit the scenario without 'pledge', or leave the policy out of "
          "fit.policies");
  }
}

/// Why decisions that an intervention bears upon are not fitted.
struct Unfit {
  std::string_view does;  ///< "seeds"
  std::string_view why;
};

Unfit unfit(ActSpec const& act) {
  if (std::holds_alternative<SeedSpec>(act)) return {"seeds", "what a seed brought about was not decided"};
  if (std::holds_alternative<PushSpec>(act)) return {"pushes", "its strength is given, and a fit takes no offsets"};
  if (std::holds_alternative<CampaignSpec>(act))
    return {"changes a strength of", "a fit estimates one strength for all dates"};
  if (std::holds_alternative<SetSpec>(act)) return {"sets a number of", "a fit estimates one number for all dates"};
  if (std::holds_alternative<SubsidySpec>(act))
    return {"subsidises", "how much of it cities had, and its part in their decisions, are no data"};
  return {"binds cities to", "no data tell who complied and who decided"};
}

/// The policies that it acts on.
std::set<std::string> policies_acted_on(InterventionSpec const& each) {
  std::set<std::string> names;
  if (each.policy() != nullptr) names.insert(each.policy()->name);
  if (auto const* set = std::get_if<SetSpec>(&each.act))
    for (SetValue const& value : set->values) names.insert(value.policy.name);
  return names;
}

/// True if it is over before the first scored decision, or begins after the last one: then it bears upon none.
bool is_out_of_sight(InterventionSpec const& each, FitSpec const& spec, Clock const& clock) {
  return each.until && (*each.until < spec.from.value_or(clock.start) || each.at > spec.until.value_or(clock.end));
}

/// Decisions upon which interventions bear are not those of the cities under the policy's own pressure alone.
void check_interventions(Scenario const& scenario, FitSpec const& spec, Complaints& complaints) {
  for (InterventionSpec const& each : scenario.interventions) {
    if (is_out_of_sight(each, spec, scenario.clock)) continue;
    Unfit const found = unfit(each.act);
    for (std::string const& policy : policies_acted_on(each)) {
      if (!is_asked_for(spec, policy)) continue;
      complaints.add(
          fmt::format("'{}' {} '{}', whose decisions are to be fitted", each.name, found.does, policy), each.where,
          fmt::format("{}: fit the scenario without it, or leave the policy out of fit.policies", found.why));
    }
  }
}

void check_pooled(Scenario const& scenario, FitSpec const& spec, Complaints& complaints) {
  PolicySpec const* first = nullptr;
  for (PolicySpec const& policy : scenario.policies) {
    if (!is_asked_for(spec, policy.name)) continue;
    if (first != nullptr && policy.rule != first->rule) {
      complaints.add("'" + policy.name + "' and '" + first->name + "' have different rules", policy.where,
                     "policies that are pooled share one rule");
    }
    if (first == nullptr) first = &policy;
  }
}

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
  note(counts.uncovered, "city is not covered by the data and leaves the risk set",
       "cities are not covered by the data and leave the risk set");
  note(counts.no_country, "row is of a city without a country, and leaves the sample",
       "rows are of cities without a country, and leave the sample");
  for (std::string const& reference : counts.references) {
    notes.push_back("the other fixed effects are compared with " + reference);
  }
  return notes;
}

/// Whether marginal effects are asked of it: of all but what makes up the chance of everybody, and fixed effects.
bool is_of_cities(CoefficientKind kind) {
  return kind == CoefficientKind::slope || kind == CoefficientKind::level || kind == CoefficientKind::strength ||
         kind == CoefficientKind::strength_by;
}

}  // namespace

FitSubject subject_of(FitQuestion const& question, std::vector<PolicyId> const& policies,
                      ObservedDesign const& observed) {
  FitSubject subject;
  Scenario const& scenario = *question.scenario;
  for (PolicyId const policy : policies) {
    subject.policies.push_back(scenario.policies[policy.value].name);
    subject.policy_numbers.push_back(policy.value);
  }
  subject.name = policies.size() == 1 ? subject.policies[0] : "pooled";
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
  for (PolicySpec& policy : fitted->policies) {
    if (is_asked_for(question.spec, policy.name)) check_policy(policy, question.spec, catalogue, scored, complaints);
    if (scored == Scored::data) policy.adopters.until = scenario.clock.end;
  }
  check_attention(scenario, complaints);
  check_resources(scenario, complaints);
  check_networks(scenario, complaints);
  check_members(scenario, question.spec, complaints);
  check_interventions(scenario, question.spec, complaints);
  // Of the other policies data tell all adoptions; members and ties of later steps are those of the scenario.
  std::erase_if(fitted->interventions, [](InterventionSpec const& each) { return !changes_world(each); });
  if (question.spec.pooled) check_pooled(scenario, question.spec, complaints);
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
  return question;
}

std::vector<std::vector<PolicyId>> fits_of(FitQuestion const& question) {
  std::vector<std::vector<PolicyId>> fits;
  for (Index p = 0; p < question.scenario->policies.size(); ++p) {
    if (!is_asked_for(question.spec, question.scenario->policies[p].name)) continue;
    if (fits.empty() || !question.spec.pooled) fits.emplace_back();
    fits.back().push_back(PolicyId{p});
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
    if (simulated) order.from = std::max(order.from, question.model.policies[policy.value].first_decision);
  }
  order.until = std::min(spec.until.value_or(clock.end) - clock.start + 1, clock.steps());
  order.fixed_effects = spec.fixed_effects;
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
