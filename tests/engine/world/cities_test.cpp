/// Cities from tables and generated: what is kept, how it is sorted, what is refused.
#include "world/cities.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "engine/world/support.hpp"

using namespace hansa;
using namespace hansa::test;

TEST_CASE("cities are sorted by the bytes of their ids, and the rows' order is kept") {
  Complaints complaints;
  Cities const c = cities("id,population\nb,2\nä,3\na,1\nB,4\n", complaints);
  CHECK(mistakes(complaints) == "");
  CHECK(c.id == std::vector<std::string>{"B", "a", "b", "ä"});
  CHECK(c.input_order == std::vector<Index>{2, 3, 1, 0});
  CHECK(*c.number("population") == std::vector<double>{4, 1, 2, 3});
  CHECK(c.hash[1] == hash_id("a"));
  CHECK(c.find("b") == Index{2});
  CHECK_FALSE(c.find("c"));
}

TEST_CASE("a column is numeric if every cell that is not blank is a number") {
  Complaints complaints;
  Cities const c = cities("id,country,area,code,note\na,1,5.5,1,\nb,2,,x,\nc,,-3,2,\n", complaints);
  CHECK(mistakes(complaints) == "");
  CHECK(c.number("country") == nullptr);
  CHECK(c.text("country")->labels == std::vector<std::string>{"1", "2"});
  CHECK(c.text("country")->code == std::vector<std::int32_t>{0, 1, -1});
  CHECK(std::isnan((*c.number("area"))[1]));
  CHECK((*c.number("area"))[2] == -3);
  CHECK(c.text("code")->labels == std::vector<std::string>{"1", "2", "x"});
  CHECK(c.text("code")->first_text == Place{"cities.csv", 3, 4});
  CHECK(std::isnan((*c.number("note"))[0]));
}

TEST_CASE("all mistakes in the rows are told at once, with their lines") {
  Complaints complaints;
  (void)cities("id,lat,lon,population,area\na,91,0,1,1\n,0,0,1,1\nb,0,-181,-5,nan\na,0,0,1,-Inf\nc,x,0,inf,1\n",
               complaints);
  CHECK(mistakes(complaints) ==
        "cities.csv:2:2: '91' in column 'lat' is out of range, degrees from -90 to 90 were expected\n"
        "cities.csv:3:1: the id of the city is blank, every city needs an id of its own\n"
        "cities.csv:4:3: '-181' in column 'lon' is out of range, degrees from -180 to 180 were expected\n"
        "cities.csv:4:4: '-5' in column 'population' is out of range, a number from 0 to 10^12 was expected\n"
        "cities.csv:4:5: 'nan' in column 'area' is not a finite number, leave the cell blank where the number is "
        "unknown\n"
        "cities.csv:5:1: duplicate id 'a', it stands on line 2 already\n"
        "cities.csv:6:2: 'x' in column 'lat' is not a finite number, degrees from -90 to 90 were expected\n"
        "cities.csv:6:4: 'inf' in column 'population' is not a finite number, a number from 0 to 10^12 was expected\n");
}

TEST_CASE("any id may be meant where one stands twice, or its column does, or rows were left out") {
  auto const complete = [](std::string_view text) {
    Complaints complaints;
    return cities(text, complaints).complete;
  };
  CHECK(complete("id,x\na,1\nb,2\n"));
  CHECK(complete("id,x\na,one\nb,nan\n"));
  CHECK_FALSE(complete("id,x\na,1\na,2\n"));
  CHECK_FALSE(complete("id,id\na,1\nb,2\n"));
  Complaints complaints;
  Table none = table("id\n");
  none.dropped = 1;
  CitiesSpec spec;
  spec.file = FileRef{"cities.csv", "cities.csv", {}};
  CHECK_FALSE(build_cities(spec, {{"cities.csv", none}}, {2000, 2010, "year"}, 1, complaints).complete);
  CHECK(mistakes(complaints) == "");  // whoever left the row out has complained
}

TEST_CASE("a table without ids, without rows, or with a nameless column is refused") {
  Complaints complaints;
  (void)cities("idd,lat\na,1\n", complaints);
  CHECK(mistakes(complaints) ==
        "cities.csv:1: column 'id' is missing, 'id' was expected among the columns; the header has: idd, lat; is it "
        "'idd'?\n");
  Complaints empty;
  (void)cities("id,lat\n", empty);
  CHECK(mistakes(empty) == "cities.csv:1: there are no cities, one row a city was expected\n");
  Complaints nameless;
  (void)cities("id,,\na,,1\n", nameless);
  CHECK(mistakes(nameless) == "cities.csv:1: column 3 has no name, name it in the first line\n");
}

TEST_CASE("generated cities stand in order of their ids, and are written in order of their numbers") {
  for (std::int64_t n : {1, 2, 9, 10, 11, 12, 99, 100, 101, 110, 1000, 1234, 20000}) {
    CAPTURE(n);
    Cities const c = generated(n);
    CHECK(c.size() == n);
    CHECK(std::is_sorted(c.id.begin(), c.id.end()));
    bool named = true;
    for (std::size_t row = 0; row < c.input_order.size(); ++row) {
      named = named && c.id[c.input_order[row]] == "c" + std::to_string(row);
    }
    CHECK(named);
  }
}

TEST_CASE("generated cities are keyed by id: more cities move nobody") {
  Cities const few = generated(11, CitiesSpec::Coordinates::square);
  Cities const many = generated(500, CitiesSpec::Coordinates::square);
  CHECK(few.id[2] == "c10");  // by bytes
  CHECK(few.input_order[10] == 2);
  for (Index i = 0; i < few.size(); ++i) {
    Index const j = *many.find(few.id[i]);
    CHECK((*few.number("x"))[i] == (*many.number("x"))[j]);
    CHECK((*few.number("y"))[i] == (*many.number("y"))[j]);
  }
  Cities const other = generated(11, CitiesSpec::Coordinates::square, 2);
  CHECK((*few.number("x"))[0] != (*other.number("x"))[0]);
  CHECK(generated(3).numbers.empty());
}

TEST_CASE("generated coordinates are uniform on the square and on the sphere") {
  // Means of 4,000 uniforms; bounds at 5 standard errors, false-alarm rate below 1e-5 in all.
  double const n = 4000;
  auto const mean = [&](std::vector<double> const& v) {
    double sum = 0;
    for (double x : v) sum += x;
    return sum / n;
  };
  Cities const square = generated(4000, CitiesSpec::Coordinates::square);
  CHECK(std::abs(mean(*square.number("x")) - 0.5) < 5 * std::sqrt(1 / 12.0 / n));
  CHECK(std::abs(mean(*square.number("y")) - 0.5) < 5 * std::sqrt(1 / 12.0 / n));
  Cities const globe = generated(4000, CitiesSpec::Coordinates::globe);
  CHECK(std::abs(mean(*globe.number("lon"))) < 5 * 360 * std::sqrt(1 / 12.0 / n));
  // The sine of the latitude is uniform on [-1, 1]: half of all cities lie within 30 degrees of the equator.
  double tropical = 0;
  for (double lat : *globe.number("lat")) tropical += std::abs(lat) < 30;
  CHECK(std::abs(tropical / n - 0.5) < 5 * std::sqrt(0.25 / n));
}

TEST_CASE("a number that is needed must be known, numeric and complete") {
  Complaints complaints;
  Cities const c = cities("id,area,code\na,1,x\nb,,1\n", complaints);
  CHECK(require_number(c, reference("area"), "effect", complaints) == nullptr);
  CHECK(require_number(c, reference("aera"), "effect", complaints) == nullptr);
  CHECK(require_number(c, reference("code"), "effect", complaints) == nullptr);
  CHECK(require_text(c, reference("area"), "group", complaints) == nullptr);
  CHECK(require_text(c, reference("cod"), "group", complaints) == nullptr);
  CHECK(require_text(c, reference("code"), "group", complaints) == c.text("code"));
  CHECK(mistakes(complaints) ==
        "s.yaml:7:3: attribute 'area' is missing for 1 of 2 cities, 'b' the first (effect), a number for every city "
        "was expected\n"
        "s.yaml:7:3: attribute 'area' is numeric (group), a text attribute was expected (bins make one of numbers)\n"
        "s.yaml:7:3: attribute 'code' is text (effect), an attribute of numbers was expected; see cities.csv:2\n"
        "s.yaml:7:3: unknown attribute 'aera' (effect), one of area, code was expected; did you mean 'area'?\n"
        "s.yaml:7:3: unknown attribute 'cod' (group), one of area, code was expected; did you mean 'code'?\n");
}

TEST_CASE("a value that was complained of at its cell is not missed again") {
  Complaints complaints;
  DerivedAttribute size{"size", here, DerivedAttribute::From::log, reference("population"), true, {}, {}};
  Cities const c = cities("id,population,area\na,many,1\nb,0,nan\nc,3,\nd,4,5\n", complaints, {size});
  constexpr char const* cells =
      "cities.csv:2:2: 'many' in column 'population' is not a finite number, a number from 0 to 10^12 was expected\n"
      "cities.csv:3:2: 'population' of city 'b' is not positive: attribute 'size' is its logarithm, a number above 0, "
      "or a blank cell, was expected\n"
      "cities.csv:3:3: 'nan' in column 'area' is not a finite number, leave the cell blank where the number is "
      "unknown\n";
  CHECK(mistakes(complaints) == cells);
  CHECK(require_number(c, reference("population"), "effect", complaints) == nullptr);
  CHECK(require_number(c, reference("size"), "effect", complaints) == nullptr);
  CHECK(mistakes(complaints) == cells);
  CHECK(require_number(c, reference("area"), "effect", complaints) == nullptr);
  CHECK(mistakes(complaints) ==
        std::string(cells) +
            "s.yaml:7:3: attribute 'area' is missing for 1 of 4 cities, 'c' the first (effect), "
            "a number for every city was expected\n");
}

TEST_CASE("cities are incomplete where rows were left out after a complaint") {
  auto const complete = [](Table const& rows) {
    CitiesSpec spec;
    spec.file = file("cities.csv");
    Complaints complaints;
    return build_cities(spec, {{"cities.csv", rows}}, {2000, 2010, "year"}, 1, complaints).complete;
  };
  Table whole = table("id\na\n");
  CHECK(complete(whole));
  whole.dropped = 1;
  CHECK_FALSE(complete(whole));
  CHECK_FALSE(complete(table("id,x\na,1\n,2\n")));
  CHECK_FALSE(complete(table("name\na\n")));
}

TEST_CASE("ids that differ in bytes that nobody sees are kept apart, with a warning") {
  Complaints complaints;
  Cities const c = cities("id\ncaf\u00E9\ncafe\u0301\ncafe\nNew York\nNew\u00A0York\nZ\u00FCrich\n", complaints);
  CHECK(mistakes(complaints) == "");
  CHECK(c.size() == 6);
  CHECK(c.find("caf\u00E9") != c.find("cafe\u0301"));
  REQUIRE(complaints.warnings().size() == 1);
  std::string const told = format(complaints.warnings()[0]);
  CHECK(told.find("2 ids look like another, '") != std::string::npos);
  CHECK(told.find("they are different cities; write the letters alike if one is meant") != std::string::npos);
  Complaints none;
  (void)cities("id\ncaf\u00E9\ncafe\ncafe\u0300\n", none);
  CHECK(none.warnings().empty());
}

TEST_CASE("known columns in other capitals are attributes of their own, with a warning") {
  Complaints complaints;
  Cities const c = cities("id,Population,Lat,size\na,5,1,2\n", complaints);
  CHECK(c.number("population") == nullptr);
  CHECK(c.number("Population") != nullptr);
  REQUIRE(complaints.warnings().size() == 2);
  CHECK(format(complaints.warnings()[0]) == "cities.csv:1:3: column 'Lat' is not read as 'lat', did you mean 'lat'?");
  CHECK(format(complaints.warnings()[1]) ==
        "cities.csv:1:2: column 'Population' is not read as 'population', did you mean 'population'?");
}
