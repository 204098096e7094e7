/// Collaborations: dated spells, members by selector, dissolution, and what is refused.
#include "world/collaborations.hpp"

#include <limits>

#include <doctest/doctest.h>

#include "engine/world/support.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

constexpr std::int32_t always = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t still = std::numeric_limits<std::int32_t>::max();

struct Built {
  World world;
  Complaints complaints;
};

Built build(std::string_view text, std::vector<CollaborationProperties> properties = {}) {
  Built built;
  built.world.cities = cities("id,size\na,1\nb,2\nc,3\nd,4\n", built.complaints);
  Scenario scenario;
  scenario.clock = {2000, 2010, "year"};
  Tables tables;
  if (!text.empty()) {
    scenario.collaborations.file = file("m.csv");
    tables.emplace("m.csv", table(text, "m.csv"));
  }
  scenario.collaborations.properties = std::move(properties);
  build_collaborations(scenario, tables, built.world, built.complaints);
  return built;
}

/// "a 2005..2010" of every spell.
std::string spells(Built const& built, std::string_view name) {
  Collaboration const* found = built.world.collaboration(name);
  if (!found) return "none";
  std::string text;
  for (Membership const& each : found->members) {
    text += built.world.cities.id[each.city] + " ";
    text += each.joined == always ? "" : std::to_string(each.joined);
    text += "..";
    text += (each.left == still ? "" : std::to_string(each.left)) + ";";
  }
  return text;
}

CollaborationProperties properties(std::string name, std::optional<Selector> members = {},
                                   std::optional<std::int32_t> dissolved = {}) {
  return {std::move(name), here, std::move(members), dissolved};
}

Selector top_two() {
  Selector selector;
  selector.form = Selector::Form::top;
  selector.count = 2;
  selector.by = reference("size");
  selector.where = here;
  return selector;
}

Selector members_of(std::string name) {
  Selector selector;
  selector.form = Selector::Form::members;
  selector.names = {reference(std::move(name))};
  selector.where = here;
  return selector;
}

}  // namespace

TEST_CASE("blank joined takes joined_by, both blank is always, blank left is still") {
  Built const built = build(
      "city,collaboration,joined,joined_by,left\n"
      "c,c40,2005,2007,\nb,c40,,2007,2012\na,c40,,,\na,pool,,,2003\nb,c40,2015,2015,\n");
  CHECK(mistakes(built.complaints) == "");
  CHECK(spells(built, "c40") == "a ..;b 2007..2012;b 2015..;c 2005..;");
  CHECK(spells(built, "pool") == "a ..2003;");
  CHECK(spells(built, "who") == "none");
  CHECK(spells(build("collaboration,city\nx,d\n"), "x") == "d ..;");
}

TEST_CASE("a spell may begin in the step in which the last one ended; repetitions count once") {
  Built const built = build("city,collaboration,joined,left\na,x,2000,2003\na,x,2003,\na,x,2000,2003\n");
  CHECK(mistakes(built.complaints) == "");
  CHECK(spells(built, "x") == "a 2000..2003;a 2003..;");
  CHECK(warnings(built.complaints) == "m.csv: 1 repeated membership counted once\n");
}

TEST_CASE("mistakes in the rows are told together") {
  Built const built = build(
      "city,collaboration,joined,joined_by,left\n"
      "e,x,,,\na,,,,\na,my club,,,\na,x,2005.5,soon,\nb,x,2005,,2005\nc,x,2000,,2006\nc,x,2005,,\nd,x,,2010,2009\n");
  CHECK(mistakes(built.complaints) ==
        "m.csv:2:1: unknown city 'e', an id of a city was expected\n"
        "m.csv:3:2: the collaboration is blank, its name was expected\n"
        "m.csv:5:3: '2005.5' in column 'joined' is not a time label, a whole number was expected\n"
        "m.csv:5:4: 'soon' in column 'joined_by' is not a time label, a whole number was expected\n"
        "m.csv:6:5: the city leaves before it is a member for one step, `left` after 2005 was expected\n"
        "m.csv:8:1: two memberships of 'c' in 'x' overlap, the other stands on line 7\n"
        "m.csv:9:5: the city leaves before it is a member for one step, `left` after 2010 was expected\n");
}

TEST_CASE("a collaboration has any name that is not blank") {
  Built const built =
      build("city,collaboration,joined\na,C40 Cities,2005\nb,Città & Co.,\n", {properties("C40 Cities", {}, 2008)});
  CHECK(mistakes(built.complaints) == "");
  CHECK(spells(built, "C40 Cities") == "a 2005..2008;");
  CHECK(spells(built, "Città & Co.") == "b ..;");
}

TEST_CASE("members by selector, and what dissolves") {
  Built const built = build("city,collaboration,joined,left\na,x,2001,2003\na,x,2005,\nb,x,2008,\nd,w,,\n",
                            {properties("club", top_two(), 2005), properties("w"), properties("x", {}, 2006)});
  CHECK(mistakes(built.complaints) == "");
  CHECK(spells(built, "club") == "c ..2005;d ..2005;");
  CHECK(spells(built, "w") == "d ..;");
  CHECK(spells(built, "x") == "a 2001..2003;a 2005..2006;");
  std::vector<std::string> names;
  for (Collaboration const& each : built.world.collaborations) names.push_back(each.name);
  CHECK(names == std::vector<std::string>{"club", "w", "x"});
}

TEST_CASE("members may be chosen among those in the file, at the first step") {
  Selector top = top_two();
  top.parts = {members_of("x")};
  Built const built =
      build("city,collaboration,joined,left\na,x,,\nb,x,1990,2000\nc,x,2000,\nd,x,2001,\n", {properties("core", top)});
  CHECK(mistakes(built.complaints) == "");
  CHECK(spells(built, "core") == "a ..;c ..;");  // b has left, d is not there yet
}

TEST_CASE("a collaboration has either rows or a selector, and no selector upon a selector") {
  Built const built =
      build("city,collaboration\na,x\n", {properties("club", top_two()), properties("nobody"),
                                          properties("second", members_of("club")), properties("x", top_two())});
  CHECK(mistakes(built.complaints) ==
        "s.yaml:5:3: collaboration 'nobody' has no members, rows in the file or `members` were expected\n"
        "s.yaml:5:3: collaboration 'x' has members in the file and under `members`, remove one of them\n"
        "s.yaml:7:3: the members of 'second' are chosen among those of 'club', which are chosen by a selector too, "
        "repeat "
        "the selector of 'club' here\n");
}

TEST_CASE("a collaboration without members may be one that was misspelt") {
  Built const built = build("city,collaboration\na,c40\n", {properties("c4")});
  CHECK(mistakes(built.complaints) ==
        "s.yaml:5:3: collaboration 'c4' has no members, rows in the file or `members` were expected; did you mean "
        "'c40'?\n");
}

TEST_CASE("a collaboration that is founded beside one of nearly its name may have been misspelt") {
  auto const warnings = [](std::vector<std::string> const& names) {
    std::vector<CollaborationProperties> all;
    for (std::string const& name : names) all.push_back(properties(name));
    all[0].recruit = RecruitSpec{{"ties", {}}, 0, 0.5, {}};
    Built const built = build("city,collaboration\na,club\n", std::move(all));
    CHECK(built.complaints.errors().empty());
    CHECK(spells(built, names[0]) == "");
    std::string text;
    for (Complaint const& each : built.complaints.warnings()) text += each.problem + ", " + each.mend;
    return text;
  };
  CHECK(warnings({"clib"}) ==
        "collaboration 'clib' is founded without a member, beside 'club', which has members in the file, did you mean "
        "'club'?");
  CHECK(warnings({"guild"}) == "");
  CHECK(warnings({"clib", "club"}) == "");  // both are meant
}
