/// Derived attributes: logs, standardised columns, bins, and what cannot be derived.
#include "world/attributes.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "engine/world/support.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

using From = DerivedAttribute::From;

}  // namespace

TEST_CASE("logs, standardised columns and bins follow their formulas") {
  Complaints complaints;
  DerivedAttribute bins = derived("class", From::bins, "population");
  bins.at = {2, 4};
  bins.labels = {"small", "middle", "large"};
  Cities const c = cities("id,population,region\na,1,X\nb,2,Y\nc,,X\nd,4,Y\n", complaints,
                          {bins, derived("copy", From::column, "region"), derived("l", From::log, "population"),
                           derived("z", From::column, "population", true)});
  CHECK(mistakes(complaints) == "");
  CHECK((*c.number("l"))[0] == 0);
  CHECK((*c.number("l"))[3] == doctest::Approx(std::log(4.0)).epsilon(1e-14));
  CHECK(std::isnan((*c.number("l"))[2]));
  // Mean 7/3, variance (16 + 1 + 25) / 9 / 2 = 7/3.
  CHECK((*c.number("z"))[0] == doctest::Approx(-4 / 3.0 / std::sqrt(7 / 3.0)).epsilon(1e-14));
  CHECK(std::isnan((*c.number("z"))[2]));
  CHECK(c.text("class")->labels == std::vector<std::string>{"large", "middle", "small"});
  CHECK(c.text("class")->code == std::vector<std::int32_t>{2, 1, -1, 0});  // left-closed: 2 is middle, 4 large
  CHECK(c.text("copy")->code == c.text("region")->code);
}

TEST_CASE("an attribute may be derived from another, whatever their names") {
  Complaints complaints;
  Cities const c = cities("id,population\na,1\nb,10\nc,100\n", complaints,
                          {derived("a1", From::column, "z9", true), derived("z9", From::log, "population")});
  CHECK(mistakes(complaints) == "");
  CHECK((*c.number("a1"))[0] == doctest::Approx(-1));
  CHECK((*c.number("a1"))[1] == doctest::Approx(0));
}

TEST_CASE("chains of derived attributes may be long, and end or bite their tail") {
  std::vector<DerivedAttribute> chain;
  for (int i = 0; i < 40000; ++i) {
    chain.push_back(derived("d" + std::to_string(i), From::column, "d" + std::to_string(i + 1)));
  }
  chain.back().column = reference("population");
  Complaints complaints;
  Cities const c = cities("id,population\na,1\nb,10\n", complaints, chain);
  CHECK(mistakes(complaints) == "");
  REQUIRE(c.number("d0") != nullptr);
  CHECK(*c.number("d0") == std::vector<double>{1, 10});
  chain.back().column = reference("d7");
  Complaints circular;
  (void)cities("id,population\na,1\nb,10\n", circular, chain);
  CHECK(mistakes(circular) ==
        "s.yaml:6:5: attribute 'd7' is derived from itself, derive it from a column of the cities\n");
}

TEST_CASE("what cannot be derived is refused with its place") {
  Complaints complaints;
  (void)cities(
      "id,population,region,same,change\na,0,X,0.1,1\nb,3,Y,0.1,-3\nc,5,Y,0.1,5\n", complaints,
      {derived("c1", From::column, "c2"), derived("c2", From::column, "c1"), derived("l", From::log, "population"),
       derived("m", From::log, "change"), derived("r", From::log, "region"), derived("region", From::log, "population"),
       derived("s", From::column, "same", true), derived("u", From::log, "populaton")});
  CHECK(
      mistakes(complaints) ==
      "cities.csv:2:2: 'population' of city 'a' is not positive: attribute 'l' is its logarithm, a number above 0, or "
      "a blank cell, was expected\n"
      "cities.csv:3:5: 'change' of city 'b' is not positive: attribute 'm' is its logarithm, a number above 0, or "
      "a blank cell, was expected\n"
      "s.yaml:6:5: attribute 'c1' is derived from itself, derive it from a column of the cities\n"
      "s.yaml:6:5: attribute 'region' has the name of a column, choose another name\n"
      "s.yaml:6:5: attribute 's' cannot be standardised: 'same' does not vary, at least two different values are "
      "needed\n"
      "s.yaml:7:3: column 'region' is text, a column of numbers was expected (line 2 has none)\n"
      "s.yaml:7:3: unknown column 'populaton', one of c1, c2, change, l, m, population, r, region, … was expected; did "
      "you "
      "mean 'population'?\n");
}

TEST_CASE("standardising fails where nothing varies and does not depend on scale") {
  std::vector<double> one{5};
  CHECK_FALSE(standardize(one));
  std::vector<double> none;
  CHECK_FALSE(standardize(none));
  std::vector<double> huge{1e308, -1e308};
  CHECK_FALSE(standardize(huge));
  std::vector<double> pair{1e100, 3e100};
  CHECK(standardize(pair));
  CHECK(pair[1] == doctest::Approx(std::sqrt(0.5)));
}
