/// Interventions by date: whom they find, and that neither the file's order nor their company matters.
#include "world/reach.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "engine/world/changing.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

Selector neighbours_of(std::initializer_list<char const*> ids) {
  Selector selector;
  selector.form = Selector::Form::neighbours;
  selector.parts = {chosen(ids)};
  selector.names = {reference("net")};
  selector.where = here;
  return selector;
}

Selector drawn(std::size_t count) {
  Selector selector;
  selector.form = Selector::Form::random;
  selector.count = count;
  selector.where = here;
  return selector;
}

Changing changing_question() {
  Changing q;
  q.members("city,collaboration\na,x\n");
  q.network("net", "source,target\na,b\n");
  return q;
}

}  // namespace

TEST_CASE("a date sees what earlier ones changed, and nothing of its own") {
  Changing q = changing_question();
  q.act("d", 2002, join(chosen({"b"})));
  q.act("c", 2002, leave(those_in("x")));  // a alone
  q.act("b", 2003, leave(those_in("x")));  // b alone
  q.act("a", 2004, join(neighbours_of({"a"})));
  q.act("e", 2003, added(chosen({"a"}), chosen({"e"})));
  q.act("f", 2004, removed(chosen({"a"}), everybody()));
  q.act("g", 2005, join(neighbours_of({"a"}), "x"));
  q.build();
  CHECK(mistakes(q.complaints) == "");
  CHECK(q.world.reached.at("c").cities == std::vector<Index>{0});
  CHECK(q.world.reached.at("b").cities == std::vector<Index>{1});
  CHECK(q.world.reached.at("a").cities == std::vector<Index>{1, 4});
  CHECK(q.world.reached.at("g").cities.empty());
  CHECK(q.spells("x") == "a ..2002;b 2002..2003;b 2004..;e 2004..;");
  CHECK(q.ties("net") == "ab 1 1..4;ae 1 4..4;");
  CHECK(warnings(q.complaints) == "s.yaml:5:3: no city is selected, check the conditions\n");
}

TEST_CASE("whatever acts on a policy chooses its cities as earlier dates have left the world") {
  Changing q = changing_question();
  q.act("in", 2002, join(chosen({"b"})));
  q.act("tie", 2002, added(chosen({"a"}), chosen({"e"})));
  q.act("at once", 2002, PushSpec{reference("p"), 1, those_in("x"), here});
  q.act("push", 2003, PushSpec{reference("p"), 1, those_in("x"), here});
  q.act("campaign", 2003, CampaignSpec{reference("p"), reference("m"), 2, neighbours_of({"a"}), here});
  q.act("mandate", 2004, MandateSpec{reference("p"), 1, those_in("x"), here});
  q.act("seed", 2005, SeedSpec{reference("p"), 1, neighbours_of({"a"}), here});
  q.act("end", 2003, dissolution());
  q.act("untie", 2004, removed(chosen({"a"}), chosen({"b"})));
  q.build();
  CHECK(mistakes(q.complaints) == "");
  auto const reached = [&](std::string_view name) { return q.world.reached.find(name)->second.cities; };
  CHECK(reached("at once") == std::vector<Index>{0});
  CHECK(reached("push") == std::vector<Index>{0, 1});
  CHECK(reached("campaign") == std::vector<Index>{1, 4});
  CHECK(reached("mandate").empty());
  CHECK(reached("seed") == std::vector<Index>{4});
}

TEST_CASE("the order in which interventions stand does not matter") {
  Changing q = changing_question();
  q.act("d", 2002, join(chosen({"b", "c"})));
  q.act("c", 2003, leave(chosen({"a"})));
  q.act("b", 2003, dissolution());
  q.act("a", 2004, added(chosen({"a"}), chosen({"b", "e"}), 0.3));
  q.act("e", 2004, added(chosen({"a"}), chosen({"b", "d"}), 0.6));
  q.act("f", 2004, removed(chosen({"a"}), everybody()));
  std::string const before = digest(q.build().world);
  std::reverse(q.scenario.interventions.begin(), q.scenario.interventions.end());
  CHECK(digest(q.build().world) == before);
  q.scenario.interventions.pop_back();
  CHECK(digest(q.build().world) != before);
}

TEST_CASE("every change is in the digest of the world, and in that of its part alone") {
  std::vector<std::string> digests{digest(changing_question().build().world)};
  for (ActSpec const& act : {join(chosen({"c"})), leave(chosen({"a"})), dissolution(),
                             added(chosen({"c"}), everybody()), removed(chosen({"a"}), everybody())}) {
    for (std::int32_t const at : {2000, 2003}) {
      Changing q = changing_question();
      q.act("it", at, act);
      q.build();
      digests.push_back(digest(q.world));
      bool const of_ties = std::holds_alternative<AddTiesSpec>(act) || std::holds_alternative<RemoveTiesSpec>(act);
      CHECK((q.ties("net") == "ab 1;") == !of_ties);
      CHECK((q.spells("x") == "a ..;") == of_ties);
    }
  }
  std::sort(digests.begin(), digests.end());
  // To leave alone and to be dissolved are one thing.
  CHECK(std::unique(digests.begin(), digests.end()) - digests.begin() == 9);
}

TEST_CASE("sources and targets are drawn each for themselves, by the name of the intervention") {
  std::vector<std::string> ties;
  for (int turn = 0; turn < 2; ++turn) {
    Changing q;
    q.scenario.cities.file.reset();
    q.scenario.cities.generate = 200;
    NetworkSpec& spec = q.scenario.networks.emplace_back();
    spec.name = "net";
    spec.where = here;
    spec.ties = ErdosRenyiTies{1.0, {}, {}};
    if (turn == 1) q.act("a", 2001, join(drawn(0), "none"));
    q.act("tie", 2003, added(drawn(20), drawn(20)));
    q.build();
    Reach const& reach = q.world.reached.at("tie");
    CHECK(reach.sources.size() == 20);
    CHECK(reach.targets.size() == 20);
    CHECK(reach.cities.size() > 30);
    ties.push_back(q.ties("net"));
  }
  CHECK(ties[0] == ties[1]);
}
