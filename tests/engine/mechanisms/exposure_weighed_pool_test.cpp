/// Pools whose members fade, weigh or are left out, by hand on three cities.
#include <doctest/doctest.h>

#include "exposure_parameters.hpp"
#include "mechanisms/exposure_pool.hpp"
#include "three_cities.hpp"

using namespace hansa;
using namespace hansa::test;

TEST_CASE("influence in a pool fades") {
  ThreeCities three;
  auto const all = three.make("exposure", fading(in_pool(Pool::Of::all), 1));
  auto const country = three.make("exposure", fading(in_pool(Pool::Of::country), 1));
  Driven of_all(*all), of_country(*country);
  for (Driven* each : {&of_all, &of_country}) {
    each->step(1999, {});
    each->step(2000, {adopts(a)});
    each->step(2001, {});
    each->step(2002, {adopts(c)});
  }
  CHECK(of_all.value(b) == (0.25 + 1) / 2);
  CHECK(of_country.value(b) == 0.25);
  CHECK(of_country.touched(b));
  of_all.step(2003, {leaves(a)});
  CHECK(of_all.value(b) == 0.25);
}

TEST_CASE("members weigh by an attribute") {
  ThreeCities three;
  auto const share = three.make("exposure", weighed(in_pool(Pool::Of::all), "size"));
  auto const sum = three.make("exposure", weighed(in_pool(Pool::Of::all, "", "weight"), "size"));
  Driven of_share(*share), of_sum(*sum);
  for (Driven* each : {&of_share, &of_sum}) each->step(2000, {adopts(c)});
  CHECK(of_share.value(a) == 3.0 / 5);
  CHECK(of_share.value(b) == 3.0 / 4);
  CHECK(of_sum.value(a) == 3);
  CHECK(of_sum.touched(a));
}

TEST_CASE("sources that compare with the city, above and below") {
  ThreeCities three;
  auto const value = [&](std::string const& how, std::string const& what, Index city) {
    auto const term = three.make("exposure", only(in_pool(Pool::Of::all), how, what));
    Driven driven(*term);
    driven.step(2000, {adopts(b)});
    return driven.value(city);
  };
  CHECK(value("larger", "size", a) == 0.5);  // b and c are larger
  CHECK(value("larger", "size", c) == 0);
  CHECK(value("smaller", "size", c) == 0.5);
  CHECK(value("smaller", "size", a) == 0);
  CHECK(value("same", "country", a) == 1);
  CHECK(value("same", "country", c) == 0);
  CHECK(value("different", "country", c) == 0.5);
  CHECK(value("different", "country", a) == 0);
  three.world().cities.numbers["size"] = {2, 2, 2};
  CHECK(value("larger", "size", a) == 0);
  CHECK(value("same", "size", a) == 0.5);
  three.world().cities.texts["country"].code = {-1, 0, 1};
  CHECK(value("different", "country", a) == 0);  // nobody knows
  CHECK(value("different", "country", c) == 1);
}

TEST_CASE("members of the step that decides, the others weighed") {
  ThreeCities three;
  auto const term = three.make("exposure", weighed(fading(in_pool(Pool::Of::collaboration, "club"), 1), "size"));
  Driven driven(*term);
  driven.step(1999, {adopts(c)});
  CHECK(driven.value(a) == 0);
  CHECK(driven.value(c) == 0);
  driven.step(2000, {adopts(a)});
  CHECK(driven.value(b) == 1);
  driven.step(2001, {});  // decides 2002: c has joined, with what is left of its influence
  CHECK(driven.value(b) == (0.5 + 3 * 0.25) / 4);
  CHECK(driven.touched(c));
}

TEST_CASE("contagion in a pool whose members weigh") {
  ThreeCities three;
  three.policy().rule = Rule::additive;
  auto const term = three.make("exposure", with(weighed(in_pool(Pool::Of::all), "size"), "transmission", 0.1));
  auto const even = three.make("exposure", with(fading(in_pool(Pool::Of::all), 1), "transmission", 0.1));
  Driven driven(*term), faded(*even);
  for (Driven* each : {&driven, &faded}) {
    each->step(1999, {});
    each->step(2000, {adopts(a), adopts(c)});
  }
  CHECK(driven.value(b) == doctest::Approx(-std::log(0.9) - std::log(0.7)).epsilon(1e-7));
  CHECK(faded.value(b) == doctest::Approx(-2 * std::log(0.9)).epsilon(1e-14));
  CHECK(three.make("exposure", with(weighed(in_pool(Pool::Of::all), "size"), "transmission", 0.4)) == nullptr);
  CHECK(three.complaints.errors().at(0).problem.find("city 'c'") != std::string::npos);
}

TEST_CASE("what a pool compares by does not change over time") {
  ThreeCities three;
  three.world().cities.later_numbers["size"] = {{2002, a, 5.0}};
  CHECK(three.make("exposure", only(in_pool(Pool::Of::all), "larger", "size")) == nullptr);
  CHECK(three.complaints.size() == 1);
}

TEST_CASE("who joins a collaboration within the run weighs from then on") {
  ThreeCities three;
  RecruitingClub club(three);
  auto const term = three.make("exposure", weighed(in_pool(Pool::Of::collaboration, "club"), "size"));
  Driven driven(*term);
  driven.begin(club.outset());
  driven.step(1999, {adopts(a)});
  CHECK(driven.value(b) == 1);
  CHECK(driven.value(c) == 0);
  club.advance(2001);
  driven.step(2000, {});
  CHECK(driven.value(b) == 1.0 / 4);
  CHECK(driven.value(c) == 1.0 / 3);
  CHECK(driven.touched(c));
}
