/// National laws by hand on three cities: what each kind is to a city.
#include "mechanisms/national.hpp"

#include <doctest/doctest.h>

#include "mechanisms/observable.hpp"
#include "three_cities.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

Parameters law_of(std::string const& kind, NumberOrAttribute const& compliance = 1.0) {
  Parameters p;
  p.set("kind", kind, {});
  p.set("enact.share", NumberOrAttribute(0.5), {});
  p.set("delay", NumberOrAttribute(0.0), {});
  p.set("compliance", compliance, {});
  return p;
}

}  // namespace

TEST_CASE("M is 1 in the cities of a country whose law is in force, and adds up where it enables") {
  ThreeCities three;
  auto const term = three.make("national", law_of("enabling"));
  REQUIRE(term != nullptr);
  CHECK(term->force() == Force::pressure);
  Driven driven(*term);
  driven.step(1999, {});
  CHECK((driven.value(a) == 0 && driven.value(b) == 0 && driven.value(c) == 0));
  driven.step(2000, {adopts(b)});
  CHECK((driven.value(a) == 1 && driven.value(b) == 1 && driven.value(c) == 0));
  CHECK((driven.touched(a) && driven.touched(b) && !driven.touched(c)));
  driven.step(2001, {leaves(b)});
  CHECK((driven.value(a) == 1 && !driven.touched(a)));
  driven.begin({});
  CHECK(driven.value(a) == 0);
}

TEST_CASE("a mandate has the compliance of the city's country, and a pre-emption bars") {
  ThreeCities three;
  three.world().countries.numbers["duty"] = {0.25, 0.5};
  three.world().cities.texts["country"].code = {0, -1, 1};
  auto const mandate = three.make("national", law_of("mandate", Reference{"duty", {}}));
  REQUIRE(mandate != nullptr);
  CHECK(mandate->force() == Force::mandate);
  CHECK((mandate->compliance(a) == 0.25 && mandate->compliance(b) == 0 && mandate->compliance(c) == 0.5));
  auto const ban = three.make("national", law_of("preempt"));
  REQUIRE(ban != nullptr);
  CHECK(ban->force() == Force::bar);
  three.world().countries.numbers["duty"] = {0.25, 1.5};
  CHECK(three.make("national", law_of("mandate", Reference{"duty", {}})) == nullptr);
  REQUIRE(three.complaints.size() == 1);
  CHECK(three.complaints.errors()[0].problem == "'duty' of country 'Y' is 1.5");
}

TEST_CASE("laws at a share or of a file are observable, those of a hazard are not") {
  MechanismSpec spec;
  spec.kind = "national";
  spec.parameters.set("enact.share", NumberOrAttribute(0.5), {});
  CHECK(is_observable(national_schema, spec, {}));
  spec.parameters.set("enact.hazard.base", NumberOrAttribute(0.1), {});
  CHECK_FALSE(is_observable(national_schema, spec, {}));
  CHECK(observable_if(national_schema).find("file") != std::string_view::npos);
}
