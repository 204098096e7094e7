/// Members by hand: those of the data, those who join besides, and what ends a membership.
#include "world/living_members.hpp"

#include <vector>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

Clock const clock_of_five{2000, 2004, "year"};

std::vector<Index> all_in(LivingMembers const& members) {
  std::vector<Index> found;
  for (Index city = 0; city < 4; ++city)
    if (members.has(city)) found.push_back(city);
  CHECK(static_cast<std::size_t>(members.count()) == found.size());
  return found;
}

using Ids = std::vector<Index>;

}  // namespace

TEST_CASE("members are those of the data, step by step, with what changed") {
  // 0 always; 1 from 2001 to 2002; 2 from 1998 to 2000 and again from 2003; 3 leaves as it comes back.
  Collaboration const club{"club", 1, {{0}, {1, 2001, 2003}, {2, 1998, 2001}, {2, 2003}, {3, 2000, 2002}, {3, 2002}}};
  LivingMembers members(club, clock_of_five, 4);
  for (int again = 0; again < 2; ++again) {
    members.begin();
    CHECK(all_in(members) == Ids{0, 2, 3});
    CHECK(members.moves().empty());
    CHECK(members.since(2) == 1998);
    CHECK(members.since(1) == LivingMembers::outside);
    members.advance(2001);
    CHECK(all_in(members) == Ids{0, 1, 3});
    CHECK(members.moves().size() == 2);
    members.advance(2002);
    CHECK(all_in(members) == Ids{0, 1, 3});
    CHECK(members.moves().size() == 2);  // 3 leaves, and comes back
    CHECK(members.since(3) == 2002);
    members.advance(2003);
    CHECK(all_in(members) == Ids{0, 2, 3});
    CHECK(members.since(2) == 2003);
    members.advance(2004);
    CHECK(members.moves().empty());
    members.advance(2005);
  }
}

TEST_CASE("who joins besides stays, until a spell that began meanwhile ends, it is made to leave, or nothing is left") {
  Collaboration club{"club", 1, {{0}, {1, 2002, 2004}}};
  club.recruits = true;
  club.departures = {{2003, 2}, {2003, 3}};
  LivingMembers members(club, clock_of_five, 4);
  members.begin();
  members.advance(2001);
  for (Index const city : {1u, 2u}) members.join(city, 2001);
  CHECK(all_in(members) == Ids{0, 1, 2});
  CHECK(members.moves().size() == 2);
  members.advance(2002);
  CHECK(members.moves().empty());  // 1 is a member already
  CHECK(members.since(1) == 2001);
  members.advance(2003);
  members.join(3, 2003);  // was none, and was not made to leave
  CHECK(all_in(members) == Ids{0, 1, 3});
  members.advance(2004);
  CHECK(all_in(members) == Ids{0, 3});
  club.dissolved = 2002;
  LivingMembers brief(club, clock_of_five, 4);
  brief.begin();
  brief.advance(2001);
  brief.join(3, 2001);
  CHECK_FALSE(brief.is_dissolved(2001));
  CHECK(brief.is_dissolved(2002));
  brief.advance(2002);
  CHECK(brief.count() == 0);
}
