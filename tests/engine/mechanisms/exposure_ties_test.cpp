/// Ties chosen and weighed by attributes, by hand on three cities.
#include "mechanisms/exposure_ties.hpp"

#include <doctest/doctest.h>

#include "exposure_parameters.hpp"
#include "three_cities.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

double seen(ThreeCities& three, Parameters const& parameters, Index city, std::vector<Event> const& events) {
  auto const term = three.make("exposure", parameters);
  REQUIRE(term);
  Driven driven(*term);
  driven.step(2000, events);
  return driven.value(city);
}

}  // namespace

TEST_CASE("sources weigh by an attribute, above and below") {
  ThreeCities three;  // c observes a: 1 · 1, and b: 3 · 2
  CHECK(seen(three, weighed(on_ties(), "size"), c, {adopts(a)}) == 1.0 / 7);
  CHECK(seen(three, weighed(on_ties("weight"), "size"), c, {adopts(b)}) == 6);
  three.world().cities.numbers["size"] = {0, 0.1, 1};
  CHECK(seen(three, weighed(on_ties("weight"), "size"), c, {adopts(b)}) == doctest::Approx(0.3).epsilon(1e-15));
  CHECK(seen(three, weighed(on_ties(), "size"), c, {adopts(b)}) == 1);
  CHECK(seen(three, weighed(on_ties(), "size"), b, {adopts(a)}) == 0);  // its only source weighs nothing
}

TEST_CASE("only some sources count, above and below") {
  ThreeCities three;
  CHECK(seen(three, only(on_ties(), "larger", "size"), c, {adopts(a), adopts(b)}) == 0);
  CHECK(seen(three, only(on_ties(), "smaller", "size"), c, {adopts(a)}) == 0.25);
  three.world().cities.numbers["size"] = {4, 2, 3};
  CHECK(seen(three, only(on_ties(), "larger", "size"), c, {adopts(a)}) == 1);  // b is left out
  CHECK(seen(three, only(on_ties(), "larger", "size"), c, {adopts(b)}) == 0);
  CHECK(seen(three, only(on_ties(), "same", "country"), b, {adopts(a)}) == 1);
  CHECK(seen(three, only(on_ties(), "same", "country"), c, {adopts(a)}) == 0);
  CHECK(seen(three, only(on_ties(), "different", "country"), c, {adopts(a)}) == 0.25);
  three.world().cities.texts["country"].code = {-1, 0, 1};
  CHECK(seen(three, only(on_ties("count"), "different", "country"), c, {adopts(a), adopts(b)}) == 1);
  CHECK(seen(three, only(on_ties("count"), "same", "country"), b, {adopts(a)}) == 0);
}

TEST_CASE("a pool of in-neighbours may be chosen from: each counts once, times its weight") {
  ThreeCities three;
  Parameters const neighbours = in_pool(Pool::Of::network, "ties");
  CHECK(seen(three, weighed(neighbours, "size"), c, {adopts(b)}) == 2.0 / 3);
  CHECK(seen(three, only(neighbours, "smaller", "size"), c, {adopts(b)}) == 0.5);
}

TEST_CASE("an attribute that changes moves ties in and out") {
  ThreeCities three;
  three.world().cities.later_numbers["size"] = {{2002, a, 5.0}, {2004, a, 1.0}};
  auto const larger = three.make("exposure", only(on_ties(), "larger", "size"));
  auto const weigh = three.make("exposure", weighed(on_ties(), "size"));
  REQUIRE(larger);
  REQUIRE(weigh);
  Driven chosen(*larger), heavy(*weigh);
  for (Driven* each : {&chosen, &heavy}) each->step(1999, {adopts(a)});
  CHECK(chosen.value(c) == 0);
  CHECK(heavy.value(c) == 1.0 / 7);
  for (Driven* each : {&chosen, &heavy}) each->step(2000, {});
  CHECK_FALSE(chosen.touched(c));
  for (Driven* each : {&chosen, &heavy}) each->step(2001, {});  // decides 2002
  CHECK(chosen.touched(c));
  CHECK(chosen.value(c) == 1);
  CHECK(heavy.value(c) == 5.0 / 11);
  for (Driven* each : {&chosen, &heavy}) each->step(2002, {});
  for (Driven* each : {&chosen, &heavy}) each->step(2003, {});  // decides 2004
  CHECK(chosen.value(c) == 0);
  CHECK(heavy.value(c) == 1.0 / 7);
}

TEST_CASE("weights of sources and contagion go together") {
  ThreeCities three;
  three.policy().rule = Rule::additive;
  Parameters const parameters = with(weighed(on_ties(), "size"), "transmission", 0.05);
  CHECK(seen(three, parameters, c, {adopts(a), adopts(b)}) ==
        doctest::Approx(-std::log(0.95) - std::log(0.7)).epsilon(1e-7));
  CHECK(seen(three, fading(only(parameters, "smaller", "size"), 5), c, {adopts(b)}) ==
        doctest::Approx(-std::log(0.7)).epsilon(1e-7));
}

TEST_CASE("weights that round to 0 beside the largest are a counted warning") {
  ThreeCities three;
  three.world().cities.numbers["size"] = {1e-9, 1.1, 1};
  CHECK(seen(three, weighed(on_ties(), "size"), c, {adopts(b)}) == 1);
  REQUIRE(three.complaints.warnings().size() == 1);
  CHECK(three.complaints.warnings()[0].problem.find("2 ties are so weak") != std::string::npos);
  CHECK(seen(three, weighed(in_pool(Pool::Of::all), "size"), c, {adopts(b)}) == 1);
  CHECK(three.complaints.warnings().size() == 2);
}

TEST_CASE("units of weights: decimals divide, powers of two multiply") {
  CHECK(WeightUnit::of(0.1)(3) == 0.3);
  CHECK(WeightUnit::of(4)(3) == 12);
  CHECK(WeightUnit::of(0x1p-1074)(2) == 0x1p-1073);
}
