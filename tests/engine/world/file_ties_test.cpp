/// Ties from files: columns, directions, and mistakes with their rows.
#include "world/file_ties.hpp"

#include <doctest/doctest.h>

#include "engine/world/support.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

NetworkSpec from_file(bool directed = true) {
  NetworkSpec spec;
  spec.name = "sister";
  spec.where = here;
  spec.ties = FileTies{file("ties.csv")};
  spec.directed = directed;
  return spec;
}

NetworkLayer read(NetworkSpec const& spec, std::string_view text, Cities const& c, Complaints& complaints) {
  Tables const tables{{"ties.csv", table(text, "ties.csv")}};
  return build_network(spec, c, tables, decade, 1, complaints);
}

}  // namespace

TEST_CASE("a tie file: the target is influenced by the source; undirected ties run both ways") {
  Complaints complaints;
  Cities const c = cities("id\na\nb\nc\n", complaints);
  std::string_view const text = "target,note,source\na,x,c\nb,y,a\n";
  CHECK(stored(read(from_file(), text, c, complaints)) == std::vector<StoredTie>{{0, 1, 1}, {2, 0, 1}});
  CHECK(stored(read(from_file(false), text, c, complaints)) ==
        std::vector<StoredTie>{{0, 1, 1}, {0, 2, 1}, {1, 0, 1}, {2, 0, 1}});
  CHECK(mistakes(complaints) == "");
  CHECK(warnings(complaints) == "");
}

TEST_CASE("mistakes in a tie file are told with their rows, all at once") {
  Complaints complaints;
  Cities const c = cities("id\nberlin\nparis\nlyon\n", complaints);
  (void)read(from_file(), "source,target,weight,from\nberln,paris,1,\n,lyon,-1,\nparis,lyon,,soon\nlyon,paris,nan,\n",
             c, complaints);
  CHECK(mistakes(complaints) ==
        "ties.csv:2:1: unknown city 'berln', an id of a city was expected; did you mean 'berlin'?\n"
        "ties.csv:3:1: the city in column 'source' is blank, an id of a city was expected\n"
        "ties.csv:3:3: the weight '-1' is negative, a number from 0 was expected\n"
        "ties.csv:4:3: the weight is missing, a number from 0 was expected\n"
        "ties.csv:4:4: 'soon' in column 'from' is not a time label, a whole number was expected\n"
        "ties.csv:5:3: the weight 'nan' is not a finite number, a number from 0 was expected\n");
  Complaints columns;
  (void)read(from_file(), "sources,target\n", c, columns);
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
  (void)read(from_file(), text, c, complaints);
  CHECK(complaints.size() == 20000);
}
