/// Tables of countries.
#include "world/countries.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "engine/world/support.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

Countries countries_of(std::string const& text, Complaints& complaints,
                       std::string const& of_cities = "id,country\na,X\nb,Y\nc,\nd,X\n") {
  Complaints none;
  Scenario scenario;
  scenario.countries = file("countries.csv");
  return build_countries(scenario, {{"countries.csv", table(text, "countries.csv")}}, cities(of_cities, none),
                         complaints);
}

std::string told_of_countries(std::string const& text) {
  Complaints complaints;
  (void)countries_of(text, complaints);
  return mistakes(complaints);
}

}  // namespace

TEST_CASE("numbers stand in the order of the cities' countries, whatever the order of rows") {
  Complaints complaints;
  Countries const made = countries_of("seat,country,need\nB,Y,0.5\nA,X,0.25\n", complaints);
  CHECK(mistakes(complaints) == "");
  CHECK(warnings(complaints) == "");
  REQUIRE(made.numbers.size() == 1);
  CHECK(made.numbers.at("need") == std::vector<double>{0.25, 0.5});
}

TEST_CASE("what is missing is missing, and countries without a city are counted") {
  Complaints complaints;
  Countries const made = countries_of("country,need\nZ,1\nX,\nV,2\n", complaints);
  CHECK(mistakes(complaints) == "");
  CHECK(warnings(complaints) == "countries.csv:2:1: 2 countries have no city, 'Z' is one, nothing sees them\n");
  CHECK(std::isnan(made.numbers.at("need")[0]));
  CHECK(std::isnan(made.numbers.at("need")[1]));
}

TEST_CASE("mistakes are told with their rows") {
  CHECK(told_of_countries("land,need\nX,1\n").find("countries.csv:1") == 0);
  CHECK(told_of_countries("country,need\n,1\n") ==
        "countries.csv:2:1: a country is missing, the name of a country was expected\n");
  CHECK(told_of_countries("country,need\nX,1\nY,1\nX,2\n") ==
        "countries.csv:4:1: country 'X' stands twice, line 2 has it too\n");
  CHECK(told_of_countries("country,need\nX,nan\nY,2\n").find("countries.csv:2:2: ") == 0);
}

TEST_CASE("a country that no city is in is told with the nearest") {
  Complaints complaints;
  Cities const some = cities("id,country\na,FRA\nb,BRA\n", complaints);
  CHECK(find_country(some, "FRA") == 1);
  CHECK_FALSE(find_country(some, "FRB").has_value());
  CHECK(mend_for_country(some, "FRB") == "a country of the cities was expected; did you mean 'FRA'?");
  CHECK(mend_for_country(some, "Zanzibar") == "a country of the cities was expected");
}
