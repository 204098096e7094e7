/// Joining, leaving and dissolving: what becomes of spells, and what is refused.
#include "world/membership_changes.hpp"

#include <doctest/doctest.h>

#include "engine/world/changing.hpp"

using namespace hansa;
using namespace hansa::test;

TEST_CASE("a city that joins is a member from that step on, until the data let it leave") {
  Changing q;
  q.members("city,collaboration,joined,left\na,x,2001,2003\nb,x,2006,2008\nc,x,2000,2004\nc,x,2008,\nd,x,,\n");
  q.act("in", 2005, join(chosen({"a", "b", "c", "e"})));
  q.build();
  CHECK(mistakes(q.complaints) == "");
  CHECK(warnings(q.complaints) == "");
  CHECK(q.spells("x") == "a 2001..2003;a 2005..;b 2005..2008;c 2000..2004;c 2005..;d ..;e 2005..;");
  CHECK(q.world.reached.at("in").cities == std::vector<Index>{0, 1, 2, 4});
  CHECK(q.world.changed_by("in") == 4);
}

TEST_CASE("a city may join in the step in which it leaves, and in the last one") {
  Changing q;
  q.members("city,collaboration,joined,left\na,x,2001,2005\nb,x,2001,2011\n");
  q.act("in", 2005, join(chosen({"a"})));
  q.act("late", 2010, join(chosen({"c"})));
  q.build();
  CHECK(warnings(q.complaints) == "");
  CHECK(q.spells("x") == "a 2001..2005;a 2005..;b 2001..2011;c 2010..;");
}

TEST_CASE("a city that leaves ends its spell; later ones stand") {
  Changing q;
  q.members("city,collaboration,joined,left\na,x,2001,2003\na,x,2005,2009\nb,x,,\nc,x,2004,\nd,x,2004,2007\n");
  q.act("out", 2002, leave(chosen({"a", "b"})));
  q.act("out-again", 2004, leave(chosen({"c", "d"})));
  q.build();
  CHECK(warnings(q.complaints) == "");
  CHECK(q.spells("x") == "a 2001..2002;a 2005..2009;b ..2002;");  // c and d join and leave in one step: no member
  CHECK(q.world.changed_by("out-again") == 2);
}

TEST_CASE("nobody is a member of what is dissolved, those neither who join later by data") {
  Changing q;
  q.members("city,collaboration,joined,left\na,x,2001,2003\nb,x,,\nc,x,2007,\nd,y,,\n");
  q.act("end", 2005, dissolution());
  q.build();
  CHECK(warnings(q.complaints) == "");
  CHECK(q.spells("x") == "a 2001..2003;b ..2005;");
  CHECK(q.spells("y") == "d ..;");
  CHECK(q.world.collaboration("x")->dissolved == 2005);
  CHECK(q.world.reached.at("end").cities == std::vector<Index>{1});
  CHECK(q.world.changed_by("end") == 2);
}

TEST_CASE("dissolving in the first step, twice, or after the data did") {
  Changing q;
  q.members("city,collaboration\na,x\nb,x\na,y\n");
  q.scenario.collaborations.properties = {{"y", here, {}, 2004}};
  q.act("end", 2000, dissolution());
  q.act("end-again", 2003, dissolution());
  q.act("late", 2006, dissolution("y"));
  q.build();
  CHECK(q.spells("x") == "a ..2000;b ..2000;");
  CHECK(q.spells("y") == "a ..2004;");
  CHECK(warnings(q.complaints) ==
        "s.yaml:2:1: 'x' has no members from 2003 on before it is dissolved by 'end-again', nothing changes\n"
        "s.yaml:3:1: 'y' has no members from 2006 on before it is dissolved by 'late', nothing changes\n");
}

TEST_CASE("members that join and others that leave stay what they are, with a counted warning") {
  Changing q;
  q.members("city,collaboration,joined,left\na,x,2001,2007\nb,x,2009,\n");
  q.act("in", 2005, join(chosen({"a", "c"})));
  q.act("out", 2006, leave(chosen({"b", "d", "c"})));
  q.act("out-all", 2008, leave(chosen({"e"})));
  q.build();
  CHECK(q.spells("x") == "a 2001..2007;b 2009..;c 2005..2006;");
  CHECK(warnings(q.complaints) ==
        "s.yaml:1:1: 1 of the 2 cities of 'in' is a member of 'x' in 2005 already, nothing changes for them\n"
        "s.yaml:2:1: 2 of the 3 cities of 'out' are no members of 'x' in 2006, nothing changes for them\n"
        "s.yaml:3:1: 1 of the 1 city of 'out-all' is no member of 'x' in 2008, nothing changes for them\n");
}

TEST_CASE("two interventions that name one city are told, in either order") {
  for (bool const turned : {false, true}) {
    Changing q;
    q.members("city,collaboration\na,x\n");
    q.act(turned ? "two" : "one", 2005, join(chosen({"b", "c"})));
    q.act(turned ? "one" : "two", 2005, join(chosen({"c", "d"})));
    q.build();
    CHECK(q.spells("x") == "a ..;b 2005..;c 2005..;d 2005..;");
    CHECK(contains(warnings(q.complaints), "is named by another intervention of 2005 that joins 'x' too"));
  }
}

TEST_CASE("mistakes are told together") {
  Changing q;
  q.members("city,collaboration\na,x\nb,y\na,z\n");
  q.scenario.collaborations.properties = {{"z", here, {}, 2004}};
  q.act("gone", 2005, dissolution());
  q.act("in", 2005, join(chosen({"b"})));
  q.act("later", 2007, join(chosen({"b"})));
  q.act("data", 2004, join(chosen({"b"}), "z"));
  q.act("both-in", 2006, join(chosen({"a", "c", "d"}), "y"));
  q.act("both-out", 2006, leave(chosen({"c", "d", "e"}), "y"));
  q.act("who", 2003, leave(chosen({"c"}), "yy"));
  q.build();
  CHECK(mistakes(q.complaints) ==
        "s.yaml:2:1: 'in' has cities join 'x' in 2005, but it is dissolved in 2005, an earlier step was expected\n"
        "s.yaml:3:1: 'later' has cities join 'x' in 2007, but it is dissolved in 2005, an earlier step was expected\n"
        "s.yaml:4:1: 'data' has cities join 'z' in 2004, but it is dissolved in 2004, an earlier step was expected\n"
        "s.yaml:6:1: city 'c' (and 1 more) is to join 'y' by 'both-in' and to leave it by 'both-out' in one step, "
        "cities that do one of them were expected\n"
        "s.yaml:7:3: unknown collaboration 'yy', one of x, y, z was expected; did you mean 'y'?\n");
}

TEST_CASE("a city may join before the end that the data set") {
  Changing q;
  q.members("city,collaboration\na,x\n");
  q.scenario.collaborations.properties = {{"x", here, {}, 2006}};
  q.act("in", 2004, join(chosen({"b"})));
  q.build();
  CHECK(q.spells("x") == "a ..2006;b 2004..2006;");
}

TEST_CASE("of what recruits, interventions are kept for the run as well, and none is idle before it") {
  Changing q;
  q.members("city,collaboration,joined,left\na,x,,\nb,x,2003,\n");
  CollaborationProperties& recruiting = q.scenario.collaborations.properties.emplace_back();
  recruiting.name = "x";
  recruiting.recruit = RecruitSpec{{"net", {}}, 0.1, 0, {}};
  q.act("out", 2005, leave(chosen({"a", "d", "e"})));
  q.act("over", 2008, dissolution());
  q.build();
  CHECK(mistakes(q.complaints) == "");
  CHECK(warnings(q.complaints) == "");
  CHECK(q.spells("x") == "a ..2005;b 2003..2008;");
  Collaboration const& x = *q.world.collaboration("x");
  CHECK(x.recruits);
  CHECK(x.dissolved == 2008);
  REQUIRE(x.departures.size() == 3);
  CHECK(x.departures[1].city == 3);
  CHECK(x.departures[1].label == 2005);
  std::string const with = digest(q.world);
  q.scenario.collaborations.properties[0].recruit.reset();
  q.build();
  CHECK(q.world.collaboration("x")->departures.empty());
  CHECK(warnings(q.complaints).find("2 of the 3 cities of 'out' are no members of 'x' in 2005") != std::string::npos);
  CHECK(digest(q.world) != with);
}

TEST_CASE("who is a member of what recruits is selected at the first step only, and it may begin with nobody") {
  Changing q;
  for (std::string const name : {"x", "y"}) {
    CollaborationProperties& recruiting = q.scenario.collaborations.properties.emplace_back();
    recruiting.name = name;
    recruiting.recruit = RecruitSpec{{"net", {}}, 0.1, 0, {}};
  }
  q.members("city,collaboration\na,x\n");
  q.act("early", 2000, join(those_in("x"), "y"));
  q.build();
  CHECK(mistakes(q.complaints) == "");
  CHECK(q.spells("y") == "a 2000..;");
  q.act("late", 2001, leave(those_in("x"), "x"));
  q.build();
  CHECK(mistakes(q.complaints).find("who is a member of 'x' in 2001 is known only within the run") !=
        std::string::npos);
}
