/// Own experience by hand on three cities, and the coverage of what it makes adopters believe.
#include "mechanisms/learning_experience.hpp"

#include <cmath>
#include <numbers>

#include <doctest/doctest.h>

#include "learning_parameters.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

using doctest::Approx;

double own_z(std::uint64_t city, std::uint32_t step) {
  return z(Purpose::look, city, 0x8000'0000u + step);
}

/// Mean weighed by precisions.
double pooled(double one, double of_one, double other, double of_other) {
  return (one * of_one + other * of_other) / (of_one + of_other);
}

}  // namespace

TEST_CASE("an adopter sees its own performance once a step, that of adoption included") {
  LearningCities three;
  three.policy().merit.spread = 0.5;
  auto const term = three.make("learning", with("own_precision", 4.0));
  REQUIRE(term);
  CHECK(term->keeps_beliefs());
  CHECK_FALSE(term->averages_beliefs());
  Driven driven(*term);
  driven.step(2000, {adopts(a)});
  double const q = 0.6 + 0.5 * z(Purpose::merit, hash_id("a"), 0);
  double const prior = 1 / (1 + 0.25);  // of q, from a belief of precision 1
  CHECK(own_belief(driven, a) == Approx(4 * q / (prior + 4)).epsilon(1e-14));
  driven.step(2001, {});
  CHECK(own_belief(driven, a) == Approx(8 * q / (prior + 8)).epsilon(1e-14));
  // What it sees of its own is not what it believes of cities like it, until it leaves.
  CHECK(driven.beliefs().mean[a] == 0);
  CHECK(driven.beliefs().precision[a] == 1);
  driven.step(2002, {leaves(a)});
  double const worth = 1 / (0.25 + 1 / 8.0);
  CHECK(driven.beliefs().mean[a] == Approx(worth * q / (1 + worth)).epsilon(1e-14));
  CHECK(driven.beliefs().precision[a] == Approx(1 + worth).epsilon(1e-15));
  CHECK(driven.touched(a));
  CHECK(driven.value(a) == driven.beliefs().mean[a]);
  // Once.
  driven.step(2003, {});
  CHECK(driven.beliefs().precision[a] == Approx(1 + worth).epsilon(1e-15));
  CHECK_FALSE(driven.touched(a));
}

TEST_CASE("each episode is seen anew, from what the last one taught") {
  LearningCities three;
  three.policy().merit.spread = 1;
  auto const term = three.make("learning", with("own_precision", 1.0));
  Driven driven(*term);
  driven.step(2000, {adopts(a)});
  driven.step(2001, {leaves(a)});
  double const q = 0.6 + z(Purpose::merit, hash_id("a"), 0);
  double const mean = 0.5 * q / 1.5;
  CHECK(own_belief(driven, a) == Approx(mean).epsilon(1e-14));
  driven.step(2002, {{a, 1, +1}});
  double const again = 0.6 + z(Purpose::merit, hash_id("a"), 1);
  CHECK(own_belief(driven, a) == Approx(pooled(mean, 1 / (1 / 1.5 + 1), again, 1)).epsilon(1e-14));
  // Who comes and goes in one step has seen nothing.
  driven.step(2003, {{a, 1, -1}, {a, 2, +1}, {a, 2, -1}});
  double const precision = driven.beliefs().precision[a];
  CHECK(precision == Approx(2.0).epsilon(1e-15));
}

TEST_CASE("what is seen of others while the policy lasts counts for what an adopter believes") {
  LearningCities three;
  auto const term = three.make("learning", with("own_precision", 2.0));
  Driven driven(*term);
  driven.step(2000, {adopts(b)});
  CHECK(own_belief(driven, b) == Approx(pooled(0, 1, 0.6, 2)).epsilon(1e-14));
  driven.step(2001, {adopts(a)});  // b looks at a: a belief of 0.3 with precision 2
  CHECK(own_belief(driven, b) == Approx(pooled(0.3, 2, 0.6, 4)).epsilon(1e-14));
  CHECK(own_belief(driven, b, Believed::at_first) == 0);
}

TEST_CASE("what is taken in on leaving and looks of the same step are one update") {
  LearningCities three;
  auto const term = three.make("learning", with("own_precision", 2.0));
  Driven driven(*term);
  driven.step(2000, {adopts(c)});
  driven.step(2001, {adopts(a), leaves(c)});
  CHECK(driven.beliefs().precision[c] == Approx(1 + 2 + 1).epsilon(1e-15));
  CHECK(driven.beliefs().mean[c] == Approx(3 * 0.6 / 4).epsilon(1e-15));
}

TEST_CASE("what adopters see of their own errs by a draw of its own per step") {
  LearningCities three;
  Parameters const noisy = with("own_precision", 4.0, with("noise", "normal"));
  auto const term = three.make("learning", noisy);
  Driven driven(*term);
  driven.step(2000, {adopts(a)});
  driven.step(2001, {});
  double const sum = 2 * 0.6 + (own_z(hash_id("a"), 1) + own_z(hash_id("a"), 2)) / 2;
  CHECK(own_belief(driven, a) == Approx(4 * sum / 9).epsilon(1e-14));
  driven.step(2002, {leaves(a)});  // its error is in what it saw: none is added
  CHECK(driven.beliefs().mean[a] == Approx(8 * (sum / 2) / 9).epsilon(1e-14));
}

TEST_CASE("initial adopters see nothing before the first step") {
  LearningCities three;
  auto const term = three.make("learning", with("own_precision", 1.0));
  Driven driven(*term);
  driven.step(1999, {adopts(a), adopts(b)});
  CHECK(own_belief(driven, a) == 0);
  driven.step(2000, {leaves(b)});
  CHECK(own_belief(driven, a) == Approx(0.3).epsilon(1e-15));
  CHECK(driven.beliefs().precision[b] == 2);  // a look at a, and nothing of its own
}

TEST_CASE("without own experience an adopter believes of its own what it believes of others") {
  LearningCities three;
  three.policy().merit.spread = 2;
  auto const term = three.make("learning", with("risk_aversion", 0.5, with("prior.mean", NumberOrAttribute(0.4))));
  Driven driven(*term);
  driven.step(2000, {adopts(a), adopts(b)});
  CHECK(own_belief(driven, a) == 0.4);
  CHECK(own_belief(driven, c) == driven.beliefs().mean[c]);
  CHECK(own_belief(driven, c, Believed::at_first) == Approx(0.4).epsilon(1e-15));
  driven.step(2001, {leaves(a)});
  CHECK(driven.beliefs().precision[a] == 1);
}

TEST_CASE("a precision near 0 is refused: its square root would be no number to go by") {
  LearningCities three;
  CHECK(three.make("learning", with("own_precision", 1e-20)) == nullptr);
  CHECK(three.complaints.errors().back().problem == "'own_precision' is 1e-20");
}

TEST_CASE("another replicate has seen nothing yet") {
  LearningCities three;
  auto const term = three.make("learning", with("own_precision", 1.0));
  Driven driven(*term);
  driven.step(2000, {adopts(a)});
  driven.begin({});
  driven.step(2000, {});
  driven.step(2001, {leaves(a)});
  CHECK(driven.beliefs().precision[a] == 1);
}

namespace {

/// Share of the replicates in which the performance in c lies in the interval of 95 % that c believes in, after `steps`
/// with the policy; c also looks at a and b, which adopt with it.
double coverage(int steps, double assumed_spread, int replicates) {
  LearningCities three;
  three.policy().merit.spread = 0.5;
  Parameters given = with("own_precision", 1.5, with("noise", "normal"));
  given.set("prior.mean", NumberOrAttribute(0.6), {});
  given.set("prior.precision", NumberOrAttribute(4.0), {});
  given.set("prior.spread", 0.5, {});  // priors lie around the truth as widely as they say
  auto const term = three.make("learning", given);
  Driven driven(*term);
  int inside = 0;
  for (int r = 0; r < replicates; ++r) {
    driven.begin({.seed = 5, .replicate = r});
    driven.step(2000, {adopts(a), adopts(b), adopts(c)});
    for (int t = 1; t < steps; ++t) driven.step(2000 + t, {});
    double const key_z = flat::inverse_normal(
        draw_uniform(make_key(5, static_cast<std::uint64_t>(r), Purpose::merit, hash_id("p")), hash_id("c"), 0));
    double const q = 0.6 + 0.5 * key_z;
    double const precision = 1 / (1 / driven.beliefs().precision[c] + assumed_spread * assumed_spread) + 1.5 * steps;
    inside += std::fabs(own_belief(driven, c) - q) * std::sqrt(precision) < 1.959963984540054;
  }
  return static_cast<double>(inside) / replicates;
}

}  // namespace

TEST_CASE("intervals of 95 % of own beliefs hold the truth in 95 % of the cases") {
  // A false alarm of one of the three has probability 1e-6 (normal approximation); the seed is fixed.
  constexpr int replicates = 8000;
  double const sd = std::sqrt(0.95 * 0.05 / replicates);
  for (int const steps : {1, 3, 6}) {
    CAPTURE(steps);
    double const apart = std::fabs(coverage(steps, 0.5, replicates) - 0.95);
    CHECK(std::erfc(apart / sd / std::numbers::sqrt2) > 1e-6 / 3);
  }
  // The test itself: who takes all adopters to be alike is too sure.
  CHECK(coverage(1, 0, replicates) < 0.95 - 5 * sd);
}
