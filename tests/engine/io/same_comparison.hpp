/// Whether two comparisons have the same numbers, missing ones included.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "measures/comparison.hpp"

namespace hansa::test {

inline bool same(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}
inline bool same(Interval const& a, Interval const& b) {
  bool const means = same(a.mean, b.mean) && same(a.low, b.low) && same(a.high, b.high);
  if (!means || a.draws.has_value() != b.draws.has_value()) return false;
  if (!a.draws) return true;
  return same(a.draws->low, b.draws->low) && same(a.draws->median, b.draws->median) &&
         same(a.draws->high, b.draws->high) && same(a.draws->share, b.draws->share) &&
         same(a.draws->share_error, b.draws->share_error);
}
inline bool same(Luck const& a, Luck const& b) {
  return same(a.low, b.low) && same(a.median, b.median) && same(a.high, b.high);
}
inline bool same(TimeTo const& a, TimeTo const& b) {
  return a.share == b.share && a.without == b.without && a.with == b.with && a.both == b.both &&
         same(a.difference, b.difference);
}
inline bool same(GroupDifference const& a, GroupDifference const& b) {
  return a.attribute == b.attribute && a.label == b.label && a.cities == b.cities && same(a.without, b.without) &&
         same(a.difference, b.difference);
}
template <class Of>
bool same(std::vector<Of> const& a, std::vector<Of> const& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](Of const& x, Of const& y) { return same(x, y); });
}

inline bool same(PaidToDate const& a, PaidToDate const& b) {
  return same(a.spending, b.spending) && same(a.subsidies, b.subsidies);
}

inline void check_same(PolicyDifference const& a, PolicyDifference const& b) {
  CHECK(same(a.adopters, b.adopters));
  CHECK(same(a.luck, b.luck));
  CHECK(same(a.population_covered, b.population_covered));
  CHECK(same(a.paid, b.paid));
  CHECK(same(a.cost_per_adopter, b.cost_per_adopter));
  CHECK(same(a.cost_per_follower, b.cost_per_follower));
  CHECK(same(a.times, b.times));
  CHECK(same(a.groups, b.groups));
  CHECK(a.followers.funded == b.followers.funded);
  CHECK(same(a.followers.deadweight, b.followers.deadweight));
  CHECK(same(a.followers.funded_more, b.followers.funded_more));
  CHECK(same(a.followers.followers, b.followers.followers));
  CHECK(a.cities.chance_without == b.cities.chance_without);
  CHECK(a.cities.chance_with == b.cities.chance_with);
  CHECK(a.cities.earlier == b.cities.earlier);
  CHECK(a.cities.later == b.cities.later);
  CHECK(a.cities.only_with == b.cities.only_with);
  CHECK(a.cities.only_without == b.cities.only_without);
  CHECK(a.cities.gained == b.cities.gained);
  CHECK(same(a.gain, b.gain));
  REQUIRE(a.reruns.has_value() == b.reruns.has_value());
  if (a.reruns) {
    CHECK(a.reruns->replicates == b.reruns->replicates);
    CHECK(a.reruns->failed == b.reruns->failed);
    CHECK(a.reruns->kinds == b.reruns->kinds);
    CHECK(a.reruns->none == b.reruns->none);
    REQUIRE(a.reruns->left_out.size() == b.reruns->left_out.size());
    for (std::size_t k = 0; k < a.reruns->left_out.size(); ++k) {
      CHECK(a.reruns->left_out[k].rerun == b.reruns->left_out[k].rerun);
      CHECK(a.reruns->left_out[k].why == b.reruns->left_out[k].why);
    }
  }
  REQUIRE(a.rivals.has_value() == b.rivals.has_value());
  if (a.rivals) {
    CHECK(same(a.rivals->chosen, b.rivals->chosen));
    CHECK(same(a.rivals->best_connected, b.rivals->best_connected));
    CHECK(same(a.rivals->most_inclined, b.rivals->most_inclined));
    CHECK(same(a.rivals->random, b.rivals->random));
    CHECK(a.rivals->replicates == b.rivals->replicates);
    CHECK(same(a.rivals->beaten, b.rivals->beaten));
  }
  REQUIRE(a.following.has_value() == b.following.has_value());
  if (a.following) {
    CHECK(a.following->replicates == b.following->replicates);
    CHECK(a.following->groups == b.following->groups);
    CHECK(same(a.following->alone, b.following->alone));
    CHECK(same(a.following->added, b.following->added));
    CHECK(a.following->changed_alone == b.following->changed_alone);
    CHECK(a.following->changed_added == b.following->changed_added);
  }
}

inline void check_same(Comparison const& a, Comparison const& b) {
  CHECK(a.scenarios == b.scenarios);
  CHECK(a.policies == b.policies);
  CHECK(a.clock.start == b.clock.start);
  CHECK(a.clock.end == b.clock.end);
  CHECK(a.clock.unit == b.clock.unit);
  CHECK(a.cities == b.cities);
  CHECK(a.replicates == b.replicates);
  CHECK(a.failed == b.failed);
  CHECK(a.draws == b.draws);
  CHECK(a.per_draw == b.per_draw);
  REQUIRE(a.outcomes.size() == b.outcomes.size());
  for (std::size_t s = 0; s < a.outcomes.size(); ++s) {
    REQUIRE(a.outcomes[s].size() == b.outcomes[s].size());
    for (std::size_t p = 0; p < a.outcomes[s].size(); ++p) {
      CHECK(same(a.outcomes[s][p].adopters, b.outcomes[s][p].adopters));
      CHECK(same(a.outcomes[s][p].luck, b.outcomes[s][p].luck));
      CHECK(same(a.outcomes[s][p].population_covered, b.outcomes[s][p].population_covered));
      CHECK(same(a.outcomes[s][p].paid, b.outcomes[s][p].paid));
    }
  }
  REQUIRE(a.what_ifs.size() == b.what_ifs.size());
  for (std::size_t k = 0; k < a.what_ifs.size(); ++k) {
    REQUIRE(a.what_ifs[k].cost.has_value() == b.what_ifs[k].cost.has_value());
    if (a.what_ifs[k].cost) CHECK(same(*a.what_ifs[k].cost, *b.what_ifs[k].cost));
    REQUIRE(a.what_ifs[k].policies.size() == b.what_ifs[k].policies.size());
    for (std::size_t p = 0; p < a.what_ifs[k].policies.size(); ++p)
      check_same(a.what_ifs[k].policies[p], b.what_ifs[k].policies[p]);
  }
}

}  // namespace hansa::test
