/// A comparison as a tree.
#include "tell/comparison.hpp"
#include "tell/followers.hpp"
#include "tell/tree.hpp"

namespace hansa {

namespace {

Node luck_node(Luck const& each) {
  return map_node(
      {{"low", number_node(each.low)}, {"median", number_node(each.median)}, {"high", number_node(each.high)}});
}

template <class T>
Node list_of(std::vector<T> const& all, Node (*node)(T const&)) {
  std::vector<Node> items;
  for (T const& each : all) items.push_back(node(each));
  return list_node(std::move(items));
}

Node time_node(TimeTo const& each) {
  return map_node({{"share", number_node(each.share)},
                   {"reached_without", number_node(each.without)},
                   {"reached_with", number_node(each.with)},
                   {"reached_in_both", number_node(each.both)},
                   {"difference", interval_node(each.difference)}});
}

Node group_node(GroupDifference const& each) {
  return map_node({{"attribute", text_node(each.attribute)},
                   {"label", text_node(each.label)},
                   {"cities", number_node(each.cities)},
                   {"without", interval_node(each.without)},
                   {"difference", interval_node(each.difference)}});
}

Node followers_node(Followers const& each, Cities const& cities) {
  if (each.funded.empty()) return {};
  std::vector<Node> funded;
  for (Index const i : each.funded) funded.push_back(text_node(cities.id[i]));
  return map_node({{"funded", list_node(std::move(funded))},
                   {"followers", interval_node(each.followers)},
                   {"deadweight", interval_node(each.deadweight)},
                   {"funded_difference", interval_node(each.funded_more)}});
}

Node cities_node(CityDifferences const& of, Cities const& cities) {
  std::vector<Node> items;
  for (Index const i : cities.input_order) {
    items.push_back(map_node({{"city", text_node(cities.id[i])},
                              {"chance_without", number_node(of.chance_without[i])},
                              {"chance_with", number_node(of.chance_with[i])},
                              {"earlier", number_node(of.earlier[i])},
                              {"later", number_node(of.later[i])},
                              {"only_with", number_node(of.only_with[i])},
                              {"only_without", number_node(of.only_without[i])},
                              {"steps_gained", number_node(of.gained[i])}}));
  }
  return list_node(std::move(items));
}

Node difference_node(PolicyDifference const& each, std::string const& policy, Cities const& cities) {
  return map_node({{"policy", text_node(policy)},
                   {"adopters", list_of(each.adopters, interval_node)},
                   {"adopters_of_runs", list_of(each.luck, luck_node)},
                   {"population_covered", list_of(each.population_covered, interval_node)},
                   {"spending_to_date", list_of(each.paid.spending, interval_node)},
                   {"subsidies_to_date", list_of(each.paid.subsidies, interval_node)},
                   {"cost_per_adopter", interval_node(each.cost_per_adopter)},
                   {"cost_per_follower", interval_node(each.cost_per_follower)},
                   {"time_to", list_of(each.times, time_node)},
                   {"groups", list_of(each.groups, group_node)},
                   {"followers", followers_node(each.followers, cities)},
                   {"reruns", each.reruns ? reruns_node(*each.reruns) : Node()},
                   {"rivals", each.rivals ? rivals_node(*each.rivals) : Node()},
                   {"following", each.following ? following_node(*each.following, cities) : Node()},
                   {"variance_ratio", number_node(each.gain)},
                   {"cities", cities_node(each.cities, cities)}});
}

Node outcome_node(ArmOutcome const& each, std::string const& policy) {
  return map_node({{"policy", text_node(policy)},
                   {"adopters", list_of(each.adopters, interval_node)},
                   {"adopters_of_runs", list_of(each.luck, luck_node)},
                   {"population_covered", list_of(each.population_covered, interval_node)},
                   {"spending_to_date", list_of(each.paid.spending, interval_node)},
                   {"subsidies_to_date", list_of(each.paid.subsidies, interval_node)}});
}

std::string word_of(Strengths strengths) {
  return strengths == Strengths::assumed ? "assumed" : strengths == Strengths::estimated ? "estimated" : "drawn";
}

std::string word_of(Precision precision) {
  switch (precision) {
    case Precision::not_asked:
      return "not_asked";
    case Precision::reached:
      return "reached";
    case Precision::missed:
      return "missed";
    case Precision::nowhere:
      return "nowhere";
  }
  return {};
}

Node lacking_node(Comparison const& comparison, ComparisonFacts const& facts) {
  std::vector<Node> items;
  for (ComparedPair const& each : facts.lacking)
    items.push_back(map_node({{"scenario", text_node(comparison.scenarios[each.what_if + 1])},
                              {"policy", text_node(comparison.policies[each.policy])}}));
  return list_node(std::move(items));
}

}  // namespace

Node comparison_tree(Comparison const& comparison, Cities const& cities, ComparisonFacts const& facts) {
  std::vector<Node> scenarios, what_ifs;
  for (std::size_t k = 0; k < comparison.scenarios.size(); ++k) {
    std::vector<Node> policies;
    for (std::size_t p = 0; p < comparison.policies.size(); ++p)
      policies.push_back(outcome_node(comparison.outcomes[k][p], comparison.policies[p]));
    scenarios.push_back(
        map_node({{"name", text_node(comparison.scenarios[k])}, {"policies", list_node(std::move(policies))}}));
  }
  for (std::size_t k = 0; k < comparison.what_ifs.size(); ++k) {
    WhatIf const& what_if = comparison.what_ifs[k];
    std::vector<Node> policies;
    for (std::size_t p = 0; p < comparison.policies.size(); ++p)
      policies.push_back(difference_node(what_if.policies[p], comparison.policies[p], cities));
    what_ifs.push_back(map_node({{"name", text_node(comparison.scenarios[k + 1])},
                                 {"cost", what_if.cost ? interval_node(*what_if.cost) : Node()},
                                 {"policies", list_node(std::move(policies))}}));
  }
  return map_node(
      {{"replicates", number_node(comparison.replicates)},
       {"failed", number_node(comparison.failed)},
       {"asked", number_node(facts.asked)},
       {"seconds", number_node(facts.seconds)},
       {"start", number_node(std::int64_t{comparison.clock.start})},
       {"end", number_node(std::int64_t{comparison.clock.end})},
       {"strengths", text_node(word_of(facts.strengths))},
       {"draws", number_node(comparison.draws)},
       {"replicates_per_draw", number_node(comparison.per_draw)},
       {"precise", truth_node(facts.precision != Precision::missed && facts.precision != Precision::nowhere)},
       {"precision", text_node(word_of(facts.precision))},
       {"without_measure", lacking_node(comparison, facts)},
       {"scenarios", list_node(std::move(scenarios))},
       {"differences", list_node(std::move(what_ifs))},
       {"file", facts.file.empty() ? Node() : text_node(facts.file)}});
}

}  // namespace hansa
