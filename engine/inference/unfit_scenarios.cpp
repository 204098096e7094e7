/// Refuses what has no likelihood.
#include "inference/unfit_scenarios.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "mechanisms/observable.hpp"
#include "scenario/laws.hpp"
#include "scenario/rule_link.hpp"

namespace hansa {

namespace {

void check_mechanisms(PolicySpec const& policy, Catalogue catalogue, Complaints& complaints) {
  for (MechanismSpec const& each : policy.mechanisms) {
    auto const entry = std::find_if(catalogue.begin(), catalogue.end(),
                                    [&](CatalogueEntry const& e) { return e.schema->name == each.kind; });
    if (entry == catalogue.end() || is_observable(*entry->schema, each, policy)) continue;
    std::string mend = "leave it out, or calibrate it by simulation";
    if (each.kind == "learning")
      mend =
          "give performance as data (merit: {performance: …}) with noise: none and a prior spread of 0, "
          "without a drawn gain of reinvention, leave it out, or calibrate it by simulation";
    if (is_law(each)) mend = "give the dates of the laws (enact: {file: …}), or leave it out";
    complaints.add(fmt::format("'{}' cannot be fitted: {} keeps what no data tell", each.name, each.kind), each.where,
                   mend);
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
  check_mechanisms(policy, catalogue, complaints);
}

/// Budgets are known where all that is paid is.
void check_resources(Scenario const& scenario, Complaints& complaints) {
  if (!scenario.resources) return;
  for (PolicySpec const& policy : scenario.policies) {
    if (!policy.cost || !policy.reinvention) continue;
    ReinventionSpec const& adapted = *policy.reinvention;
    if (adapted.cost == 0 || adapted.probability <= 0 || adapted.probability >= 1) continue;
    complaints.add(fmt::format("who adapts '{}' pays more for it, and no data tell who did", policy.name),
                   adapted.where, "a fit needs what cities paid: leave 'cost' of reinvention out, or resources");
  }
  for (InterventionSpec const& each : scenario.interventions) {
    auto const* seed = std::get_if<SeedSpec>(&each.act);
    if (seed == nullptr || seed->success >= 1) continue;
    complaints.add(
        fmt::format("'{}' succeeds by chance, so that it is not known who paid for '{}'", each.name, seed->policy.name),
        each.where, "fit it with success: 1, or without resources");
  }
  auto const waits = [](PolicySpec const& policy) {
    return policy.cost && policy.when_unaffordable == Affording::queue;
  };
  auto const priced = std::ranges::count_if(scenario.policies, [](auto const& each) { return each.cost.has_value(); });
  auto const queued = std::ranges::find_if(scenario.policies, waits);
  if (priced > 1 && queued != scenario.policies.end())
    complaints.add(fmt::format("cities wait for money for '{}', which others spend in the same step", queued->name),
                   queued->where,
                   "a fit takes one policy with a cost and when_unaffordable: queue, or several that stop");
}

void check_networks(Scenario const& scenario, Complaints& complaints) {
  for (NetworkSpec const& network : scenario.networks) {
    if (network.dynamics && network.dynamics->visits)
      complaints.add("visits begin ties of '" + network.name + "' by chance, and no data tell which",
                     network.dynamics->where,
                     "give these ties in a file with the columns from and until, and leave 'visits' out");
    if (network.redraw != Redrawing::replicate) continue;
    complaints.add("the ties of '" + network.name + "' are drawn anew in each replicate", network.where,
                   "a fit needs ties that are given: leave redraw out");
  }
}

/// Whether some mechanism of the policy takes notice of the members of a collaboration.
bool sees_members(PolicySpec const& policy, std::string const& collaboration, Catalogue catalogue) {
  auto const names = [&](MechanismSpec const& mechanism, Field const& field) {
    Parameters const& given = mechanism.parameters;
    auto const is_it = [&](Reference const& each) { return each.name == collaboration; };
    if (field.kind == Kind::collaborations)
      return !given.has(field.name) || std::ranges::any_of(given.references(field.name), is_it);
    if (field.kind != Kind::pool || !given.has(field.name)) return false;
    Pool const& pool = given.pool(field.name);
    return pool.of == Pool::Of::collaboration && is_it(pool.name);
  };
  return std::ranges::any_of(policy.mechanisms, [&](MechanismSpec const& mechanism) {
    auto const entry = std::ranges::find_if(catalogue, [&](auto const& e) { return e.schema->name == mechanism.kind; });
    return entry != catalogue.end() &&
           std::ranges::any_of(entry->schema->parameters, [&](Field const& field) { return names(mechanism, field); });
  });
}

/// Of data members are those that they tell, whoever might join besides; histories do not tell who has joined.
void check_recruits(Scenario const& scenario, FitSpec const& spec, CollaborationProperties const& club,
                    Catalogue catalogue, Scored scored, Complaints& complaints) {
  if (scored == Scored::data)
    complaints.warn("how cities join '" + club.name + "' is not estimated", club.recruit->where,
                    "its members are taken to be those of the data");
  if (scenario.resources && club.fee)
    complaints.add("cities join '" + club.name + "' within the run, and a fit does not charge its fee",
                   club.recruit->where, "a fit needs what cities paid: leave 'recruit' or 'fee' out, or resources");
  for (PolicySpec const& policy : scenario.policies) {
    bool const unknown = scored == Scored::simulated && is_fitted(spec, policy.name);
    if (!unknown || !sees_members(policy, club.name, catalogue)) continue;
    complaints.add("members of '" + club.name + "', which '" + policy.name + "' sees, join within the run",
                   club.recruit->where,
                   "histories do not tell who did: leave 'recruit' out, or the policy out of fit.policies");
  }
}

/// Pledges have no likelihood.
void check_members(Scenario const& scenario, FitSpec const& spec, Catalogue catalogue, Scored scored,
                   Complaints& complaints) {
  for (CollaborationProperties const& each : scenario.collaborations.properties) {
    if (each.recruit) check_recruits(scenario, spec, each, catalogue, scored, complaints);
    if (each.pledge && is_fitted(spec, each.pledge->policy.name))
      complaints.add(
          "members of '" + each.name + "' pledge '" + each.pledge->policy.name + "', whose decisions are to be fitted",
          each.pledge->where,
          "who has pledged is no datum: fit the scenario without 'pledge', or leave the policy out of "
          "fit.policies");
  }
}

/// Why decisions that an intervention bears upon are not fitted.
struct Unfit {
  std::string_view does;  ///< "pushes"; empty: they are
  std::string_view why;
};

/// What seeds and mandates bring about leaves the sample, and is no reason to refuse.
Unfit unfit(ActSpec const& act) {
  if (std::holds_alternative<PushSpec>(act)) return {"pushes", "its strength is given, and a fit takes no offsets"};
  if (std::holds_alternative<CampaignSpec>(act))
    return {"changes a strength of", "a fit estimates one strength for all dates"};
  if (std::holds_alternative<SetSpec>(act)) return {"sets a number of", "a fit estimates one number for all dates"};
  if (std::holds_alternative<SubsidySpec>(act))
    return {"subsidises", "how much of it cities had, and its part in their decisions, are no data"};
  return {};
}

/// The policies that it acts on.
std::set<std::string> policies_acted_on(InterventionSpec const& each) {
  std::set<std::string> names;
  if (each.policy() != nullptr) names.insert(each.policy()->name);
  if (auto const* set = std::get_if<SetSpec>(&each.act))
    for (SetValue const& value : set->values)
      if (is_of_policy(value.at.of)) names.insert(value.policy.name);
  return names;
}

/// True if it is over before `from`, or begins after the last scored decision.
bool is_out_of_sight(InterventionSpec const& each, std::int32_t from, FitSpec const& spec, Clock const& clock) {
  return each.until && (*each.until < from || each.at > spec.until.value_or(clock.end));
}

/// The first step that tells of decisions on a policy: where cities wait for money, a wait may have begun at any time.
std::int32_t first_told(Scenario const& scenario, FitSpec const& spec, std::string const& name) {
  auto const policy = std::ranges::find_if(scenario.policies, [&](auto const& each) { return each.name == name; });
  bool const waits = scenario.resources && policy != scenario.policies.end() && policy->cost &&
                     policy->when_unaffordable == Affording::queue;
  return waits ? scenario.clock.start : spec.from.value_or(scenario.clock.start);
}

/// Numbers that belong to no policy bear upon all.
void check_shared(InterventionSpec const& each, Scenario const& scenario, FitSpec const& spec, Complaints& complaints) {
  auto const* set = std::get_if<SetSpec>(&each.act);
  if (set == nullptr || is_out_of_sight(each, spec.from.value_or(scenario.clock.start), spec, scenario.clock)) return;
  for (SetValue const& value : set->values)
    if (!is_of_policy(value.at.of))
      complaints.add(fmt::format("'{}' sets '{}' in a scored step", each.name, value.path.name), each.where,
                     "a fit takes what belongs to no policy as one number for all scored steps: let it end before "
                     "fit.from or begin after fit.until, or fit the scenario without it");
}

void check_pooled(Scenario const& scenario, FitSpec const& spec, Complaints& complaints) {
  PolicySpec const* first = nullptr;
  for (PolicySpec const& policy : scenario.policies) {
    if (!is_fitted(spec, policy.name)) continue;
    if (first != nullptr && policy.rule != first->rule) {
      complaints.add("'" + policy.name + "' and '" + first->name + "' have different rules", policy.where,
                     "policies that are pooled share one rule");
    }
    if (first == nullptr) first = &policy;
  }
}

}  // namespace

void check_interventions(Scenario const& scenario, FitSpec const& spec, Complaints& complaints) {
  for (InterventionSpec const& each : scenario.interventions) {
    check_shared(each, scenario, spec, complaints);
    Unfit const found = unfit(each.act);
    if (found.does.empty()) continue;
    for (std::string const& policy : policies_acted_on(each)) {
      bool const unseen = is_out_of_sight(each, first_told(scenario, spec, policy), spec, scenario.clock);
      if (unseen || !is_fitted(spec, policy)) continue;
      complaints.add(
          fmt::format("'{}' {} '{}', whose decisions are to be fitted", each.name, found.does, policy), each.where,
          fmt::format("{}: fit the scenario without it, or leave the policy out of fit.policies", found.why));
    }
  }
}

bool is_fitted(FitSpec const& spec, std::string const& policy) {
  return spec.policies.empty() || std::any_of(spec.policies.begin(), spec.policies.end(),
                                              [&](Reference const& each) { return each.name == policy; });
}

void check_fit(Scenario const& scenario, FitSpec const& spec, Catalogue catalogue, Scored scored,
               Complaints& complaints) {
  for (PolicySpec const& policy : scenario.policies) {
    if (is_fitted(spec, policy.name)) check_policy(policy, spec, catalogue, scored, complaints);
  }
  check_resources(scenario, complaints);
  check_networks(scenario, complaints);
  check_members(scenario, spec, catalogue, scored, complaints);
  check_interventions(scenario, spec, complaints);
  if (spec.pooled) check_pooled(scenario, spec, complaints);
  check_rivals(scenario, spec, complaints);
}

void check_intervals(Scenario const& scenario, FitSpec const& spec, Model const& model,
                     std::vector<ObservedHistory> const& histories, Complaints& complaints) {
  std::vector<std::vector<std::string>> const groups = competitors(scenario);
  for (std::size_t p = 0; p < histories.size(); ++p) {
    PolicyModel const& policy = model.policies[p];
    if (histories[p].intervals.empty() || !is_fitted(spec, policy.name)) continue;
    std::string beside;
    bool const mandated =
        !policy.mandated.empty() || !policy.mandates.empty() ||
        std::ranges::any_of(policy.laws, [](CompiledLaw const& law) { return law.force == Force::mandate; });
    if (mandated) beside = "a mandate, which may have brought them about";
    if (!policy.seeds.empty()) beside = "a seed, which may have brought them about";
    if (model.resources && policy.cost && policy.when_unaffordable == Affording::queue)
      beside = "cities that wait for money";
    for (std::vector<std::string> const& group : groups)
      if (std::ranges::find(group, policy.name) != group.end()) beside = "policies that compete with it within a step";
    if (beside.empty()) continue;
    complaints.add(
        fmt::format("dates of '{}' that are known as an interval are not fitted beside {}", policy.name, beside),
        scenario.policies[p].where, "give years without 'after', or leave one of them out");
  }
}

namespace {

PolicySpec const& policy_named(Scenario const& scenario, std::string const& name) {
  return *std::ranges::find_if(scenario.policies, [&](PolicySpec const& each) { return each.name == name; });
}

/// What its members may not ask for.
void check_group(Scenario const& scenario, FitSpec const& spec, std::vector<std::string> const& names,
                 Complaints& complaints) {
  PolicySpec const& first = policy_named(scenario, names.front());
  std::string const together =
      fmt::format("'{}' compete within a step and are fitted together", fmt::join(names, "', '"));
  for (std::string const& name : names) {
    PolicySpec const& policy = policy_named(scenario, name);
    auto const refuse = [&](std::string const& what, Place const& where, std::string const& mend) {
      complaints.add(fmt::format("{}: {}", together, what), where, mend);
    };
    if (!is_fitted(spec, name))
      refuse(fmt::format("'{}' is left out", name), spec.where, "name all of them in fit.policies");
    if (policy.rule != first.rule && !spec.link)
      refuse(fmt::format("'{}' and '{}' have different rules", first.name, name), policy.where,
             "policies that are fitted together share one rule, or a link in the section fit");
    if (policy.rule == Rule::additive && policy.baseline.has_value() != first.baseline.has_value())
      refuse(fmt::format("of '{}' and '{}' one has a baseline", first.name, name), policy.where,
             "give both a baseline, or none");
    if (policy.frailty.city > 0 || policy.frailty.city_policy > 0)
      refuse("a city's frailty is not estimated beside", policy.frailty.where, "leave frailty out");
    if (!policy.trend.periods.empty())
      refuse("a trend by periods is not estimated beside", policy.where, "use another trend");
    if (policy.cost && scenario.resources && policy.when_unaffordable == Affording::queue)
      refuse(fmt::format("cities wait for money for '{}'", name), policy.where, "use when_unaffordable: stop");
  }
  auto const refuse = [&](bool asked, std::string_view what) {
    if (asked)
      complaints.add(fmt::format("{}, for which there is no '{}'", together, what), spec.where, "leave it out");
  };
  refuse(spec.penalty != Penalty::none, "penalty");
  refuse(!spec.fixed_effects.empty(), "fixed_effects");
  refuse(spec.policy_effects == PolicyEffects::random, "policy_effects: random");
  refuse(spec.imputations > 0, "imputations");
  refuse(!spec.profile.empty(), "profile");
  refuse(spec.cross_validation.has_value(), "cross_validation");
}

}  // namespace

std::vector<std::string> rivals_of(Scenario const& scenario, std::string const& policy) {
  auto const comes_first = [&](std::string const& name) {
    Rule const rule = policy_named(scenario, name).rule;
    return rule == Rule::threshold || rule == Rule::cascade;
  };
  if (comes_first(policy)) return {policy};
  for (std::vector<std::string> group : competitors(scenario)) {
    if (std::ranges::find(group, policy) == group.end()) continue;
    std::erase_if(group, comes_first);
    return group;
  }
  return {policy};
}

void check_rivals(Scenario const& scenario, FitSpec const& spec, Complaints& complaints) {
  std::set<std::vector<std::string>> told;
  for (PolicySpec const& policy : scenario.policies) {
    std::vector<std::string> const names = rivals_of(scenario, policy.name);
    if (!is_fitted(spec, policy.name) || names.size() < 2 || !told.insert(names).second) continue;
    check_group(scenario, spec, names, complaints);
  }
}

std::vector<std::vector<std::string>> competitors(Scenario const& scenario) {
  std::map<std::string, std::string> leader;  // of each policy's group: its first name
  for (PolicySpec const& each : scenario.policies) leader[each.name] = each.name;
  auto const join = [&](std::string const& a, std::string const& b) {
    if (leader.count(a) == 0 || leader.count(b) == 0) return;
    std::string const to = std::min(leader[a], leader[b]), from = std::max(leader[a], leader[b]);
    for (auto& [name, of] : leader)
      if (of == from) of = to;
  };
  std::string const* payer = nullptr;
  for (PolicySpec const& each : scenario.policies) {
    for (Reference const& other : each.excluded) join(each.name, other.name);
    if (scenario.cities.attention) join(each.name, scenario.policies.front().name);
    if (!scenario.resources || !each.cost) continue;
    if (payer != nullptr) join(each.name, *payer);
    payer = &each.name;
  }
  std::map<std::string, std::vector<std::string>> groups;
  for (auto const& [name, of] : leader) groups[of].push_back(name);
  std::vector<std::vector<std::string>> found;
  for (auto& [of, names] : groups)
    if (names.size() > 1) found.push_back(std::move(names));
  return found;
}

}  // namespace hansa
