/// Ties that interventions add and remove: dates, weights, directions, files, and what is told.
#include "world/tie_changes.hpp"

#include <doctest/doctest.h>

#include "engine/world/changing.hpp"

using namespace hansa;
using namespace hansa::test;

TEST_CASE("added ties hold from that step on; cities are not tied to themselves") {
  Changing q;
  q.network("net", "source,target\na,b\n");
  q.act("tie", 2003, added(chosen({"c", "d"}), chosen({"d", "e"})));
  q.build();
  CHECK(mistakes(q.complaints) == "");
  CHECK(warnings(q.complaints) == "");
  CHECK(q.ties("net") == "ab 1 1..;cd 1 4..;ce 1 4..;de 1 4..;");
  CHECK_FALSE(q.world.network("net")->weighted());
  CHECK(q.world.reached.at("tie").sources == std::vector<Index>{2, 3});
  CHECK(q.world.reached.at("tie").targets == std::vector<Index>{3, 4});
  CHECK(q.world.reached.at("tie").cities == std::vector<Index>{2, 3, 4});
  CHECK(q.world.changed_by("tie") == 3);
}

TEST_CASE("a layer whose changes are of the first step has no dates, and one that nothing changes is left as it is") {
  Changing q;
  q.network("net", "source,target,weight\na,b,0.25\n");
  q.act("tie", 2000, added(chosen({"c"}), chosen({"d"}), 0.5));
  q.act("untie", 2000, removed(chosen({"e"}), everybody()));
  q.build();
  CHECK(q.ties("net") == "ab 25;cd 50;");
  CHECK(q.world.network("net")->unit == 0.01);
  CHECK(warnings(q.complaints) ==
        "s.yaml:2:1: 'untie' removes no tie of network 'net': none of these holds in 2000 or later, nothing changes\n");
  q.scenario.interventions.erase(q.scenario.interventions.begin());
  std::string const idle = digest(q.build().world);
  q.scenario.interventions.clear();
  CHECK(digest(q.build().world) == idle);
}

TEST_CASE("removed ties end before that step, and do not begin later") {
  Changing q;
  q.network("net", "source,target,from,until\na,b,,\na,c,2004,\na,d,2001,2002\na,e,2002,2005\nb,c,,\na,b,2003,2004\n");
  q.act("untie", 2003, removed(chosen({"a"}), everybody()));
  q.build();
  CHECK(mistakes(q.complaints) == "");
  CHECK(q.ties("net") == "ab 1 1..3;ad 1 2..3;ae 1 3..3;bc 1 1..;");
  CHECK(q.world.changed_by("untie") == 3);  // b, c, e; the tie to d had ended
}

TEST_CASE("a tie that is removed and added in one step has its new weight") {
  for (bool const turned : {false, true}) {
    Changing q;
    q.network("net", "source,target,weight\na,b,3\na,c,2\n");
    q.act(turned ? "b" : "a", 2004, added(chosen({"a"}), chosen({"b"}), 7));
    q.act(turned ? "a" : "b", 2004, removed(chosen({"a"}), chosen({"b"})));
    q.build();
    CHECK(warnings(q.complaints) == "");
    CHECK(q.ties("net") == "ab 3 1..4;ab 7 5..;ac 2 1..;");
  }
}

TEST_CASE("weights of ties that are there already add, as those of duplicate rows") {
  Changing q;
  q.network("net", "source,target,weight\na,b,1\na,c,1\na,d,1\n");
  q.act("more", 2005, added(chosen({"a"}), chosen({"b", "c", "e"}), 0.1));
  q.act("yet-more", 2005, added(chosen({"a"}), chosen({"c"}), 0.2));
  q.build();
  CHECK(q.ties("net") == "ab 10 1..5;ab 11 6..;ac 10 1..5;ac 13 6..;ad 10 1..;ae 1 6..;");
  CHECK(q.world.network("net")->unit == 0.1);
  CHECK(
      warnings(q.complaints) ==
      "s.yaml:1:1: 'more': 2 pairs of cities are tied in network 'net' already, the weights add, as those of "
      "duplicate rows\n"
      "s.yaml:2:1: 'yet-more': 1 pair of cities is tied in network 'net' already, the weights add, as those of "
      "duplicate rows\n"
      "s.yaml:1:1: network 'net': 1 tie that is added in 2005 repeats another, the weights add, as those of duplicate "
      "rows\n");
}

TEST_CASE("undirected networks are changed in both directions, each pair once") {
  Changing q;
  q.network("net", "source,target\na,b\nb,c\n", false);
  q.act("tie", 2002, added(chosen({"c", "d"}), chosen({"c", "d", "e"})));
  q.act("untie", 2003, removed(chosen({"c"}), chosen({"b"})));
  q.build();
  CHECK(warnings(q.complaints) == "");
  CHECK(q.ties("net") ==
        "ab 1 1..;ba 1 1..;bc 1 1..3;cb 1 1..3;cd 1 3..;ce 1 3..;dc 1 3..;de 1 3..;ec 1 3..;ed 1 3..;");
  CHECK(q.world.changed_by("tie") == 3);
  CHECK(q.world.changed_by("untie") == 1);
}

TEST_CASE("decisions of the step after see the changes of a lagged network") {
  Changing q;
  q.network("net", "source,target\na,b\nb,c\n").timing = TieTiming::lagged;
  q.act("tie", 2002, added(chosen({"c"}), chosen({"d"})));
  q.act("untie", 2002, removed(chosen({"a"}), everybody()));
  q.act("vain", 2010, removed(chosen({"b"}), everybody()));
  q.build();
  CHECK(q.ties("net") == "ab 1 1..3;bc 1 1..;cd 1 4..;");
  CHECK(q.world.network("net")->timing == TieTiming::lagged);
  CHECK(
      warnings(q.complaints) ==
      "s.yaml:3:1: 'vain' changes network 'net' in the last step, its ties are lagged: decisions would see that in the "
      "step after\n");
}

TEST_CASE("rows of a file that are added are what the same rows in the network's own file would be") {
  std::string const rows = "source,target,weight\na,b,0.3\nb,c,1\nc,d,0.07\n";
  for (bool const directed : {true, false}) {
    for (TieTiming const timing : {TieTiming::current, TieTiming::lagged}) {
      Changing q, plain;
      q.network("net", rows, directed).timing = timing;
      q.tables.emplace("more.csv", table("source,target,weight,from,until\nc,b,0.5,,\nd,d,1,,\na,e,0.125,2006,2007\n"
                                         "e,a,2,2001,2002\ne,c,2,2001,2005\ne,b,0,,\n"));
      q.act("tie", 2003, added("more.csv"));
      plain
          .network("net",
                   "source,target,weight,from,until\na,b,0.3,,\nb,c,1,,\nc,d,0.07,,\nc,b,0.5,2003,\n"
                   "a,e,0.125,2006,2007\ne,c,2,2003,2005\n",
                   directed)
          .timing = timing;
      CHECK(digest(q.build().world) == digest(plain.build().world));
      CHECK(mistakes(q.complaints) == "");
      CHECK(contains(warnings(q.complaints), "more.csv: 'tie': 1 tie of a city to itself dropped\n"));
      CHECK(contains(warnings(q.complaints), "more.csv: 'tie': 1 tie ends before 2003, when it begins to hold"));
      CHECK(q.world.reached.at("tie").cities == std::vector<Index>{0, 1, 2, 4});
    }
  }
}

TEST_CASE("pairs of a file are untied, whatever else it says") {
  Changing q;
  q.network("net", "source,target\na,b\nb,a\nc,d\n");
  q.tables.emplace("less.csv", table("source,target,weight,until\na,b,9,1990\nd,c,,\n"));
  q.act("untie", 2003, removed("less.csv"));
  q.build();
  CHECK(mistakes(q.complaints) == "");
  CHECK(q.ties("net") == "ab 1 1..3;ba 1 1..;cd 1 1..;");
  CHECK(q.world.changed_by("untie") == 1);
  CHECK(q.world.reached.at("untie").cities == std::vector<Index>{0, 1, 2, 3});
  q.scenario.networks[0].directed = false;
  q.build();
  CHECK(q.ties("net") == "ab 2 1..3;ba 2 1..3;cd 1 1..3;dc 1 1..3;");
  CHECK(q.world.changed_by("untie") == 2);
}

TEST_CASE("mistakes in files carry their rows, and are found without the cities too") {
  Changing q;
  q.network("net", "source,target\na,b\n");
  q.tables.emplace("more.csv", table("source,target,weight\nx,b,1\na,c,-2\n", "more.csv"));
  q.tables.emplace("less.csv", table("source,to\na,b\n", "less.csv"));
  q.act("tie", 2003, added("more.csv"));
  q.act("untie", 2003, removed("less.csv"));
  q.build();
  CHECK(mistakes(q.complaints) ==
        "less.csv:1: column 'target' is missing, 'target' was expected among the columns; the header has: source, to\n"
        "more.csv:2:1: unknown city 'x', an id of a city was expected\n"
        "more.csv:3:3: the weight '-2' is negative, a number from 0 was expected\n");
  Complaints without;
  check_tables(q.scenario, q.tables, without);
  CHECK(contains(mistakes(without), "less.csv:1: column 'target' is missing"));
  CHECK(contains(mistakes(without), "more.csv:3:3: the weight '-2' is negative"));
}

TEST_CASE("weights that were rounded keep their bits beside new ones of their size, in networks by distance too") {
  Changing q;
  q.tables.at("c.csv") = table("id,lat,lon\na,0,0\nb,0,1\nc,2,1\nd,5,5\ne,9,1\n", "c.csv");
  NetworkSpec& spec = q.scenario.networks.emplace_back();
  spec.name = "net";
  spec.where = here;
  spec.ties = NearestTies{2, {}};
  spec.weight = DecayWeight{300};
  NetworkLayer const before = *q.build().world.network("net");
  q.act("tie", 2004, added(chosen({"e"}), chosen({"a"}), 0.5));
  NetworkLayer const after = *q.build().world.network("net");
  CHECK(after.unit == before.unit);
  CHECK(after.ties() == before.ties() + 1);
  std::vector<StoredTie> kept = stored(after);
  std::erase_if(kept, [](StoredTie const& tie) { return tie.source == 4 && tie.target == 0; });
  CHECK(kept == stored(before));
}

TEST_CASE("more pairs than could be meant are refused") {
  Changing q;
  q.scenario.cities.file.reset();
  q.scenario.cities.generate = 10001;
  NetworkSpec& spec = q.scenario.networks.emplace_back();
  spec.name = "net";
  spec.where = here;
  spec.ties = ErdosRenyiTies{1.0, {}, {}};
  q.act("tie", 2003, added(everybody(), everybody()));
  q.build();
  CHECK(
      mistakes(q.complaints) ==
      "s.yaml:1:1: 'tie' adds ties from 10001 cities to 10001, at most 10^8 pairs were expected: choose fewer sources "
      "or targets\n");
}
