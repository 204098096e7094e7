/// Tests of design/sampled: tables of results, good and hostile.
#include "design/sampled.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "samples.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

std::string told(Table const& table, std::vector<std::string> const& inputs, std::string const& measure) {
  Complaints complaints;
  (void)read_sampled(table, inputs, measure, Words::refused, EmptyInputs::refused, complaints);
  return complaints.empty() ? "" : format(complaints.errors()[0]);
}

}  // namespace

TEST_CASE("replicates are gathered by point and number, whatever their order") {
  Table const table = table_of("t.csv", {"replicate", "point", "a", "y"},
                               {"1", "1", "5", "4", "0", "1", "5", "3", "0", "0", "6", "1", "1", "0", "6", "2"});
  Complaints complaints;
  Sampled const read = read_sampled(table, {"a"}, "y", Words::refused, EmptyInputs::refused, complaints);
  complaints.throw_if_any();
  CHECK(read.points == 2);
  CHECK(read.replicates == 2);
  CHECK(read.outputs == std::vector<double>{1, 2, 3, 4});
  CHECK(read.columns[0] == std::vector<double>{6, 5});
  CHECK(read.mean(1) == 3.5);
}

TEST_CASE("without a column of points, replicates follow each other") {
  Table const table =
      table_of("t.csv", {"replicate", "a", "y"}, {"0", "5", "1", "1", "5", "2", "0", "7", "3", "1", "7", "5"});
  Complaints complaints;
  Sampled const read = read_sampled(table, {"a"}, "y", Words::refused, EmptyInputs::refused, complaints);
  CHECK(read.points == 2);
  CHECK(read.outputs == std::vector<double>{1, 2, 3, 5});
}

TEST_CASE("hostile tables are told with place and mend") {
  Table const good = table_of("t.csv", {"a", "y"}, {"1", "2", "3", "4"});
  CHECK(told(good, {"a"}, "y") == "");
  CHECK(told(good, {"b"}, "y") == "t.csv:1: the table has no column 'b' for an input, one of a, y was expected");
  CHECK(told(good, {"a"}, "z").starts_with("t.csv:1: the table has no column 'z' for the measure"));
  CHECK(told(good, {"a", "a"}, "y") == "t.csv: 'a' is named twice, an input once was expected");
  CHECK(told(table_of("t.csv", {"a", "y"}, {"1", "2", "3", "nan"}), {"a"}, "y").starts_with("t.csv:3:2: 'y' is 'nan'"));
  CHECK(told(table_of("t.csv", {"a", "y"}, {"1", "2", "3", ""}), {"a"}, "y").starts_with("t.csv:3:2: 'y' is ''"));
  CHECK(told(table_of("t.csv", {"a", "y"}, {"1", "2", "inf", "2"}), {"a"}, "y") ==
        "t.csv:3:1: 'a' is 'inf', a number was expected of an input");
  CHECK(told(table_of("t.csv", {"a", "y"}, {"", "2", "1", "2"}), {"a"}, "y") ==
        "t.csv:2:1: 'a' is '', a number was expected of an input");
  CHECK(told(table_of("t.csv", {"a", "y"}, {}), {"a"}, "y") ==
        "t.csv: the table has no rows, one for each point was expected");
  CHECK(told(table_of("t.csv", {"point", "replicate", "a", "y"}, {"0", "0", "1", "2", "0", "0", "1", "2"}), {"a"},
             "y") == "t.csv:3:1: replicate 0 of point 0 is there twice, it stands already in line 2");
  CHECK(told(table_of("t.csv", {"point", "replicate", "a", "y"},
                      {"0", "0", "1", "2", "0", "1", "1", "2", "1", "0", "3", "2"}),
             {"a"}, "y") ==
        "t.csv:4:1: a point has 1 replicates, and the first 2, the same number at every point was expected");
  CHECK(told(table_of("t.csv", {"replicate", "a", "y"}, {"x", "1", "2"}), {"a"}, "y") ==
        "t.csv:2:1: 'replicate' is 'x', a whole number was expected");
}

TEST_CASE("scenarios and policies are not pooled, but chosen") {
  Table const table = table_of("t.csv", {"point", "scenario", "replicate", "a", "y", "policy"},
                               {"0", "base", "0", "1", "2", "led", "0", "base", "0", "1", "3", "trams",  //
                                "1", "base", "0", "2", "4", "led", "1", "base", "0", "2", "5", "trams",  //
                                "2", "what", "0", "1", "6", "led", "2", "what", "0", "1", "7", "trams",  //
                                "3", "what", "0", "2", "8", "led", "3", "what", "0", "2", "9", "trams"});
  CHECK(told(table, {"a"}, "y") ==
        "t.csv:1: the column 'scenario' has 2 values: base, what, the rows of one were expected, as --where "
        "scenario=base chooses them");
  Complaints complaints;
  Table const what = rows_where(table, "scenario", "what", complaints);
  CHECK(what.lines == std::vector<int>{6, 7, 8, 9});
  CHECK(told(what, {"a"}, "y").starts_with("t.csv:1: the column 'policy' has 2 values: led, trams, the rows of one"));
  Table const trams = rows_where(what, "policy", "trams", complaints);
  Sampled const read = read_sampled(trams, {"a"}, "y", Words::refused, EmptyInputs::refused, complaints);
  complaints.throw_if_any();
  CHECK(read.points == 2);
  CHECK(read.outputs == std::vector<double>{7, 9});
  CHECK(read.places[0].line == 7);
  CHECK(rows_where(table, "a", "2.0", complaints).rows() == 4);
  Sampled const both = read_sampled(rows_where(table, "policy", "led", complaints), {"a", "scenario"}, "y",
                                    Words::numbered, EmptyInputs::refused, complaints);
  CHECK(both.points == 4);
  CHECK(complaints.empty());
}

TEST_CASE("a choice that leaves no row is told what there is") {
  Table const table = table_of("t.csv", {"a", "y"}, {"1", "2", "3", "4", "1", "5"});
  Complaints complaints;
  (void)rows_where(table, "b", "1", complaints);
  (void)rows_where(table, "a", "2", complaints);
  REQUIRE(complaints.size() == 2);
  CHECK(format(complaints.errors()[0]) ==
        "t.csv:1: the table has no column 'b' for a choice of rows, one of a, y was expected");
  CHECK(format(complaints.errors()[1]) == "t.csv: no row has '2' in the column 'a', one of 1, 3 was expected");
}

TEST_CASE("variance is split after the law of total variance") {
  // Two points, two replicates: 1, 3 and 5, 11. Means 2 and 8, of replicates 3 and 7; rests -1, 1, 1, -1.
  Sampled sampled;
  sampled.points = 2;
  sampled.replicates = 2;
  sampled.outputs = {1, 3, 5, 11};
  VarianceParts const parts = variance_parts(sampled);
  CHECK(std::fabs(parts.noise - 4) < 1e-12);
  CHECK(std::fabs(parts.points - (18 - 2)) < 1e-12);
  CHECK(std::fabs(parts.common - (8 - 2)) < 1e-12);
}
