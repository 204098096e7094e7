/// Tests of scenario/tables: numbers are read exactly or not at all.
#include "scenario/tables.hpp"

#include <cmath>
#include <string>

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("numbers beyond the range of doubles: the small ones are zero, the large ones are none") {
  CHECK(parse_number("1e-400") == 0.0);
  CHECK(parse_number("-1e-400") == 0.0);
  CHECK(std::signbit(*parse_number("-1e-400")));
  CHECK(parse_number("0." + std::string(400, '0') + "1") == 0.0);
  CHECK(parse_number("4.9e-324") == 4.9e-324);
  CHECK(parse_number("1e308") == 1e308);
  for (std::string const& wrong : {std::string("1e309"), std::string("-1e309"), "1" + std::string(400, '0'),
                                   std::string("1e5000"), std::string("1e-400x")}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_number(wrong));
  }
}

TEST_CASE("numbers are correctly rounded") {
  CHECK(parse_number("0.1") == 0.1);
  CHECK(parse_number("-6.5") == -6.5);
  CHECK(parse_number("+2") == 2.0);
  CHECK(parse_number("1e3") == 1000.0);
  CHECK(parse_number("9007199254740993") == 9007199254740992.0);  // halfway, to even
  CHECK(parse_number("5e-324") == 5e-324);
}

TEST_CASE("what is more than a finite number is none") {
  for (char const* text : {"", " 1", "1 ", "1,5", "nan", "inf", "-inf", "infinity", "1e999", "0x10", "+-1", "+", "1a",
                           "--1", ".nan", ".inf", "1_000"})
    CHECK_MESSAGE(!parse_number(text), text);
}

TEST_CASE("whole numbers are whole and fit 64 bits") {
  CHECK(parse_integer("42") == 42);
  CHECK(parse_integer("-9223372036854775808") == INT64_MIN);
  CHECK(parse_integer("+7") == 7);
  for (char const* text : {"", "3.0", "1e3", "9223372036854775808", " 1", "0x1", "+-1"})
    CHECK_MESSAGE(!parse_integer(text), text);
}

TEST_CASE("columns and places of a table") {
  Table table;
  table.name = "t.csv";
  table.header = {"id", "name"};
  table.cells = {"a", "A", "b", "B"};
  table.lines = {2, 5};
  CHECK(table.column("name") == 1);
  CHECK_FALSE(table.column("Name"));
  CHECK(table.cell(1, 0) == "b");
  CHECK(table.place(1, 1) == Place{"t.csv", 5, 2});
}
