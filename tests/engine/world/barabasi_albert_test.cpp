/// Preferential attachment.
#include "world/barabasi_albert.hpp"

#include <doctest/doctest.h>

#include "engine/world/draws.hpp"

using namespace hansa;
using namespace hansa::test;

TEST_CASE("a star, and newcomers with m ties each") {
  CHECK(draw_sound(draw_barabasi_albert, {4}, generated(5)) == std::vector<Pair>{{0, 1}, {0, 2}, {0, 3}, {0, 4}});
  Cities const c = generated(200);
  std::vector<Pair> const ties = draw_sound(draw_barabasi_albert, {3}, c);
  CHECK(ties.size() == 3 * 197);
  std::vector<int> as_newcomer(200, 0);
  for (Pair const& tie : ties) ++as_newcomer[tie.target];  // the smaller index first
  for (Index i = 4; i < 200; ++i) CHECK(as_newcomer[i] == 3);
  CHECK(ties == draw_sound(draw_barabasi_albert, {3}, c));
  CHECK(ties != draw_sound(draw_barabasi_albert, {3}, c, 78));
  CHECK(draw_sound(draw_barabasi_albert, {199}, c).size() == 199);
  CHECK(draw_sound(draw_barabasi_albert, {150}, c).size() == 150 * 50);
}

TEST_CASE("directed, newcomers observe those whom they drew") {
  for (Pair const& tie : draw_sound(draw_barabasi_albert, {3}, generated(50), 77, Sense::one_way)) {
    CHECK(tie.source < tie.target);
  }
}

TEST_CASE("cities are drawn in proportion to their ties") {
  // One tie a newcomer. The third city joins either of the first two alike; the fourth joins that one, which has two of
  // the four ends, with probability 1/2, and each of the others with 1/4.
  Cities const c = generated(4);
  int const draws = 4000;
  double first = 0, again = 0, latest = 0;
  for (int draw = 0; draw < draws; ++draw) {
    Complaints complaints;
    PairParts const parts = draw_barabasi_albert({1}, {c, key_of(draw), Sense::both_ways, here, complaints});
    REQUIRE(parts[0].size() == 3);
    first += parts[0][1].source == 0;
    again += parts[0][2].source == parts[0][1].source;
    latest += parts[0][2].source == 2;
  }
  check_count(first, draws, 0.5);
  check_count(again, draws, 0.5);
  check_count(latest, draws, 0.25);
}

TEST_CASE("the few with many ties have them: degrees fall off with the cube") {
  // In a large network the share of cities with k >= m ties is 2 m (m + 1) / (k (k + 1) (k + 2)) (Dorogovtsev, Mendes &
  // Samukhin 2000). Shares of 20,000 cities depend on each other but weakly; bounds at 6 standard deviations.
  std::vector<int> const degrees = degrees_of(draw_sound(draw_barabasi_albert, {2}, generated(20000)), 20000);
  for (int k : {2, 3, 5, 8}) {
    double const share = 12.0 / (k * (k + 1.0) * (k + 2.0));
    double const count = static_cast<double>(std::count(degrees.begin(), degrees.end(), k));
    CAPTURE(k);
    CHECK(std::fabs(count - 20000 * share) < 6 * std::sqrt(20000 * share));
  }
  CHECK(*std::max_element(degrees.begin(), degrees.end()) > 100);
}

TEST_CASE("numbers of ties that cannot be") {
  Cities const c = generated(5);
  Complaints complaints;
  for (std::int64_t m : {0, 5}) {
    CHECK(draw_barabasi_albert({m}, {c, 1, Sense::both_ways, here, complaints}).empty());
  }
  CHECK(mistakes(complaints) ==
        "s.yaml:5:3: 0 ties of each newcomer do not fit among 5 cities, 1 to the number of cities less one was "
        "expected\n"
        "s.yaml:5:3: 5 ties of each newcomer do not fit among 5 cities, 1 to the number of cities less one was "
        "expected\n");
}
