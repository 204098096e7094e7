/// Attributes that change over time: which row counts, what is derived from them, where a constant one is needed.
#include "world/panel.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "engine/world/support.hpp"
#include "world/select.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

using From = DerivedAttribute::From;

/// "2001 a 5; …" of what changes after the start.
std::string told(Cities const& c, std::string const& name) {
  std::string text;
  auto const add = [&](std::int32_t from, Index city, std::string const& value) {
    text += std::to_string(from) + " " + c.id[city] + " " + value + "; ";
  };
  if (c.later_numbers.contains(name)) {
    for (auto const& each : c.later_numbers.at(name))
      add(each.from, each.city, std::to_string(each.value).substr(0, 6));
  }
  if (c.later_texts.contains(name)) {
    for (auto const& each : c.later_texts.at(name)) add(each.from, each.city, c.text(name)->labels.at(each.value));
  }
  return text;
}

constexpr char const* three = "id,size,mood\na,1,calm\nb,2,calm\nc,4,\n";

}  // namespace

TEST_CASE("the last row up to a label counts, before the first one the cities file") {
  Complaints complaints;
  Cities const c = cities(three, complaints, {},
                          "city,year,size,mood,rain\nb,2003,7,wild,1.5\na,1990,5,wild,1\na,1999,6,wild,2\n"
                          "a,2000,6.5,calm,3\nb,2010,8,calm,4\na,2001,9,,5\n");
  CHECK(mistakes(complaints) == "");
  CHECK(*c.number("size") == std::vector<double>{6.5, 2, 4});
  CHECK(told(c, "size") == "2001 a 9.0000; 2003 b 7.0000; 2010 b 8.0000; ");
  CHECK(c.text("mood")->labels == std::vector<std::string>{"calm", "wild"});
  CHECK(c.text("mood")->code == std::vector<std::int32_t>{0, 0, -1});
  CHECK(told(c, "mood") == "2003 b wild; 2010 b calm; ");
  // An attribute that the cities file does not have: missing before its first row.
  CHECK((*c.number("rain"))[0] == 3);
  CHECK(std::isnan((*c.number("rain"))[1]));
  CHECK(told(c, "rain") == "2001 a 5.0000; 2003 b 1.5000; 2010 b 4.0000; ");
  CHECK(values_at(*c.number("size"), &c.later_numbers.at("size"), 2000) == std::vector<double>{6.5, 2, 4});
  CHECK(values_at(*c.number("size"), &c.later_numbers.at("size"), 2003) == std::vector<double>{9, 7, 4});
  CHECK(values_at<double>({1}, nullptr, 2003) == std::vector<double>{1});
  CHECK(warnings(complaints) ==
        "panel.csv:7:4: column 'mood' is blank in 1 of 6 rows, the value before them is carried on\n");
}

TEST_CASE("rows that repeat what holds are no change") {
  Complaints complaints;
  Cities const c = cities(three, complaints, {derived("class", From::column, "mood")},
                          "city,time,size,mood\na,2000,1,calm\na,2004,1,calm\nb,2001,3,calm\nb,2002,3,calm\n");
  CHECK(mistakes(complaints) == "");
  CHECK(told(c, "size") == "2001 b 3.0000; ");
  CHECK_FALSE(c.changes("mood"));
  CHECK_FALSE(c.changes("class"));
  CHECK(c.changes("size"));
}

TEST_CASE("what is derived from a changing column changes too, on the scale of the start") {
  Complaints complaints;
  DerivedAttribute bins = derived("class", From::bins, "size");
  bins.at = {2, 8};
  bins.labels = {"small", "middle", "large"};
  Cities const c = cities("id,size\na,1\nb,2\nc,6\n", complaints,
                          {bins, derived("copy", From::column, "size"), derived("l", From::log, "size"),
                           derived("twice", From::column, "z"), derived("z", From::column, "size", true)},
                          "city,year,size\na,2002,3\nc,2005,7\nc,2006,8\n");
  CHECK(mistakes(complaints) == "");
  CHECK(told(c, "class") == "2002 a middle; 2006 c large; ");
  CHECK(told(c, "copy") == told(c, "size"));
  CHECK(c.later_numbers.at("l")[0].value == doctest::Approx(std::log(3.0)).epsilon(1e-14));
  // At the start mean 3 and variance (4 + 1 + 9) / 2 = 7.
  CHECK((*c.number("z"))[0] == doctest::Approx(-2 / std::sqrt(7.0)).epsilon(1e-14));
  CHECK(c.later_numbers.at("z")[2].value == doctest::Approx(5 / std::sqrt(7.0)).epsilon(1e-14));
  CHECK(told(c, "twice") == told(c, "z"));
}

TEST_CASE("a text column that is derived changes with its source") {
  Complaints complaints;
  Cities const c = cities(three, complaints, {derived("copy", From::column, "mood")}, "city,year,mood\nb,2003,wild\n");
  CHECK(mistakes(complaints) == "");
  CHECK(told(c, "copy") == "2003 b wild; ");
  CHECK(c.text("copy")->labels == c.text("mood")->labels);
}

TEST_CASE("numbers and texts of the panel fit those of the cities") {
  Complaints complaints;
  Cities const c = cities("id,code,empty,country\na,1x,,2\nb,2,,\n", complaints, {},
                          "city,year,code,empty,country\na,2001,7,dry,\na,2003,8,wet,5\n");
  CHECK(mistakes(complaints) == "");
  CHECK(told(c, "code") == "2001 a 7; 2003 a 8; ");
  CHECK(told(c, "empty") == "2001 a dry; 2003 a wet; ");
  CHECK(c.number("empty") == nullptr);
  CHECK(told(c, "country") == "2003 a 5; ");
  Complaints wrong;
  (void)cities("id,size\na,1\n", wrong, {}, "city,year,size\na,2001,big\n");
  CHECK(mistakes(wrong) ==
        "panel.csv:2:3: 'big' in column 'size' is not a finite number, leave the cell blank where the number is "
        "unknown\n");
}

TEST_CASE("mistakes in a panel are told at once, with their rows") {
  Complaints complaints;
  (void)cities("id,lat,size\nabba,0,1\nb,0,2\n", complaints, {derived("l", From::log, "size")},
               "city,year,lat,size,id,\nabba,2001,91,1,1,\nabba,2001,3,3,1,\naba,2001,4,4,1,\nb,20x,4,4,1,\n"
               ",2001,4,4,1,\nb,2004,4,-4,1,9\nb,99999999999,4,4,1,\nb,2003,4,inf,1,\n");
  CHECK(mistakes(complaints) ==
        "panel.csv:1: column 6 has no name, name it in the first line\n"
        "panel.csv:1: the id of a city cannot change, leave out the column 'id'\n"
        "panel.csv:2:3: '91' in column 'lat' is out of range, degrees from -90 to 90 were expected\n"
        "panel.csv:3:2: 'abba' has two rows of 2001, line 2 has one too\n"
        "panel.csv:4:1: unknown city 'aba', an id of a city was expected; did you mean 'abba'?\n"
        "panel.csv:5:2: '20x' in column 'year' is not a time label, a whole number was expected\n"
        "panel.csv:6:1: the city in column 'city' is blank, an id of a city was expected\n"
        "panel.csv:7:4: 'size' of city 'b' is not positive: attribute 'l' is its logarithm, a number above 0, or a "
        "blank cell, was expected\n"
        "panel.csv:8:2: '99999999999' in column 'year' is not a time label, a whole number was expected\n"
        "panel.csv:9:4: 'inf' in column 'size' is not a finite number, leave the cell blank where the number is "
        "unknown\n");
}

TEST_CASE("the place of a value is the row that gives it") {
  Complaints complaints;
  (void)cities("id,size\na,1\nb,-2\n", complaints, {derived("l", From::log, "size")},
               "city,year,size\na,1998,-1\na,1999,\na,2005,2\n");
  CHECK(mistakes(complaints) ==
        "cities.csv:3:2: 'size' of city 'b' is not positive: attribute 'l' is its logarithm, a number above 0, or a "
        "blank cell, was expected\n"
        "panel.csv:2:3: 'size' of city 'a' is not positive: attribute 'l' is its logarithm, a number above 0, or a "
        "blank cell, was expected\n");
}

TEST_CASE("columns that a panel needs, and rows after the end") {
  Complaints complaints;
  (void)cities(three, complaints, {}, "town,size\na,1\n");
  CHECK(mistakes(complaints) ==
        "panel.csv:1: column 'city' is missing, 'city' was expected among the columns; the header has: town, size\n"
        "panel.csv:1: column 'year' is missing, 'year' was expected among the columns; the header has: town, size\n");
  Complaints none;
  (void)cities(three, none, {}, "city,year\na,2001\n");
  CHECK(mistakes(none) == "");
  CHECK(warnings(none) == "panel.csv:1: the panel has no attributes, columns beside city and year were expected\n");
  Complaints late;
  Cities const c = cities(three, late, {}, "city,year,size\nb,2011,5\na,2010,5\na,2012,6\n");
  CHECK(mistakes(late) == "");
  CHECK(warnings(late) == "panel.csv:2:2: 2 rows are dated after 2010, in which time ends, nothing sees them\n");
  CHECK(told(c, "size") == "2010 a 5.0000; ");
}

TEST_CASE("a changing attribute is refused where a constant one is needed") {
  Complaints complaints;
  Cities const c = cities(three, complaints, {}, "city,year,size,mood,rain\na,2001,5,wild,1\nb,2000,,,4\nb,2003,,,5\n");
  CHECK(mistakes(complaints) == "");
  CHECK(require_number(c, reference("size"), "an effect", complaints, Changes::allowed) == c.number("size"));
  CHECK(require_text(c, reference("mood"), "an effect", complaints, Changes::allowed) == c.text("mood"));
  CHECK(mistakes(complaints) == "");
  CHECK(require_number(c, reference("size"), "a threshold", complaints) == nullptr);
  CHECK(require_text(c, reference("mood"), "a pool", complaints) == nullptr);
  CHECK(require_number(c, reference("rain"), "an effect", complaints, Changes::allowed) == nullptr);
  CHECK(mistakes(complaints) ==
        "s.yaml:7:3: attribute 'mood' changes over time (a pool), a constant one is needed: its value at the start in "
        "the cities file, under another name\n"
        "s.yaml:7:3: attribute 'rain' is missing at the start for 2 of 3 cities, 'a' the first (an effect), a number "
        "for every city was expected\n"
        "s.yaml:7:3: attribute 'size' changes over time (a threshold), a constant one is needed: its value at the "
        "start in the cities file, under another name\n");
}

TEST_CASE("standardising needs variation at the start") {
  Complaints complaints;
  (void)cities("id,size\na,1\nb,1\n", complaints, {derived("z", From::column, "size", true)},
               "city,year,size\na,2001,5\n");
  CHECK(mistakes(complaints) ==
        "s.yaml:6:5: attribute 'z' cannot be standardised: 'size' does not vary at the start, at least two different "
        "values are needed\n");
}

TEST_CASE("selectors see the attributes of their date") {
  Complaints complaints;
  World world;
  world.cities = cities(three, complaints, {}, "city,year,size,mood\na,2001,5,wild\nb,2003,3,wild\nb,2005,9,calm\n");
  Selector large;
  large.form = Selector::Form::where;
  large.where = here;
  large.conditions = {{reference("size"), {}, 3.0, {}}};
  Selector wild = large;
  wild.conditions = {{reference("mood"), {reference("wild")}, {}, {}}};
  Selector top = large;
  top.form = Selector::Form::top;
  top.count = 1;
  top.by = reference("size");
  using Found = std::vector<Index>;
  CHECK(select(large, world, 2000, "p", complaints) == Found{2});
  CHECK(select(large, world, 2001, "p", complaints) == Found{0, 2});
  CHECK(select(large, world, 2003, "p", complaints) == Found{0, 1, 2});
  CHECK(select(wild, world, 2002, "p", complaints) == Found{0});
  CHECK(select(wild, world, 2004, "p", complaints) == Found{0, 1});
  CHECK(select(wild, world, 2005, "p", complaints) == Found{0});
  CHECK(select(top, world, 2000, "p", complaints) == Found{2});
  CHECK(select(top, world, 2004, "p", complaints) == Found{0});
  CHECK(select(top, world, 2010, "p", complaints) == Found{1});
  CHECK(mistakes(complaints) == "");
}

TEST_CASE("shuffled rows of a panel give the same cities") {
  std::string_view const panel =
      "city,year,size,mood\nb,2003,7,wild\na,1990,5,wild\na,1999,6,wild\nc,2002,,calm\nb,2010,8,calm\na,2001,9,\n";
  Complaints complaints;
  CitiesSpec spec;
  spec.file = file("cities.csv");
  spec.panel = file("panel.csv");
  spec.attributes = {derived("z", From::log, "size", true)};
  World world;
  std::string expected;
  for (unsigned seed = 0; seed <= 10; ++seed) {
    Table const rows = table(panel, "panel.csv");
    Tables const tables{{"cities.csv", table(three, "cities.csv")},
                        {"panel.csv", seed == 0 ? rows : shuffled(rows, seed)}};
    world.cities = build_cities(spec, tables, {2000, 2010, "year"}, 1, complaints);
    if (seed == 0) expected = digest(world);
    CHECK(digest(world) == expected);
  }
  CHECK(mistakes(complaints) == "");
  world.cities.later_numbers.at("size")[0].value += 1;
  CHECK(digest(world) != expected);
  world.cities.later_numbers.at("size")[0].value -= 1;
  CHECK(digest(world) == expected);
  world.cities.later_texts.at("mood")[0].from += 1;
  CHECK(digest(world) != expected);
}
