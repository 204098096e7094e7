/// Learning by hand on three cities.
#include "mechanisms/learning.hpp"

#include <doctest/doctest.h>

#include "learning_parameters.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

using doctest::Approx;

}  // namespace

TEST_CASE("one look per tie and adoption, weighed by its precision") {
  LearningCities three;
  auto const term = three.make("learning", learning());
  REQUIRE(term);
  Driven driven(*term);
  for (Index const city : {a, b, c}) CHECK(driven.value(city) == 0);
  driven.step(2000, {adopts(a)});
  CHECK(driven.value(a) == 0);  // observes nobody
  CHECK(driven.value(b) == Approx(0.3).epsilon(1e-15));
  CHECK(driven.value(c) == Approx(0.3).epsilon(1e-15));
  CHECK(driven.touched(b));
  CHECK(driven.touched(c));
  CHECK_FALSE(driven.touched(a));
  driven.step(2001, {adopts(b)});
  CHECK(driven.value(b) == Approx(0.3).epsilon(1e-15));  // looks no second time
  CHECK(driven.value(c) == Approx((2 * 0.3 + 3 * 0.6) / 5).epsilon(1e-15));
  CHECK_FALSE(driven.touched(b));
  CHECK(driven.beliefs().precision[b] == 2);
  CHECK(driven.beliefs().precision[c] == 5);
  driven.step(2002, {});
  CHECK_FALSE(driven.touched(c));
}

TEST_CASE("two looks of one step are one update") {
  LearningCities three;
  auto const together = three.make("learning", learning());
  Driven driven(*together);
  driven.step(2000, {adopts(a), adopts(b)});
  CHECK(driven.value(c) == Approx((1 + 3) * 0.6 / (1 + 1 + 3)).epsilon(1e-15));
}

TEST_CASE("a policy below the prior is learned to be bad, and doubt counts against one") {
  LearningCities three;
  three.policy().merit.mean = -1;
  Parameters const averse = with("risk_aversion", 0.5, with("prior.mean", NumberOrAttribute(0.25)));
  auto const term = three.make("learning", averse);
  Driven driven(*term);
  CHECK(driven.value(b) == 0);
  driven.step(2000, {adopts(a)});
  double const mean = (0.25 - 1) / 2;
  CHECK(driven.beliefs().mean[b] == Approx(mean).epsilon(1e-15));
  CHECK(driven.value(b) == Approx((mean - 0.5 / std::sqrt(2.0)) - (0.25 - 0.5)).epsilon(1e-14));
  CHECK(driven.value(b) < 0);
}

TEST_CASE("performance varies between adopters, and observers know it") {
  LearningCities three;
  three.policy().merit.spread = 0.5;
  three.policy().merit.attributes = {{{"size", {}}, 0.1}};
  auto const term = three.make("learning", with("observation_sd", 0.5));
  Driven driven(*term);
  driven.step(2000, {adopts(a)});
  double const q = 0.6 + 0.1 * 1 + 0.5 * z(Purpose::merit, hash_id("a"), 0);
  double const v = 1 / (1 / 4.0 + 0.25);
  CHECK(driven.value(b) == Approx(v * q / (1 + v)).epsilon(1e-14));
  // c looks at b along a tie of weight 3.
  driven.step(2001, {adopts(b)});
  double const q_b = 0.6 + 0.1 * 2 + 0.5 * z(Purpose::merit, hash_id("b"), 0);
  double const v_b = 1 / (1 / 12.0 + 0.25);
  CHECK(driven.value(c) == Approx((v * q + v_b * q_b) / (1 + v + v_b)).epsilon(1e-14));
}

TEST_CASE("unlike cities teach less") {
  LearningCities three;
  Parameters distant = with("transferability.on", std::vector<Reference>{{"size", {}}});
  distant.set("transferability.sd", 0.5, {});
  auto const term = three.make("learning", distant);
  Driven driven(*term);
  driven.step(2000, {adopts(a)});
  // Sizes 1, 2, 3 are -1, 0, 1 when standardised.
  CHECK(driven.beliefs().precision[b] == Approx(1 + 1 / (1 + 0.25)).epsilon(1e-15));
  CHECK(driven.beliefs().precision[c] == Approx(1 + 1 / (1 + 0.25 * 4)).epsilon(1e-15));
}

TEST_CASE("looks err by one draw per city and step") {
  LearningCities three;
  auto const term = three.make("learning", with("noise", "normal"));
  Driven driven(*term);
  driven.step(2000, {adopts(a)});
  CHECK(driven.value(b) == Approx((0.6 + z(Purpose::look, hash_id("b"), 1)) / 2).epsilon(1e-14));
  double const before = (0.6 + z(Purpose::look, hash_id("c"), 1)) / 2;
  CHECK(driven.value(c) == Approx(before).epsilon(1e-14));
  driven.step(2001, {adopts(b)});
  double const error = std::sqrt(3.0) * z(Purpose::look, hash_id("c"), 2);
  CHECK(driven.value(c) == Approx((2 * before + 3 * 0.6 + error) / 5).epsilon(1e-14));
}

TEST_CASE("initial adopters are looked at in the first step") {
  LearningCities three;
  auto const term = three.make("learning", learning());
  Driven driven(*term);
  driven.step(1999, {adopts(b)});
  CHECK(driven.value(c) == 0);
  driven.step(2000, {adopts(a)});
  CHECK(driven.value(c) == Approx(4 * 0.6 / 5).epsilon(1e-15));
}

TEST_CASE("each episode gives a look, what is known stays, and who comes and goes in a step is not seen") {
  LearningCities three;
  three.policy().merit.spread = 1;
  auto const term = three.make("learning", learning());
  Driven driven(*term);
  driven.step(2000, {adopts(a)});
  double const v = 0.5;
  double const q = 0.6 + z(Purpose::merit, hash_id("a"), 0);
  double const first = v * q / (1 + v);
  CHECK(driven.value(b) == Approx(first).epsilon(1e-14));
  driven.step(2001, {leaves(a)});
  CHECK(driven.value(b) == Approx(first).epsilon(1e-14));
  driven.step(2002, {{a, 1, +1}});
  double const again = 0.6 + z(Purpose::merit, hash_id("a"), 1);
  CHECK(driven.value(b) == Approx((v * q + v * again) / (1 + 2 * v)).epsilon(1e-14));
  driven.step(2003, {leaves(a), {a, 2, +1}, {a, 2, -1}});
  CHECK_FALSE(driven.touched(b));
}

TEST_CASE("priors may be the cities' own") {
  LearningCities three;
  Parameters own = with("prior.mean", NumberOrAttribute(Reference{"size", {}}));
  own.set("prior.precision", NumberOrAttribute(Reference{"size", {}}), {});
  own.set("prior.spread", 0.5, {});
  auto const term = three.make("learning", own);
  Driven driven(*term);
  driven.step(2000, {adopts(a)});
  double const prior = 2 + 0.5 * z(Purpose::prior, hash_id("b"), 0);
  CHECK(driven.beliefs().mean[b] == Approx((2 * prior + 0.6) / 3).epsilon(1e-14));
  CHECK(driven.beliefs().precision[b] == 3);
  CHECK(driven.value(b) == Approx((2 * prior + 0.6) / 3 - prior).epsilon(1e-13));
  CHECK(driven.beliefs().mean[a] == Approx(1 + 0.5 * z(Purpose::prior, hash_id("a"), 0)).epsilon(1e-14));
  CHECK(driven.value(a) == 0);
}

TEST_CASE("performance as data") {
  LearningCities three;
  three.policy().merit = {};
  three.policy().merit.performance = Reference{"size", {}};
  three.policy().merit.spread = 1;  // what observers reckon with; nothing is drawn
  auto const term = three.make("learning", learning());
  Driven driven(*term);
  driven.step(2000, {adopts(a), adopts(b)});
  CHECK(driven.value(c) == Approx((0.5 * 1 + 0.75 * 2) / (1 + 0.5 + 0.75)).epsilon(1e-15));
}

TEST_CASE("attributes that change count as they are when a city adopts") {
  LearningCities three;
  three.policy().merit.attributes = {{{"size", {}}, 1.0}};
  three.world().cities.later_numbers["size"] = {{2001, a, 5}, {2002, b, 7}};
  auto const term = three.make("learning", learning());
  REQUIRE(term);
  Driven driven(*term);
  driven.step(2000, {});
  driven.step(2001, {adopts(a), adopts(b)});
  CHECK(driven.value(c) == Approx((5.6 + 3 * 2.6) / 5).epsilon(1e-15));
}

TEST_CASE("a tie that begins gives its look then, and one that comes back none") {
  LearningCities three;
  NetworkLayer& layer = three.world().networks[0];
  // b observes a in steps 1 and 2 and again from 4; c observes a from 3 on, b always.
  layer = make_layer("ties", {{0, 1, 1}, {0, 2, 1}, {1, 2, 3}}, 3, {}, three.complaints);
  layer.first = {0, 3, 4, 4};
  layer.target = {b, b, c, c};
  layer.target.resize(4 + 64);
  layer.weight = {1, 2, 1, 3};
  layer.weight.resize(4 + 64);
  layer.unit = 1;
  layer.from = {1, 4, 3, 1};
  layer.until = {2, 6, 6, 6};
  layer.changes = {{3, a, b, 1, -1}, {3, a, c, 1, +1}, {4, a, b, 2, +1}};
  auto const term = three.make("learning", learning());
  REQUIRE(term);
  SUBCASE("the source adopts before") {
    Driven driven(*term);
    driven.step(2000, {adopts(a)});
    CHECK(driven.beliefs().precision[b] == 2);
    CHECK(driven.beliefs().precision[c] == 1);
    driven.step(2001, {});
    CHECK(driven.beliefs().precision[c] == 1);
    driven.step(2002, {});
    CHECK(driven.value(c) == Approx(0.3).epsilon(1e-15));
    CHECK(driven.touched(c));
    driven.step(2003, {});
    CHECK(driven.beliefs().precision[b] == 2);  // it has looked at a before
    CHECK_FALSE(driven.touched(b));
  }
  SUBCASE("the source adopts between, and again later") {
    Driven driven(*term);
    driven.step(2000, {});
    driven.step(2001, {});
    driven.step(2002, {adopts(a)});
    CHECK(driven.beliefs().precision[b] == 1);
    CHECK(driven.beliefs().precision[c] == 2);
    driven.step(2003, {});
    CHECK(driven.beliefs().precision[b] == 3);  // along the second tie, of weight 2
    driven.step(2004, {leaves(a)});
    driven.step(2005, {{a, 1, +1}});
    CHECK(driven.beliefs().precision[b] == 5);
    CHECK(driven.beliefs().precision[c] == 3);
  }
}

TEST_CASE("another replicate begins anew, whatever was left undone") {
  LearningCities three;
  auto const term = three.make("learning", with("noise", "normal"));
  Driven driven(*term), fresh(*term);
  driven.step(2000, {adopts(a)});
  driven.begin({});
  CHECK(driven.value(b) == 0);
  for (Driven* each : {&driven, &fresh}) each->step(2000, {adopts(b)});
  CHECK(driven.value(b) == 0);
  CHECK(driven.value(c) == fresh.value(c));
}

TEST_CASE("what is refused") {
  LearningCities three;
  CHECK(three.make("learning", with("prior.precision", NumberOrAttribute(Reference{"nix", {}}))) == nullptr);
  CHECK(three.complaints.size() == 1);
  three.world().cities.numbers["flat"] = {1, 1, 1};
  three.world().cities.numbers["below"] = {1, 0, -1};
  Parameters flat = with("transferability.on", std::vector<Reference>{{"flat", {}}});
  flat.set("transferability.sd", 1.0, {});
  CHECK(three.make("learning", flat) == nullptr);
  CHECK(three.make("learning", with("prior.precision", NumberOrAttribute(Reference{"below", {}}))) == nullptr);
  CHECK(three.complaints.size() == 4);
  CHECK(three.make("learning", with("observation_sd", 1e-200)) == nullptr);
  CHECK(three.complaints.errors().back().problem == "'observation_sd' is 1e-200");
  CHECK(three.make("learning", with("prior.precision", NumberOrAttribute(1e-20))) == nullptr);
  CHECK(three.complaints.errors().back().problem == "'prior.precision' is 1e-20");
  three.policy().mechanisms.resize(2);
  three.policy().mechanisms[0].name = "first";
  for (MechanismSpec& each : three.policy().mechanisms) each.kind = "learning";
  CHECK(three.make("learning", learning()) == nullptr);
  CHECK(three.complaints.errors().back().problem == "a second learning mechanism beside 'first'");
  three.policy().mechanisms.clear();
  three.world().networks[0].group = {0, 0, 1};
  CHECK(three.make("learning", learning()) == nullptr);
  CHECK(three.complaints.errors().back().problem == "learning on a network of the kind 'same'");
}
