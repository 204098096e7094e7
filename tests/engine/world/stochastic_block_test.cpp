/// Ties within and between groups.
#include "world/stochastic_block.hpp"

#include <doctest/doctest.h>

#include "engine/world/draws.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

/// `big` in A, 3 in B, 1 in C, 1 in none, interleaved.
Cities grouped(int big = 4) {
  std::string text = "id,g\nb1,B\nb2,B\nb3,B\nc,C\nnone,\n";
  for (int i = 0; i < big; ++i) text += "a" + std::to_string(i) + ",A\n";
  Complaints complaints;
  return cities(text, complaints);
}

StochasticBlockTies blocks(decltype(StochasticBlockTies::probability) probability) {
  return {reference("g"), std::move(probability)};
}

}  // namespace

TEST_CASE("certain ties: complete groups, and all between two groups") {
  Cities const c = grouped();  // a0 … a3, b1 … b3, c, none
  CHECK(draw_sound(draw_stochastic_block, blocks({{"A", {{"A", 1}}}}), c) ==
        std::vector<Pair>{{0, 1}, {0, 2}, {0, 3}, {1, 2}, {1, 3}, {2, 3}});
  CHECK(draw_sound(draw_stochastic_block, blocks({{"B", {{"C", 1}}}, {"C", {{"C", 1}}}}), c) ==
        std::vector<Pair>{{4, 7}, {5, 7}, {6, 7}});
  CHECK(draw_sound(draw_stochastic_block, blocks({{"B", {{"B", 1}}}}), c, 1, Sense::one_way).size() == 6);
  CHECK(draw_sound(draw_stochastic_block, blocks({{"A", {{"B", 0}}}}), c).empty());
}

TEST_CASE("directed: the first group observes the second; a missing pair takes its mirror") {
  Cities const c = grouped();
  // B observes A for certain, A observes B never.
  std::vector<Pair> const one =
      draw_sound(draw_stochastic_block, blocks({{"B", {{"A", 1}}}, {"A", {{"B", 0}}}}), c, 1, Sense::one_way);
  CHECK(one.size() == 12);
  for (Pair const& tie : one) CHECK((tie.source < 4 && tie.target >= 4));
  CHECK(draw_sound(draw_stochastic_block, blocks({{"B", {{"A", 1}}}}), c, 1, Sense::one_way).size() == 24);
}

TEST_CASE("each pair has its probability, alike and independently") {
  Cities const c = grouped();
  int const draws = 3000;
  StochasticBlockTies const spec = blocks({{"A", {{"A", 0.3}, {"B", 0.1}}}, {"B", {{"B", 0.6}}}});
  for (Sense sense : {Sense::both_ways, Sense::one_way}) {
    std::map<Pair, int> count;
    for (int draw = 0; draw < draws; ++draw) {
      for (Pair const& tie : draw_sound(draw_stochastic_block, spec, c, key_of(draw), sense)) ++count[tie];
    }
    CHECK(count.size() == (sense == Sense::both_ways ? 6 + 12 + 3 : 12 + 24 + 6));
    for (auto const& [tie, times] : count) {
      bool const inner = (tie.source < 4) == (tie.target < 4);
      check_count(times, draws, !inner ? 0.1 : tie.source < 4 ? 0.3 : 0.6);
    }
  }
}

TEST_CASE("large groups are drawn in pieces, the same on any number of threads") {
  Cities const c = grouped(20000);
  StochasticBlockTies const spec = blocks({{"A", {{"A", 0.0005}}}});
  std::vector<Pair> const ties = draw_sound(draw_stochastic_block, spec, c);
  check_count(static_cast<double>(ties.size()), 20000.0 * 19999 / 2, 0.0005);
  double late = 0;
  for (Pair const& tie : ties) late += tie.source >= 10000;
  check_count(late, static_cast<double>(ties.size()), 0.25 - 0.25 / 20000);
  CHECK(ties == draw_sound(draw_stochastic_block, spec, c, 77, Sense::both_ways, 3));
  CHECK(ties != draw_sound(draw_stochastic_block, spec, c, 78));
}

TEST_CASE("groups that are none, probabilities that differ, attributes that are no text") {
  Complaints complaints;
  Cities const c = cities("id,g,size\nx,A,1\ny,B,2\n", complaints);
  Drawing const drawing{c, 1, Sense::both_ways, here, complaints};
  (void)draw_stochastic_block(blocks({{"A", {{"Bb", 0.5}}}, {"K", {{"A", 0.5}}}}), drawing);
  (void)draw_stochastic_block(blocks({{"A", {{"B", 0.5}}}, {"B", {{"A", 0.4}}}}), drawing);
  (void)draw_stochastic_block({reference("size"), {}}, drawing);
  CHECK(mistakes(complaints) ==
        "s.yaml:7:3: 'Bb' is no value of attribute 'g' (probability), one of A, B was expected; did you mean 'B'?\n"
        "s.yaml:7:3: 'K' is no value of attribute 'g' (probability), one of A, B was expected\n"
        "s.yaml:7:3: attribute 'size' is numeric (stochastic_block), a text attribute was expected (bins make one of "
        "numbers)\n"
        "s.yaml:7:3: ties between 'A' and 'B' are undirected, but have two probabilities, one number, or `directed: "
        "true`, was expected\n");
}
