/// Membership by hand on three cities.
#include "mechanisms/membership.hpp"

#include <doctest/doctest.h>

#include "three_cities.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

Parameters measured(std::string const& measure, std::vector<Reference> collaborations = {}) {
  Parameters p;
  p.set("measure", measure, {});
  if (!collaborations.empty()) p.set("collaborations", std::move(collaborations), {});
  return p;
}

}  // namespace

TEST_CASE("a member from the step it joins to the one before it leaves") {
  ThreeCities three;
  three.world().collaborations[0].members = {{a}, {b, 1990, 2002}, {c, 2002}};
  auto const term = three.make("membership", measured("member"));
  Driven driven(*term);
  driven.step(1999, {});
  CHECK(driven.value(a) == 1);
  CHECK(driven.value(b) == 1);
  CHECK(driven.value(c) == 0);
  driven.step(2000, {adopts(a)});  // whatever members do
  CHECK_FALSE(driven.touched(a));
  CHECK_FALSE(driven.touched(b));
  driven.step(2001, {});  // decides 2002
  CHECK(driven.value(b) == 0);
  CHECK(driven.value(c) == 1);
  CHECK(driven.touched(b));
  CHECK(driven.touched(c));
  CHECK_FALSE(driven.touched(a));
}

TEST_CASE("years count from the earliest joining of the collaborations it is in") {
  ThreeCities three;
  three.world().collaborations = {{"club", 1, {{a, 1995}, {b, 1990, 2002}, {b, 2004}}},
                                  {"league", 2, {{a, 1998, 2001}, {b, 1996}}}};
  auto const term = three.make("membership", measured("years"));
  auto const league = three.make("membership", measured("years", {{"league", {}}}));
  Driven driven(*term), of_league(*league);
  for (Driven* each : {&driven, &of_league}) each->step(1999, {});
  CHECK(driven.value(a) == 5);
  CHECK(driven.value(b) == 10);
  CHECK(driven.value(c) == 0);
  CHECK(of_league.value(a) == 2);
  for (Driven* each : {&driven, &of_league}) each->step(2000, {});
  CHECK(driven.value(a) == 6);
  CHECK(driven.touched(a));
  CHECK_FALSE(driven.touched(c));
  CHECK(of_league.value(a) == 0);  // it has left
  CHECK(of_league.touched(a));
  driven.step(2001, {});  // b has left the club in 2002
  CHECK(driven.value(b) == 6);
  driven.step(2002, {});
  driven.step(2003, {});  // and is back in 2004
  CHECK(driven.value(b) == 8);
  of_league.step(2001, {});
  CHECK_FALSE(of_league.touched(a));
}

TEST_CASE("the step of joining is year 0") {
  ThreeCities three;
  three.world().collaborations[0].members = {{c, 2001}};
  auto const term = three.make("membership", measured("years"));
  Driven driven(*term);
  driven.step(2000, {});
  CHECK(driven.value(c) == 0);
  driven.step(2001, {});
  CHECK(driven.value(c) == 1);
}

TEST_CASE("what cannot be membership") {
  ThreeCities three;
  CHECK(three.make("membership", measured("years")) == nullptr);  // a and b have been members always
  CHECK(three.make("membership", measured("member", {{"clubs", {}}})) == nullptr);
  REQUIRE(three.complaints.size() == 2);
  CHECK(three.complaints.errors()[0].problem == "city 'a' has no date of joining 'club'");
}

TEST_CASE("who joins within the run is a member from then on, beside those of the data") {
  ThreeCities three;
  three.world().collaborations[0].members = {{a, 1998}, {b, 1999}, {c, 2003}};
  three.world().collaborations.push_back({"league", 2, {{b, 1990, 2002}}});
  RecruitingClub club(three);
  auto const years = three.make("membership", measured("years"));
  auto const league = three.make("membership", measured("years", {{"league", {}}}));
  Driven driven(*years), by_data(*years), of_league(*league);
  for (Driven* each : {&driven, &of_league}) each->begin(club.outset());
  by_data.begin({});
  CHECK(driven.value(b) == 10);
  CHECK(driven.value(c) == 0);
  for (std::int32_t label = 2000; label <= 2003; ++label) {
    club.advance(label + 1);
    for (Driven* each : {&driven, &by_data, &of_league}) each->step(label, {});
    CHECK(driven.value(a) == label + 1 - 1998);
    CHECK(driven.value(b) == label + 1 - (label < 2001 ? 1990 : 1999));
    CHECK(driven.value(c) == label + 1 - 2001);  // one membership with that of the data
    CHECK(driven.touched(c));
    CHECK(by_data.value(c) == (label < 2002 ? 0 : label + 1 - 2003));
    CHECK(of_league.value(c) == 0);
  }
}
