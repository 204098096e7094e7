/// Competition is exposure to competitors.
#include "mechanisms/competition.hpp"

#include <doctest/doctest.h>

#include "exposure_parameters.hpp"
#include "three_cities.hpp"

using namespace hansa;
using namespace hansa::test;

TEST_CASE("competition takes what exposure takes") {
  ThreeCities three;
  auto const term = three.make("competition", fading(on_ties(), 1));
  REQUIRE(term);
  Driven driven(*term);
  driven.step(1999, {});
  driven.step(2000, {adopts(a)});
  CHECK(driven.value(b) == 1);
  CHECK(driven.value(c) == 0.25);
  driven.step(2001, {});
  CHECK(driven.value(c) == 0.125);
  CHECK(competition_schema.parameters.size() == 8);
}

TEST_CASE("competition complains in its own name") {
  ThreeCities three;
  Parameters both = on_ties();
  both.set("pool", Pool{}, {});
  CHECK(three.make("competition", both) == nullptr);
  CHECK(three.complaints.errors().at(0).problem == "competition takes only one of 'network' and 'pool'");
}
