/// Ties that gain and lose strength, by hand.
#include "world/living_ties.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

constexpr std::int32_t steps = 10;

/// b observes a (weight 1); c observes a (1) and b (3).
NetworkLayer three_ties() {
  Complaints complaints;
  return make_layer("ties", {{0, 1, 1}, {0, 2, 1}, {1, 2, 3}}, 3, {}, complaints);
}

DynamicsSpec dynamics(double decay, double reinforce, double floor) {
  return {decay, reinforce, floor, {}, {}};
}

LivingTies living(DynamicsSpec const& spec, NetworkLayer const& layer) {
  LivingTies ties(spec, steps);
  ties.begin(layer);
  return ties;
}

double share(Strength strength) {
  return static_cast<double>(strength) / 0x1p63;
}

/// Of all ties, by source, then target.
std::vector<double> strengths(LivingTies const& ties, std::int32_t step) {
  std::vector<double> found;
  ties.for_each([&](std::uint32_t tie) { found.push_back(share(ties.strength(tie, step))); });
  return found;
}

}  // namespace

TEST_CASE("strength decays, and use restores what is lacking") {
  NetworkLayer const layer = three_ties();
  LivingTies ties = living(dynamics(0.5, 0.5, 0), layer);
  CHECK(strengths(ties, 0) == std::vector<double>{1, 1, 1});
  ties.open();
  ties.close(1);
  CHECK(ties.moves().empty());
  CHECK(strengths(ties, 1) == std::vector<double>{0.5, 0.5, 0.5});
  ties.open();
  ties.use(2, 1, 2, 2, 2);  // 0.25 -> 1 - 0.75 / 4
  ties.close(2);
  REQUIRE(ties.moves().size() == 1);
  TieMove const& move = ties.moves()[0];
  CHECK((move.source == 1 && move.target == 2 && move.weight == 3));
  CHECK((share(move.before) == 0.25 && share(move.after) == 0.8125));
  CHECK(strengths(ties, 2) == std::vector<double>{0.25, 0.25, 0.8125});
  CHECK(strengths(ties, 4) == std::vector<double>{0.0625, 0.0625, 0.203125});
  CHECK((ties.later(1024, 2, 3) == 512 && ties.later(1024, 1, 4) == 128 && ties.share_left(1, 4) == 0.125));
  ties.begin(layer);
  CHECK(strengths(ties, 0) == std::vector<double>{1, 1, 1});
}

TEST_CASE("what is weaker than the floor is gone for good") {
  NetworkLayer const layer = three_ties();
  LivingTies ties = living(dynamics(0.5, 1, 0.25), layer);
  for (std::int32_t t = 1; t <= 3; ++t) {
    ties.open();
    if (t == 2) ties.use(0, 0, 1, 1, t);
    ties.close(t);
    if (t < 3) CHECK(strengths(ties, t).size() == 3);  // 0.25 is not below the floor
  }
  CHECK(ties.moves().size() == 2);
  CHECK(ties.moves()[0].after == 0);
  CHECK(strengths(ties, 3) == std::vector<double>{0.5});
  CHECK(ties.in_weight(1) == 1);
  CHECK(ties.in_weight(2) == 0);
  CHECK((ties.has(0, 1) && !ties.has(0, 2) && !ties.has(1, 2)));
  for (std::int32_t t = 4; t <= 5; ++t) {
    ties.open();
    ties.close(t);
  }
  CHECK(strengths(ties, 5).empty());
}

TEST_CASE("new ties weigh 1 and begin at full strength, once") {
  NetworkLayer const layer = three_ties();
  LivingTies ties = living(dynamics(0.1, 0, 0), layer);
  ties.open();
  ties.add(2, 0, 1);
  ties.add(2, 0, 1);
  ties.add(0, 1, 1);  // is there
  ties.close(1);
  REQUIRE(ties.moves().size() == 1);
  CHECK((ties.moves()[0].before == 0 && ties.moves()[0].after == full_strength && ties.moves()[0].weight == 1));
  CHECK(ties.has(2, 0));
  CHECK(ties.in_weight(0) == 1);
  std::vector<Index> targets;
  ties.for_each_target(2, [&](std::uint32_t, Index target, std::uint32_t) { targets.push_back(target); });
  CHECK(targets == std::vector<Index>{0});
  ties.begin(layer);
  CHECK_FALSE(ties.has(2, 0));
}

TEST_CASE("visits are refused where a tie of weight 1 does not fit beside the others, or vanishes") {
  DynamicsSpec visited = dynamics(0.1, 0, 0);
  visited.visits = VisitsSpec{};
  for (double const weight : {0.003 + 1e-9, 4e14}) {
    Complaints complaints;
    NetworkLayer const layer = make_layer("ties", {{0, 1, weight}}, 2, {}, complaints);
    CHECK_THROWS_AS(living(visited, layer), Error);
    CHECK_NOTHROW(living(dynamics(0.1, 0, 0), layer));
  }
  Complaints complaints;
  NetworkLayer const small = make_layer("ties", {{0, 1, 0.005 + 1e-9}}, 2, {}, complaints);
  LivingTies ties = living(visited, small);
  CHECK(LivingTies::one(small) * small.unit == doctest::Approx(1));
}

TEST_CASE("dated ties begin at full strength and end on their dates") {
  NetworkLayer layer = three_ties();
  layer.from = {1, 3, 1};
  layer.until = {2, for_ever, for_ever};
  layer.in_weight = {0, 1, 3};
  LivingTies ties = living(dynamics(0.5, 0, 0), layer);
  CHECK((ties.has(0, 1) && !ties.has(0, 2)));
  for (std::int32_t t = 1; t <= 2; ++t) {
    ties.open();
    ties.close(t);
  }
  CHECK((!ties.has(0, 1) && ties.has(0, 2)));
  CHECK(strengths(ties, 2) == std::vector<double>{1, 0.25});
  CHECK((ties.in_weight(1) == 0 && ties.in_weight(2) == 4));
}

TEST_CASE("sums that lose what ties lose end where the ties do") {
  NetworkLayer const layer = three_ties();
  for (double const decay : {0.01, 0.1, 0.37, 0.9}) {
    LivingTies const ties = living(dynamics(decay, 0, 0), layer);
    for (std::int32_t t = 1; t <= steps; ++t) {
      std::uint64_t const sum = ties.later(ties.later(full_strength, 0, t / 2), t / 2, t);
      std::uint64_t const one = ties.strength(0, t);
      CHECK(std::max(sum, one) - std::min(sum, one) <= 2u * static_cast<unsigned>(t));
      CHECK(share(one) == doctest::Approx(std::pow(1 - decay, t)).epsilon(1e-12));
    }
  }
}

TEST_CASE("other dynamics go on from what the ties have come to") {
  NetworkLayer const layer = three_ties();
  LivingTies ties = living(dynamics(0.5, 0, 0), layer);
  for (std::int32_t step = 1; step <= 2; ++step) {
    ties.open();
    ties.close(step);
  }
  ties.take(dynamics(0, 1, 0.5), 3);
  CHECK(strengths(ties, 2) == std::vector<double>{0.25, 0.25, 0.25});
  CHECK((ties.later(1024, 1, 2) == 512 && ties.later(1024, 2, 3) == 1024 && ties.later(1024, 0, 3) == 256));
  CHECK((ties.share_left(0, 5) == 0.25 && ties.share_left(2, 5) == 1 && ties.share_left(1, 1) == 1));
  ties.open();
  ties.use(0, 0, 1, 1, 3);
  ties.close(3);  // the floor is above those that nobody uses
  CHECK(strengths(ties, 3) == std::vector<double>{1});
  CHECK(ties.in_weight(2) == 0);
  ties.take(dynamics(0.5, 0, 0.3), 4);
  ties.open();
  ties.close(4);
  CHECK(strengths(ties, 4) == std::vector<double>{0.5});
  ties.open();
  ties.close(5);
  CHECK(strengths(ties, 5).empty());
  ties.take(dynamics(0.5, 0, 0));
  ties.begin(layer);
  CHECK(strengths(ties, 2) == std::vector<double>{0.25, 0.25, 0.25});
}

TEST_CASE("ties whose dates are a step late begin and end a step before them") {
  NetworkLayer layer = three_ties();
  layer.from = {1, 2, 4};
  layer.until = {1, 3, for_ever};
  LivingTies ties(dynamics(0, 0, 0), steps, 1);
  ties.begin(layer);
  CHECK(ties.has(0, 2));
  CHECK(!ties.has(0, 1));
  CHECK(!ties.has(1, 2));
  CHECK(ties.in_weight(2) == 1);
  ties.open();
  ties.close(1);
  CHECK(ties.has(0, 2));
  ties.open();
  ties.close(2);
  CHECK(!ties.has(0, 2));
  CHECK(ties.has(1, 2));
  CHECK(ties.in_weight(2) == 3);
}
