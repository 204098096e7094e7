/// Cells that name cities and years.
#include "world/rows.hpp"

#include <doctest/doctest.h>

#include "engine/world/support.hpp"

using namespace hansa;
using namespace hansa::test;

TEST_CASE("cities, years and blank cells") {
  Complaints complaints;
  Cities const c = cities("id\nlyon\nparis\n", complaints);
  Table const t = table("city,year\nparis,-12\nLyon,2001.0\n,\nparis,2147483646\nparis,2147483647\n");
  Rows rows(t, c, complaints);
  CHECK(rows.city(0, 0) == Index{1});
  CHECK(rows.year(0, 1) == -12);
  CHECK_FALSE(rows.city(1, 0));  // ids are case-sensitive
  CHECK_FALSE(rows.year(1, 1));
  CHECK_FALSE(rows.city(2, 0));
  CHECK(rows.blank(2, 1));
  CHECK(rows.blank(0, std::nullopt));
  CHECK_FALSE(rows.blank(0, 0));
  CHECK(rows.year(3, 1) == 2147483646);
  CHECK_FALSE(rows.year(4, 1));  // stands for "still"
  CHECK(mistakes(complaints) ==
        "t.csv:3:1: unknown city 'Lyon', an id of a city was expected; did you mean 'lyon'?\n"
        "t.csv:3:2: '2001.0' in column 'year' is not a time label, a whole number was expected\n"
        "t.csv:4:1: the city in column 'city' is blank, an id of a city was expected\n"
        "t.csv:6:2: '2147483647' in column 'year' is not a time label, a whole number was expected\n");
}

TEST_CASE("a file that was not read has no table, and its reader has said so") {
  Tables tables;
  CHECK(find_table(tables, file("a.csv")) == nullptr);
  tables["a.csv"] = table("x\n1\n");
  CHECK(find_table(tables, file("a.csv")) == &tables["a.csv"]);
}
