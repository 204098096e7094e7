/// Tests of tell/members_counts.
#include "tell/members_counts.hpp"

#include <limits>

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("of each collaboration members at the end, and when how many pledges were kept") {
  double const none = std::numeric_limits<double>::quiet_NaN();
  Clock const clock{2000, 2002, "year"};
  SharedHistory history;
  history.members = {1, 2, 3, 7, 6, 5};
  CHECK(count_members(history, clock).size() == 2);
  CHECK_FALSE(count_members(history, clock)[1].concluded);
  history.pledges = {none, none, none, 2, 0, 0};
  history.pledged_adoptions = {none, none, none, 0, 4, 0};
  auto const counts = count_members(history, clock);
  CHECK(counts[0].members == 3);
  CHECK_FALSE(counts[0].concluded);
  CHECK(counts[1].members == 5);
  CHECK(counts[1].concluded == 2001);
  CHECK(counts[1].kept == 4);
  CHECK(count_members({}, clock).empty());
}
