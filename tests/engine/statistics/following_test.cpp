/// Tests of statistics/following: by hand on three cities.
#include "statistics/following.hpp"

#include <doctest/doctest.h>

#include "engine/statistics/three_cities.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

using Of = FollowingStatistic::Of;

FollowingStatistic asked(Of of, std::int32_t periods, std::optional<double> discount = {}, bool relative = false) {
  return {of, {"road", {}}, periods, discount, relative};
}

}  // namespace

TEST_CASE("infection is the discounted share of observers that follow") {
  Adoptions const all = adopted_in({2001, 2002, 2003}, 3);
  TieRows const observers = all_rows(three_ties(), TieSense::observers);
  // a: b after one step of {b, c}; b: c of {c}; c: nobody is left
  CHECK(following(all, observers, asked(Of::infection, 1)) == std::vector<double>{0.5, 1, 0});
  // two steps: (1 + 1/2) over (2 + 1/2); with d = 2 the same; with 4: (1 + 1/4) over (2 + 1/4)
  CHECK(following(all, observers, asked(Of::infection, 2))[0] == doctest::Approx(1.5 / 2.5));
  CHECK(following(all, observers, asked(Of::infection, 2, 4.0))[0] == doctest::Approx(1.25 / 2.25));
  CHECK(following(all, observers, asked(Of::infection, 2, {}, true))[0] == doctest::Approx(1.5 / 2.5 / 1.5));
}

TEST_CASE("susceptibility is the discounted share of those observed that came just before") {
  Adoptions const all = adopted_in({2001, 2002, 2003}, 3);
  TieRows const observed = all_rows(three_ties());
  CHECK(following(all, observed, asked(Of::susceptibility, 1)) == std::vector<double>{0, 1, 0.5});
  CHECK(following(all, observed, asked(Of::susceptibility, 2))[2] == doctest::Approx(1.5 / 2.5));
}

TEST_CASE("who never adopts is missing and counts nowhere") {
  Adoptions const some = adopted_in({2001, not_in_time, 2002}, 3);
  std::vector<double> const found = following(some, all_rows(three_ties()), asked(Of::susceptibility, 1));
  CHECK(found[0] == 0);
  CHECK(std::isnan(found[1]));
  CHECK(found[2] == 1);  // b, which it observes too, is not below the line
  std::vector<double> const ahead =
      following(some, all_rows(three_ties(), TieSense::observers), asked(Of::infection, 1));
  CHECK(ahead[0] == 1);
}
