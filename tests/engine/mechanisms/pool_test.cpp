/// Counters of pools against plain counting, through adoptions, departures and changes of membership.
#include "mechanisms/pool.hpp"

#include <doctest/doctest.h>

#include "three_cities.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

struct Counting {
  ThreeCities three;
  Clock clock{2000, 2005, "year"};
  PolicySpec policy;
  Complaints complaints;
  PoolCount pool;
  PoolCount::Counts counts;

  Counting(Pool of, Counted counted) : pool(made(of, counted)) { pool.reset(counts); }
  PoolCount made(Pool const& of, Counted counted) {
    return *PoolCount::make(of, counted, {three.world(), clock, policy}, complaints);
  }
  void apply(std::vector<Event> const& events) {
    std::vector<std::uint8_t> flags(3, 0);
    std::vector<Index> list(64);
    Touched touched{list.data(), flags.data(), 0, false};
    pool.apply(counts, events, touched);
  }
  void advance(std::int32_t label) {
    std::vector<std::uint8_t> flags(3, 0);
    std::vector<Index> list(64);
    Touched touched{list.data(), flags.data(), 0, false};
    pool.advance(counts, {label - 1999, label}, touched);
  }
};

}  // namespace

TEST_CASE("current adopters fall again, episodes do not") {
  Counting current({Pool::Of::all, {}}, Counted::current);
  Counting episodes({Pool::Of::all, {}}, Counted::episodes);
  for (Counting* each : {&current, &episodes}) {
    each->apply({adopts(a), adopts(b)});
    each->apply({leaves(a)});
    each->apply({adopts(a)});
  }
  CHECK(current.pool.adopters(current.counts, c) == 2);
  CHECK(episodes.pool.adopters(episodes.counts, c) == 3);
  CHECK(current.pool.others(current.counts, c) == 2);
  CHECK(current.pool.uniform());
}

TEST_CASE("an attribute's groups, and a city without a value in none") {
  Counting counting({Pool::Of::attribute, {"country", {}}}, Counted::current);
  counting.apply({adopts(a), adopts(c)});
  CHECK(counting.pool.adopters(counting.counts, b) == 1);
  CHECK(counting.pool.others(counting.counts, b) == 1);
  CHECK(counting.pool.others(counting.counts, c) == 0);
  CHECK_FALSE(counting.pool.uniform());
}

TEST_CASE("members count from the step they join to the one before they leave") {
  Counting counting({Pool::Of::collaboration, {"club", {}}}, Counted::current);
  counting.apply({adopts(c)});
  CHECK(counting.pool.adopters(counting.counts, a) == 0);
  CHECK(counting.pool.adopters(counting.counts, c) == 0);
  counting.advance(2000);
  CHECK(counting.pool.others(counting.counts, a) == 1);
  counting.advance(2001);  // c is a member of the step 2002
  CHECK(counting.pool.adopters(counting.counts, a) == 1);
  CHECK(counting.pool.others(counting.counts, a) == 2);
}

TEST_CASE("in-neighbours are counted per city") {
  Counting counting({Pool::Of::network, {"ties", {}}}, Counted::current);
  CHECK(counting.pool.per_city());
  counting.apply({adopts(a), adopts(b)});
  CHECK(counting.pool.adopters(counting.counts, c) == 2);
  CHECK(counting.pool.adopters(counting.counts, b) == 1);
  CHECK(counting.pool.others(counting.counts, c) == 2);
}

TEST_CASE("an adopter's own adoption is left out where it is in the pool that it sees") {
  for (Counted const counted : {Counted::current, Counted::episodes}) {
    Counting all({Pool::Of::all, {}}, counted), country({Pool::Of::country, {}}, counted),
        ties({Pool::Of::network, {"ties", {}}}, counted), club({Pool::Of::collaboration, {"club", {}}}, counted);
    for (Counting* each : {&all, &country, &ties, &club}) each->apply({adopts(a), adopts(c)});
    CHECK(all.pool.adopters_beside(all.counts, a) == 1);
    CHECK(country.pool.adopters_beside(country.counts, c) == 0);
    CHECK(ties.pool.adopters_beside(ties.counts, c) == 1);  // a; nobody observes itself
    CHECK(club.pool.adopters_beside(club.counts, a) == 0);
    CHECK(club.pool.adopters_beside(club.counts, c) == 0);  // no member before 2002
    club.advance(2001);
    CHECK(club.pool.adopters_beside(club.counts, a) == 1);
    CHECK(club.pool.adopters_beside(club.counts, c) == 1);
  }
}

TEST_CASE("who joins a collaboration within the run is in its pool from then on") {
  ThreeCities three;
  RecruitingClub club(three);
  auto const term = three.make("log_adopters", [] {
    Parameters p;
    p.set("pool", Pool{Pool::Of::collaboration, {"club", {}}}, {});
    return p;
  }());
  Driven driven(*term);
  driven.begin(club.outset());
  driven.step(1999, {adopts(c)});
  CHECK(driven.value(a) == 0);
  club.advance(2001);
  driven.step(2000, {});
  CHECK(driven.value(a) == doctest::Approx(std::log(2)).epsilon(1e-14));
  CHECK(driven.touched(a));
  CHECK(driven.touched(b));
  club.advance(2002);
  driven.step(2001, {leaves(c)});
  CHECK(driven.value(b) == 0);
}
