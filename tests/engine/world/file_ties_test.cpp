/// Ties from files: columns, directions, and mistakes with their rows.
#include "world/file_ties.hpp"

#include <array>

#include <doctest/doctest.h>

#include "engine/world/support.hpp"

using namespace hansa;
using namespace hansa::test;

TEST_CASE("a tie file: the target is influenced by the source; undirected ties run both ways") {
  Complaints complaints;
  Cities const c = cities("id\na\nb\nc\n", complaints);
  std::string_view const text = "target,note,source\na,x,c\nb,y,a\n";
  CHECK(stored(built_ties(from_file(), text, c, complaints)) == std::vector<StoredTie>{{0, 1, 1}, {2, 0, 1}});
  CHECK(stored(built_ties(from_file(false), text, c, complaints)) ==
        std::vector<StoredTie>{{0, 1, 1}, {0, 2, 1}, {1, 0, 1}, {2, 0, 1}});
  CHECK(mistakes(complaints) == "");
  CHECK(warnings(complaints) == "");
}

TEST_CASE("mistakes in a tie file are told with their rows, all at once") {
  Complaints complaints;
  Cities const c = cities("id\nberlin\nparis\nlyon\n", complaints);
  (void)built_ties(from_file(),
                   "source,target,weight,from\nberln,paris,1,\n,lyon,-1,\nparis,lyon,,soon\nlyon,paris,nan,\n", c,
                   complaints);
  CHECK(mistakes(complaints) ==
        "ties.csv:2:1: unknown city 'berln', an id of a city was expected; did you mean 'berlin'?\n"
        "ties.csv:3:1: the city in column 'source' is blank, an id of a city was expected\n"
        "ties.csv:3:3: the weight '-1' is negative, a number from 0 was expected\n"
        "ties.csv:4:3: the weight is missing, a number from 0 was expected\n"
        "ties.csv:4:4: 'soon' in column 'from' is not a time label, a whole number was expected\n"
        "ties.csv:5:3: the weight 'nan' is not a finite number, a number from 0 was expected\n");
  Complaints columns;
  (void)built_ties(from_file(), "sources,target\n", c, columns);
  CHECK(mistakes(columns) ==
        "ties.csv:1: column 'source' is missing, 'source' was expected among the columns; the header has: sources, "
        "target; is it "
        "'sources'?\n");
}

TEST_CASE("a file of strangers' cities is told row by row without a search for near names for each") {
  Complaints complaints;
  Cities const c = generated(2000);
  std::string text = "source,target\n";
  for (int k = 0; k < 20000; ++k) text += "stranger-" + std::to_string(k) + ",c1\n";
  (void)built_ties(from_file(), text, c, complaints);
  CHECK(complaints.size() == 20000);
}

namespace {

/// Source, target, from, until of every stored tie.
using Spells = std::vector<std::array<int, 4>>;

Spells spells(NetworkLayer const& layer) {
  Spells found;
  for (StoredTie const& tie : stored(layer)) {
    std::size_t const k = found.size();
    int const from = layer.dated() ? layer.from[k] : 1, until = layer.dated() ? layer.until[k] : for_ever;
    found.push_back({static_cast<int>(tie.source), static_cast<int>(tie.target), from, until});
  }
  return found;
}

}  // namespace

TEST_CASE("dated rows: first and last label, both counted, blank means always") {
  Complaints complaints;
  Cities const c = cities("id\na\nb\nc\n", complaints);
  std::string_view const text = "source,target,from,until\na,b,2003,2005\nb,a,,2001\na,c,2010,\nc,a,,\nb,c,1990,2001\n";
  NetworkLayer const layer = built_ties(from_file(), text, c, complaints);
  CHECK(spells(layer) == Spells{{0, 1, 3, 5}, {0, 2, 10, for_ever}, {1, 0, 1, 1}, {1, 2, 1, 1}, {2, 0, 1, for_ever}});
  CHECK(layer.in_degree == std::vector<std::uint32_t>{2, 0, 1});
  CHECK(layer.changes.size() == 5);
  CHECK(layer.changes.front().step == 2);
  NetworkSpec lagged = from_file();
  lagged.timing = TieTiming::lagged;
  NetworkLayer const later = built_ties(lagged, text, c, complaints);
  CHECK(later.timing == TieTiming::lagged);
  CHECK(spells(later) == Spells{{0, 1, 4, 6}, {1, 0, 1, 2}, {1, 2, 1, 2}, {2, 0, 1, for_ever}});
  std::string_view const end = "source,target,from,until\na,b,,2009\nb,c,,2010\n";
  CHECK(spells(built_ties(lagged, end, c, complaints)) == Spells{{0, 1, 1, 10}, {1, 2, 1, for_ever}});
  CHECK(spells(built_ties(from_file(), end, c, complaints)) == Spells{{0, 1, 1, 9}, {1, 2, 1, for_ever}});
  CHECK(spells(built_ties(from_file(false), "source,target,until\na,b,2001\nb,a,2003\n", c, complaints)) ==
        Spells{{0, 1, 1, 1}, {0, 1, 2, 3}, {1, 0, 1, 1}, {1, 0, 2, 3}});
  CHECK_FALSE(built_ties(from_file(), "source,target,from\na,b,1999\n", c, complaints).dated());
  CHECK(mistakes(complaints) == "");
  CHECK(warnings(complaints) ==
        "ties.csv: network 'sister': 1 tie holds at no step of the simulation\n"
        "s.yaml:5:3: network 'sister': 1 duplicate tie added to the weight of the first\n");
}

TEST_CASE("slices: a tie exists at a time only if a row has that time") {
  Complaints complaints;
  Cities const c = cities("id\na\nb\n", complaints);
  std::string_view const text =
      "time,source,target\n2001,a,b\n2002,a,b\n2004,a,b\n2010,a,b\n2003,b,a\n2000,b,a\n2011,b,a\n";
  CHECK(spells(built_ties(from_file(), text, c, complaints)) ==
        Spells{{0, 1, 1, 2}, {0, 1, 4, 4}, {0, 1, 10, for_ever}, {1, 0, 3, 3}});
  CHECK(mistakes(complaints) == "");
  CHECK(warnings(complaints) == "ties.csv: network 'sister': 2 ties hold at no step of the simulation\n");
}

TEST_CASE("the order of dated rows does not matter, and weights by source go with them") {
  Complaints complaints;
  Cities const c = cities("id,size\na,2\nb,3\n", complaints);
  Table const rows = table("source,target,from,until\na,b,2003,2005\na,b,2005,2006\nb,a,,2001\n", "ties.csv");
  NetworkSpec spec = from_file(false);
  spec.weight = SourceWeight{reference("size")};
  NetworkLayer const layer = build_network(spec, c, {{"ties.csv", rows}}, decade, 1, complaints);
  CHECK(stored(layer) ==
        std::vector<StoredTie>{{0, 1, 2}, {0, 1, 2}, {0, 1, 4}, {0, 1, 2}, {1, 0, 3}, {1, 0, 3}, {1, 0, 6}, {1, 0, 3}});
  for (unsigned seed = 1; seed < 6; ++seed) {
    NetworkLayer const other = build_network(spec, c, {{"ties.csv", shuffled(rows, seed)}}, decade, 1, complaints);
    CHECK(stored(other) == stored(layer));
    CHECK(other.from == layer.from);
    CHECK(other.until == layer.until);
  }
}

TEST_CASE("dates that are none") {
  Complaints complaints;
  Cities const c = cities("id\na\nb\n", complaints);
  (void)built_ties(from_file(), "source,target,from,until\na,b,2005,2003\na,b,2001.5,\na,b,,99999999999\n", c,
                   complaints);
  (void)built_ties(from_file(), "source,target,time,until\na,b,,\na,b,x,\n", c, complaints);
  CHECK(mistakes(complaints) ==
        "ties.csv:1: column 'time' stands beside 'until' in the ties of network 'sister', either slices in 'time', or "
        "spells in 'from' and 'until', were expected\n"
        "ties.csv:2:3: the time of the tie is missing, a whole number was expected\n"
        "ties.csv:2:4: the tie ends in 2003, before it begins in 2005, 'from' and 'until' are the first and the last "
        "label at which it holds\n"
        "ties.csv:3:3: '2001.5' in column 'from' is not a time label, a whole number was expected\n"
        "ties.csv:3:3: 'x' in column 'time' is not a time label, a whole number was expected\n"
        "ties.csv:4:4: '99999999999' in column 'until' is not a time label, a whole number was expected\n");
}
