/// Laws in force by hand: whom each reaches, from when on, and for good.
#include "run/laws_in_force.hpp"

#include <utility>

#include <doctest/doctest.h>

#include "engine/run/timed_law.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

using Reached = std::vector<std::pair<std::size_t, Index>>;

Reached reached_by(LawsInForce& laws, std::int32_t step) {
  Reached found;
  laws.advance(step, [&](std::size_t law, Index city) { found.emplace_back(law, city); });
  return found;
}

}  // namespace

TEST_CASE("each law reaches each city once, in the order of laws and cities, and keeps it") {
  PolicyModel policy;
  policy.laws.push_back(timed_law("a", Force::mandate, {3, 1, 9, 2}));
  policy.laws.push_back(timed_law("b", Force::bar, {1, 1, 1, 1}));
  policy.laws.push_back(timed_law("c", Force::mandate, {9, 1, 0, 9}));
  Clock const clock{2000, 2009, "year"};
  LawsInForce laws(policy, Force::mandate, clock, 4);
  REQUIRE(laws.size() == 2);
  CHECK(laws.law(1).name == "c");
  for (int replicate = 0; replicate < 2; ++replicate) {
    laws.begin({});
    CHECK_FALSE(laws.reach(1));
    CHECK(reached_by(laws, 0) == Reached{{0, 1}, {1, 1}});
    CHECK((laws.reach(0, 1) && laws.reach(1) && !laws.reach(0, 3)));
    laws.follow(std::vector<Event>{{2, 0, +1}});
    CHECK(reached_by(laws, 1) == Reached{{0, 3}, {1, 2}});
    CHECK(reached_by(laws, 2) == Reached{{0, 0}});
    laws.follow(std::vector<Event>{{2, 0, -1}});
    CHECK(reached_by(laws, 3).empty());
    CHECK((laws.reach(1, 2) && !laws.reach(0, 2)));
  }
  LawsInForce const none({}, Force::mandate, clock, 4);
  CHECK(none.empty());
}

TEST_CASE("no other number of cities than a batch has is lost") {
  PolicyModel policy;
  policy.laws.push_back(timed_law("a", Force::bar, std::vector<std::int32_t>(1000, 1)));
  Clock const clock{2000, 2009, "year"};
  LawsInForce laws(policy, Force::bar, clock, 1000);
  laws.begin({});
  CHECK(reached_by(laws, 0).size() == 1000);
}
