/// A comparison made by hand: two policies in two scenarios over five steps, the second one funded, for tests of its
/// file.
#pragma once

#include <string>
#include <vector>

#include "measures/comparison.hpp"

namespace hansa::test {

inline PolicyDifference difference_of(Index cities, double tag) {
  PolicyDifference made;
  for (int t = 0; t < 5; ++t) {
    made.adopters.push_back({tag + t, tag + t - 0.5, tag + t + 0.5});
    made.luck.push_back({tag, tag + 1, tag + 2});
  }
  for (double const share : {0.25, 0.5, 0.75}) made.times.push_back({share, 2, 2, 1, {-tag, -tag - 1, -tag + 1}});
  made.groups = {{"region", "Nord", 3, {1, 0, 2}, {tag, 0, 1}}, {"region", "Süd", 2, {1, 0, 2}, {2 * tag, 0, 1}}};
  CityDifferences& of = made.cities;
  for (auto* column :
       {&of.chance_without, &of.chance_with, &of.earlier, &of.later, &of.only_with, &of.only_without, &of.gained})
    column->assign(cities, 0.0);
  for (Index i = 0; i < cities; ++i) of.chance_with[i] = tag + 0.01 * i;
  made.gain = 7 + tag;
  made.cost_per_adopter = {3 + tag, 3, 4};
  made.cost_per_follower = {5 + tag, 5, 6};
  return made;
}

inline Comparison comparison_of(Index cities) {
  Comparison made;
  made.scenarios = {"base", "more"};
  made.policies = {"led", "trams"};
  made.clock = {2000, 2004, "year"};
  made.cities = cities;
  made.replicates = 2;
  ArmOutcome outcome;
  outcome.adopters.assign(5, {1, 0, 2});
  outcome.luck.assign(5, {0, 1, 2});
  made.outcomes.assign(2, {outcome, outcome});
  made.what_ifs.emplace_back().policies = {difference_of(cities, 0.25), difference_of(cities, 0.5)};
  made.what_ifs[0].cost = {12.5, 12, 13.5};
  PolicyDifference& funded = made.what_ifs[0].policies[1];
  funded.followers = {{1, 4}, {1, 0, 2}, {3, 2, 4}, {5, 4, 6}};
  Reruns& reruns = funded.reruns.emplace();
  reruns.replicates = 2;
  reruns.failed = 1;
  reruns.kinds = {{{1, 1}, {1, 1}, {1, 1}, {1, 1}, {3, 2}, {2, 2}, {2, 2}}};
  reruns.left_out = {{"random choice 2", "replicate 1: no"}};
  Rivals& rivals = funded.rivals.emplace();
  rivals = {2, {5, 4, 6}, {{1, 0, 2}, {6, 5, 7}}, 0.5, {8, 7, 9}, {2, 1, 3}};
  Following& following = funded.following.emplace();
  following = {2, {"c00001", "c00004"}, {{1, 0, 2}, {2, 1, 3}}, {{0, 0, 0}, {1, 1, 1}}, {}, {}};
  for (Index k = 0; k < 2 * cities; ++k) following.changed_alone.push_back(0.001F * static_cast<float>(k));
  following.changed_added.assign(2 * cities, 0.5F);
  return made;
}

/// The same where parameters were drawn.
inline Comparison drawn_comparison_of(Index cities) {
  Comparison made = comparison_of(cities);
  made.draws = 1;
  made.per_draw = 2;
  for (auto& policies : made.outcomes)
    for (ArmOutcome& each : policies)
      for (Interval& of : each.adopters) of.draws = BetweenDraws{0.5, 1, 1.5, 0.25, 0.125};
  for (PolicyDifference& each : made.what_ifs[0].policies) {
    for (Interval& of : each.adopters) of.draws = BetweenDraws{of.mean - 1, of.mean, of.mean + 2, 0.5, 0.0625};
    for (GroupDifference& of : each.groups) of.difference.draws = BetweenDraws{0, 0.25, 1, 0.75, 0.25};
  }
  made.what_ifs[0].policies[1].followers.followers.draws = BetweenDraws{4, 5, 6, 0.5, 0.125};
  return made;
}

}  // namespace hansa::test
