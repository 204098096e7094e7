/// What `fit` asks beyond its table: policies whose rule has a likelihood, and what goes with how many of them.
#include <algorithm>

#include <fmt/format.h>

#include "support/schema/rows.hpp"
#include "tell/tree.hpp"

namespace hansa::test {

namespace {

bool can_be_fitted(DrawnPolicy const& policy) {
  return policy.rule != "cascade" && policy.rule != "threshold";
}

/// The policies that are scored.
std::vector<DrawnPolicy const*> scored(Author& a) {
  std::vector<DrawnPolicy const*> found;
  Node const* const named = a.now()->find("policies");
  for (DrawnPolicy const& each : a.ground.drawn) {
    bool const is_named =
        named != nullptr && std::ranges::any_of(named->items, [&](Node const& item) { return item.text == each.name; });
    if (is_named) found.push_back(&each);
  }
  return found;
}

int fit_odds(Author& a) {
  return std::ranges::any_of(a.ground.drawn, can_be_fitted) ? 30 : 0;
}

Node first_scored(Author& a, Field const&) {
  a.at = a.date();
  return scalar(a.at);
}

Node last_scored(Author& a, Field const&) {
  return scalar(a.has("from") ? a.dice.between(a.at, a.ground.end) : a.date());
}

Node scored_policies(Author& a, Field const&) {
  Names names;
  for (DrawnPolicy const& each : a.ground.drawn)
    if (can_be_fitted(each)) names.push_back(each.name);
  return list(some(a.dice, names, 3));
}

/// A link is asked for where the rule has none, or policies that are pooled have several.
int link_odds(Author& a) {
  auto const policies = scored(a);
  bool const linear = std::ranges::any_of(policies, [](DrawnPolicy const* each) { return each->rule == "linear"; });
  bool const differ =
      std::ranges::any_of(policies, [&](DrawnPolicy const* each) { return each->rule != policies.front()->rule; });
  return linear || (differ && a.text("pooled") == "true") ? 100 : 35;
}

Node policy_effects(Author& a, Field const&) {
  bool const random = a.text("pooled") == "true" && scored(a).size() > 1 && a.dice.chance(70);
  return scalar(random ? "random" : "fixed");
}

/// Half-lives that are stated.
Names half_lives(Author& a) {
  Names paths;
  for (DrawnPolicy const* const policy : scored(a)) {
    Node const* const mechanisms = policy->node.find("mechanisms");
    if (mechanisms == nullptr) continue;
    for (Node::Entry const& each : mechanisms->entries)
      for (std::string const kind : {"exposure", "competition"})
        if (Node const* const given = each.value.find(kind); given != nullptr && given->find("half_life") != nullptr)
          paths.push_back(fmt::format("policies.{}.mechanisms.{}.{}.half_life", policy->name, each.key, kind));
  }
  return paths;
}

Node profile(Author& a, Field const&) {
  return list({a.dice.pick(half_lives(a))});
}

Node hypotheses(Author& a, Field const&) {
  Names mechanisms;
  for (DrawnPolicy const* const policy : scored(a)) mechanisms = mechanisms + policy->mechanisms;
  Node node = map_node({});
  node.entries.push_back({"none", {}, list({})});
  if (!mechanisms.empty()) node.entries.push_back({"one", {}, list({a.dice.pick(mechanisms)})});
  return node;
}

Node left_out(Author& a, Field const&) {
  return scalar(a.dice.pick(Names{"cities", "years", a.several ? "policies" : "cities"}));
}

Node cross_validation(Author& a, Field const& field) {
  a.several = scored(a).size() > 1;
  return a.section(field.name, field.inside, "scenario.fit.cross_validation");
}

/// Some of either kind: none of both would ask for nothing.
Node nulls(Author& a, Field const&) {
  Node node;
  node.form = Node::Form::map;
  node.entries.push_back({"permutations", {}, scalar(a.dice.between(1, 99))});
  node.entries.push_back({"rewirings", {}, scalar(a.dice.between(0, 99))});
  if (!a.ground.texts.empty()) node.entries.push_back({"within", {}, scalar(a.dice.pick(a.ground.texts))});
  return node;
}

constexpr Row fit_table[] = {
    {"scenario.fit", fit_odds},
    {"scenario.fit.from", nullptr, first_scored},
    {"scenario.fit.until", nullptr, last_scored},
    {"scenario.fit.policies", odds<100>, scored_policies},
    {"scenario.fit.pooled", odds<50>},
    {"scenario.fit.policy_effects", odds<50>, policy_effects},
    {"scenario.fit.link", link_odds},
    {"scenario.fit.profile", [](Author& a) { return half_lives(a).empty() ? 0 : 60; }, profile},
    {"scenario.fit.hypotheses", nullptr, hypotheses},
    {"scenario.fit.cross_validation", nullptr, cross_validation},
    {"scenario.fit.cross_validation.leave", nullptr, left_out},
    {"scenario.fit.dyads", [](Author&) { return 0; }},
    {"scenario.fit.nulls", odds<50>, nulls},
};

}  // namespace

std::span<Row const> fit_rows() {
  return fit_table;
}

}  // namespace hansa::test
