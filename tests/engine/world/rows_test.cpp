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

TEST_CASE("a missing column is told with those that there are, and the one that may be it") {
  Complaints complaints;
  Cities const c = cities("id\nlyon\n", complaints);
  auto const told = [&](std::string_view header, std::string_view wanted) {
    Complaints found;
    CHECK_FALSE(Rows(table(header), c, found).required(wanted));
    return mistakes(found);
  };
  CHECK(
      told("ID,NAME\n", "id") ==
      "t.csv:1: column 'id' is missing, 'id' was expected among the columns; the header has: ID, NAME; is it 'ID'?\n");
  CHECK(told("a,CITY,cty\n", "city") ==
        "t.csv:1: column 'city' is missing, 'city' was expected among the columns; the header has: a, CITY, cty; is it "
        "'CITY'?\n");
  CHECK(told("aa,bb,cc,dd,ee,ff,gg,hh,ii\n", "city") ==
        "t.csv:1: column 'city' is missing, 'city' was expected among the columns; the header has: aa, bb, cc, dd, ee, "
        "ff, gg, hh, …\n");
}

TEST_CASE("nothing is said of unknown cities while rows of the cities could not be read") {
  Complaints complaints;
  Cities c = cities("id\nlyon\n", complaints);
  CHECK(c.complete);
  c.complete = false;
  Table const t = table("city\nlyon\nrome\n,\n");
  Rows rows(t, c, complaints);
  CHECK(rows.city(0, 0) == Index{0});
  CHECK_FALSE(rows.city(1, 0));
  CHECK(mistakes(complaints) == "");
}

TEST_CASE("an optional column that is misspelt is missed with a warning") {
  constexpr std::string_view known[] = {"city", "joined", "joined_by", "left", "weight", "from", "until"};
  Cities const none;
  auto const told = [&](std::string_view header, std::string_view wanted) {
    Complaints complaints;
    CHECK_FALSE(Rows(table(header), none, complaints).optional(wanted, known));
    CHECK(complaints.empty());
    return warnings(complaints);
  };
  CHECK(told("city,Joined\n", "joined") ==
        "t.csv:1:2: column 'Joined' is not read as 'joined', did you mean 'joined'?\n");
  CHECK(told("city,LEFT\n", "left") == "t.csv:1:2: column 'LEFT' is not read as 'left', did you mean 'left'?\n");
  CHECK(told("join\n", "joined") == "t.csv:1:1: column 'join' is not read as 'joined', did you mean 'joined'?\n");
  CHECK(told("a,wieght\n", "weight") == "t.csv:1:2: column 'wieght' is not read as 'weight', did you mean 'weight'?\n");
  CHECK(told("form,Untill\n", "from") == "t.csv:1:1: column 'form' is not read as 'from', did you mean 'from'?\n");
  CHECK(told("form,Untill\n", "until") == "t.csv:1:2: column 'Untill' is not read as 'until', did you mean 'until'?\n");
  CHECK(told("join by\n", "joined_by") ==
        "t.csv:1:1: column 'join by' is not read as 'joined_by', did you mean 'joined_by'?\n");
  CHECK(told("city,weigth,weigt\n", "weight") ==
        "t.csv:1:2: column 'weigth' is not read as 'weight', did you mean 'weight'?\n"
        "t.csv:1:3: column 'weigt' is not read as 'weight', did you mean 'weight'?\n");
}

TEST_CASE("columns that are read, or far from an optional one, are no slips of it") {
  constexpr std::string_view known[] = {"city", "joined", "joined_by", "left"};
  Complaints complaints;
  Cities const none;
  Table const given = table("citys,joined_by,confidence,source,loft_size\n");
  Rows rows(given, none, complaints);
  CHECK(rows.optional("joined_by", known) == std::size_t{1});
  CHECK_FALSE(rows.optional("joined", known));
  CHECK_FALSE(rows.optional("left", known));
  CHECK(warnings(complaints) == "");
}

TEST_CASE("an unknown id that looks like a known one is told so") {
  Complaints complaints;
  Cities const known = cities("id\ncaf\u00E9\n", complaints);
  CHECK(mend_for_city(known, "cafe\u0301") ==
        "an id of a city was expected; 'caf\u00E9' looks the same, but its letters are composed otherwise: write them "
        "alike in all files");
  CHECK(mend_for_city(known, "cafes") == "an id of a city was expected");
}
