/// Rings and small worlds.
#include "world/watts_strogatz.hpp"

#include <doctest/doctest.h>

#include "engine/world/draws.hpp"

using namespace hansa;
using namespace hansa::test;

TEST_CASE("without rewiring, cities stand in a ring in order of their ids") {
  Cities const c = generated(7);
  std::vector<Pair> const ring = draw_sound(draw_watts_strogatz, {4, 0}, c);
  CHECK(ring.size() == 14);
  for (Index i = 0; i < 7; ++i) {
    for (Index step : {1, 2}) {
      Pair const tie{std::min(i, (i + step) % 7), std::max(i, (i + step) % 7)};
      CHECK(std::binary_search(ring.begin(), ring.end(), tie));
    }
  }
  std::vector<Pair> const directed = draw_sound(draw_watts_strogatz, {4, 0}, c, 1, Sense::one_way);
  CHECK(directed.size() == 28);
  CHECK(directed.front() == Pair{0, 1});
}

TEST_CASE("rewiring keeps the number of ties and their near ends") {
  Cities const c = generated(300);
  std::vector<Pair> const ring = draw_sound(draw_watts_strogatz, {10, 0}, c);
  std::vector<Pair> const some = draw_sound(draw_watts_strogatz, {10, 0.2}, c);
  CHECK(some.size() == 1500);
  std::vector<Pair> kept;
  std::set_intersection(ring.begin(), ring.end(), some.begin(), some.end(), std::back_inserter(kept));
  // A rewired tie can also land on a place of the ring whose tie was rewired before: 1 in 1,000 of 300.
  check_count(static_cast<double>(1500 - kept.size()), 1500, 0.2 * 0.999);
  for (int degree : degrees_of(some, 300)) CHECK(degree >= 5);
  CHECK(some == draw_sound(draw_watts_strogatz, {10, 0.2}, c));
  CHECK(some != draw_sound(draw_watts_strogatz, {10, 0.2}, c, 78));
  std::vector<int> observed(300, 0);
  for (Pair const& tie : draw_sound(draw_watts_strogatz, {10, 0.7}, c, 77, Sense::one_way)) ++observed[tie.target];
  CHECK(std::all_of(observed.begin(), observed.end(), [](int count) { return count == 10; }));
}

TEST_CASE("a far end is any city that the near end is not tied to") {
  // The first tie of the first of five cities leads to the second; rewired, to the third or fourth, since the fifth is
  // tied to it from the other side. Later rewirings bring ties of others, which have the larger index first here.
  Cities const c = generated(5);
  int const draws = 4000;
  std::vector<int> far(5, 0);
  for (int draw = 0; draw < draws; ++draw) {
    Complaints complaints;
    PairParts const parts = draw_watts_strogatz({2, 0.6}, {c, key_of(draw), Sense::both_ways, here, complaints});
    CHECK(parts[0][0].target == 0);
    ++far[parts[0][0].source];
  }
  check_count(far[1], draws, 0.4);
  check_count(far[2], draws, 0.3);
  check_count(far[3], draws, 0.3);
  CHECK(far[4] == 0);
}

TEST_CASE("dense rings: nobody is tied to all others twice") {
  Cities const c = generated(101);
  CHECK(draw_sound(draw_watts_strogatz, {100, 1}, c).size() == 5050);
  CHECK(draw_sound(draw_watts_strogatz, {98, 1}, c).size() == 4949);
  CHECK(draw_sound(draw_watts_strogatz, {98, 1}, c, 3, Sense::one_way).size() == 9898);
  CHECK(draw_sound(draw_watts_strogatz, {8, 1}, generated(10)).size() == 40);
  CHECK(draw_sound(draw_watts_strogatz, {2, 1}, generated(3)).size() == 3);
}

TEST_CASE("rings that cannot be") {
  Cities const c = generated(10);
  Complaints complaints;
  Drawing const drawing{c, 1, Sense::both_ways, here, complaints};
  for (WattsStrogatzTies const& spec : {WattsStrogatzTies{5, 0}, {10, 0}, {0, 0}, {4, 1.5}}) {
    CHECK(draw_watts_strogatz(spec, drawing).empty());
  }
  CHECK(mistakes(complaints) ==
        "s.yaml:5:3: a ring of 10 cities has no room for this degree, an even number below the number of cities was "
        "expected\n"
        "s.yaml:5:3: the degree of a ring is not an even number, 2, 4, 6, … was expected: half of it on either side\n"
        "s.yaml:5:3: the degree of a ring is not an even number, 2, 4, 6, … was expected: half of it on either side\n"
        "s.yaml:5:3: the probability of rewiring lies outside 0 to 1, a number from 0 to 1 was expected\n");
}
