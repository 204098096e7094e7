/// Widths of characters and the alignment of tables.
#include "tell/text_table.hpp"

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("a character counts by the columns that a terminal gives it") {
  CHECK(display_width("") == 0);
  CHECK(display_width("Bogota") == 6);
  CHECK(display_width("Bogot\u00e1") == 6);
  CHECK(display_width("Bogota\u0301") == 6);
  CHECK(display_width("東京") == 4);
  CHECK(display_width("서울") == 4);
  CHECK(display_width("Łódź") == 4);
}

TEST_CASE("bytes that are not UTF-8 count one each and end nothing") {
  CHECK(display_width("a\xff\xfe") == 3);
  CHECK(display_width("\xe6\x9d") == 2);
}

TEST_CASE("columns are as wide as their widest cell, whatever its bytes") {
  std::string const text =
      lay_out({{"東京", "1"}, {"Bogotá", "23"}, {"a lonely long line"}}, {Align::left, Align::right});
  CHECK(text == "東京     1\nBogotá  23\na lonely long line\n");
}

TEST_CASE("no line ends in blanks") {
  CHECK(lay_out({{"a", ""}, {"bb", "c"}}, {Align::left, Align::left}) == "a\nbb  c\n");
}

TEST_CASE("wrapped text stays within its width, and an indivisible word stands alone") {
  CHECK(wrap("one two three four", 9, 2) == "one two\n  three\n  four");
  CHECK(wrap("incomprehensibilities a", 5, 0) == "incomprehensibilities\na");
  CHECK(wrap("fell by 17 %, rose by 5 %", 10, 0) == "fell by\n17 %, rose\nby 5 %");
  CHECK(wrap("", 10, 3).empty());
}
