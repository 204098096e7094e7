/// Reads the section `fit`: words, names and paths, and what goes together.
#include "scenario/read_fit.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "base/names.hpp"
#include "scenario/fields.hpp"
#include "scenario/read_dyads.hpp"
#include "scenario/read_profile.hpp"
#include "scenario/read_words.hpp"

namespace hansa {

namespace {

std::vector<ErrorCluster> read_clusters(Item const& item, Reading& reading) {
  std::vector<ErrorCluster> clusters = read_words<ErrorCluster>(item, fields::cluster_choices, reading);
  if (clusters.size() > 2) {
    reading.complaints.add(fmt::format("{} has {} words", item.label, clusters.size()), item.node->where,
                           "at most two were expected");
    clusters.resize(2);
  }
  return clusters;
}

/// The policies that are scored, as written or all of the scenario.
std::vector<std::string_view> scored(FitSpec const& spec, Reading const& reading) {
  if (spec.policies.empty()) return reading.policies.known;
  std::vector<std::string_view> names;
  for (Reference const& each : spec.policies) names.push_back(each.name);
  return names;
}

void read_names(Item const& item, Parameters const& read, FitSpec& into, Reading& reading) {
  auto const policies = child(item, "policies");
  if (!policies || !read.has("policies")) return;
  if (policies->node->items.empty())
    reading.complaints.add("'policies' is empty", policies->node->where, "at least one policy was expected");
  for (Item const& each : items_of(*policies, "", reading)) {
    std::size_t const before = reading.complaints.size();
    Reference const name = read_defined(each, "policy", reading.policies, reading);
    if (reading.complaints.size() == before) into.policies.push_back(name);
  }
}

void check_steps(FitSpec const& spec, Clock const& clock, Reading& reading, Parameters const& read) {
  if (clock.end < clock.start) return;
  auto const check = [&](std::string_view key, std::optional<std::int32_t> label) {
    if (!label || (*label >= clock.start && *label <= clock.end)) return;
    reading.complaints.add(fmt::format("'{}' is {}", key, *label), read.place(key),
                           fmt::format("a step from {} to {} was expected", clock.start, clock.end));
  };
  check("from", spec.from);
  check("until", spec.until);
  if (spec.from && spec.until && *spec.until < *spec.from)
    reading.complaints.add(fmt::format("decisions are scored from {} until {}", *spec.from, *spec.until),
                           read.place("until"), "the last step was expected not to be before the first");
}

/// Random effects need policies to be of.
void check_random_effects(FitSpec const& spec, Parameters const& read, Reading& reading) {
  if (spec.policy_effects != PolicyEffects::random) return;
  if (!spec.pooled)
    reading.complaints.add("'policy_effects' is random, and 'pooled' is not true", read.place("policy_effects"),
                           "random effects of policies are of those that are pooled: 'pooled: true' was expected");
  else if (reading.policies.complete && scored(spec, reading).size() < 2)
    reading.complaints.add("'policy_effects' is random, of a single policy", read.place("policy_effects"),
                           "two policies were expected at least, and better five");
}

/// Rule and link of the policies that are scored.
void check_rules(FitSpec const& spec, Scenario const& scenario, Reading& reading) {
  std::vector<std::string_view> const names = scored(spec, reading);
  PolicySpec const* first = nullptr;
  for (PolicySpec const& policy : scenario.policies) {
    if (std::find(names.begin(), names.end(), policy.name) == names.end()) continue;
    auto const named = std::find_if(spec.policies.begin(), spec.policies.end(),
                                    [&](Reference const& each) { return each.name == policy.name; });
    Place const& where = named == spec.policies.end() ? spec.where : named->where;
    std::string const rule(fields::rule_choices[static_cast<std::size_t>(policy.rule)]);
    if (policy.rule == Rule::cascade || policy.rule == Rule::threshold)
      reading.complaints.add(fmt::format("policy '{}' has rule {}", policy.name, rule), where,
                             "rule logit, cloglog, additive or linear was expected of a policy that is fitted: name "
                             "the others in 'policies' of 'fit'");
    else if (policy.rule == Rule::linear && !spec.link)
      reading.complaints.add(fmt::format("policy '{}' has rule linear, and 'fit' no 'link'", policy.name), where,
                             fmt::format("one of {} was expected", fmt::join(fields::link_choices, ", ")));
    if (!first) first = &policy;
    if (spec.pooled && !spec.link && first->rule != policy.rule)
      reading.complaints.add(fmt::format("policies '{}' and '{}' have different rules", first->name, policy.name),
                             where, "'link', or the same rule, was expected of policies that are pooled");
  }
}

Node const* policy_of(Node const& root, std::string_view name) {
  Node const* const policies = root.find("policies");
  return policies ? policies->find(name) : nullptr;
}

/// The mechanisms of these policies.
Names mechanisms_of(std::vector<std::string_view> const& policies, Node const& root, Reading const& reading) {
  Names names{{}, reading.policies.complete};
  for (std::string_view const name : policies) {
    Node const* const policy = policy_of(root, name);
    if (!policy) continue;
    names.complete = names.complete && defines_names(*policy, "mechanisms", fields::policy);
    Node const* const mechanisms = policy->find("mechanisms");
    if (!mechanisms) continue;
    for (Node::Entry const& each : mechanisms->entries) names.known.push_back(each.key);
  }
  std::sort(names.known.begin(), names.known.end());
  names.known.erase(std::unique(names.known.begin(), names.known.end()), names.known.end());
  return names;
}

void read_hypotheses(Item const& item, Node const& root, FitSpec& into, Reading& reading) {
  Names const mechanisms = mechanisms_of(scored(into, reading), root, reading);
  constexpr Field names = {.name = "", .kind = Kind::texts};
  std::vector<Item> const entries = entries_of(item, "a map from names to lists of mechanisms", reading);
  for (Item const& each : entries) {
    Hypothesis hypothesis{each.key, each.where, {}};
    (void)check_name(each, reading);
    if (std::holds_alternative<std::monostate>(read_value(names, each, reading))) continue;
    for (Item const& name : items_of(each, "", reading))
      hypothesis.mechanisms.push_back(read_defined(name, "mechanism", mechanisms, reading));
    into.hypotheses.push_back(std::move(hypothesis));
  }
  if (entries.empty() && item.node->form == Node::Form::map)
    reading.complaints.add("'hypotheses' is empty", item.where, "at least one was expected");
  std::sort(into.hypotheses.begin(), into.hypotheses.end(),
            [](auto const& a, auto const& b) { return a.name < b.name; });
}

void read_cross_validation(Parameters const& read, FitSpec& into, Reading& reading) {
  if (!read.has("cross_validation.leave")) return;
  CrossValidation validation;
  validation.leave = chosen<LeaveOut>(read.text("cross_validation.leave"), fields::leave_choices);
  validation.folds = read.integer("cross_validation.folds");
  into.cross_validation = validation;
  if (validation.leave == LeaveOut::policies && reading.policies.complete && scored(into, reading).size() < 2)
    reading.complaints.add("'leave: policies' leaves nothing of one policy", read.place("cross_validation.leave"),
                           "cities or years was expected, or more policies");
}

void read_nulls(Item const& item, Parameters const& read, FitSpec& into, Reading& reading) {
  auto const nulls = child(item, "nulls");
  if (!nulls || nulls->node->form != Node::Form::map) return;
  NullsSpec spec;
  spec.where = nulls->where;
  spec.permutations = read.integer("nulls.permutations");
  spec.rewirings = read.integer("nulls.rewirings");
  spec.within = optional_reference(read, "nulls.within");
  if (spec.within && spec.permutations == 0)
    reading.complaints.add("'within' is of permutations, and there are none", spec.within->where,
                           "'permutations' was expected beside it");
  else if (spec.permutations == 0 && spec.rewirings == 0)
    reading.complaints.add("'nulls' asks for nothing", nulls->where, "'permutations' or 'rewirings' was expected");
  into.nulls = std::move(spec);
}

}  // namespace

FitSpec read_fit(Item const& item, Node const& root, Scenario const& scenario, Reading& reading) {
  FitSpec spec;
  spec.where = item.where;
  Parameters const read = read_section(item, fields::fit, reading);
  if (item.node->form != Node::Form::map) return spec;
  spec.from = optional_label(read, "from");
  spec.until = optional_label(read, "until");
  spec.pooled = read.flag("pooled");
  spec.policy_effects = chosen<PolicyEffects>(read.text("policy_effects"), fields::policy_effect_choices);
  if (read.has("link")) spec.link = chosen<FitLink>(read.text("link"), fields::link_choices);
  spec.information = chosen<Information>(read.text("information"), fields::information_choices);
  spec.intervals = chosen<Intervals>(read.text("intervals"), fields::interval_choices);
  spec.penalty = chosen<Penalty>(read.text("penalty"), fields::penalty_choices);
  spec.imputations = read.integer("imputations");
  if (auto const words = child(item, "cluster")) spec.clusters = read_clusters(*words, reading);
  if (auto const words = child(item, "fixed_effects"))
    spec.fixed_effects = read_words<FixedEffect>(*words, fields::fixed_effect_choices, reading);
  read_names(item, read, spec, reading);
  check_steps(spec, scenario.clock, reading, read);
  check_rules(spec, scenario, reading);
  check_random_effects(spec, read, reading);
  if (read.has("profile"))
    read_profile(*child(item, "profile"), read, root, scenario, scored(spec, reading), spec, reading);
  if (auto const hypotheses = child(item, "hypotheses")) read_hypotheses(*hypotheses, root, spec, reading);
  read_cross_validation(read, spec, reading);
  read_nulls(item, read, spec, reading);
  spec.goodness = read.integer("goodness");
  if (auto const dyads = child(item, "dyads")) spec.dyads = read_dyads(*dyads, read, reading);
  return spec;
}

}  // namespace hansa
