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
  made.groups = {{"region", "Nord", 10, {1, 0, 2}, {tag, 0, 1}}, {"region", "Süd", 9, {1, 0, 2}, {2 * tag, 0, 1}}};
  CityDifferences& of = made.cities;
  for (auto* column :
       {&of.chance_without, &of.chance_with, &of.earlier, &of.later, &of.only_with, &of.only_without, &of.gained})
    column->assign(cities, 0.0);
  for (Index i = 0; i < cities; ++i) of.chance_with[i] = tag + 0.01 * i;
  made.gain = 7 + tag;
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
  made.what_ifs[0].cost = 12.5;
  PolicyDifference& funded = made.what_ifs[0].policies[1];
  funded.followers = {{1, 4}, {1, 0, 2}, {3, 2, 4}, {5, 4, 6}};
  Rivals& rivals = funded.rivals.emplace();
  rivals = {2, {5, 4, 6}, {{1, 0, 2}, {6, 5, 7}}, 0.5, {8, 7, 9}, {2, 1, 3}};
  Following& following = funded.following.emplace();
  following = {2, {"c00001", "c00004"}, {{1, 0, 2}, {2, 1, 3}}, {{0, 0, 0}, {1, 1, 1}}, {}, {}};
  for (Index k = 0; k < 2 * cities; ++k) following.changed_alone.push_back(0.001F * static_cast<float>(k));
  following.changed_added.assign(2 * cities, 0.5F);
  return made;
}

}  // namespace hansa::test
