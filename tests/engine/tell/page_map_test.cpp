/// Tests of tell/page_map.
#include "tell/page_map.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

std::size_t occurrences(std::string const& text, std::string const& part) {
  std::size_t made = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++made;
  return made;
}

/// Dots, without those of the legend.
std::size_t dots_of(std::string const& text) {
  return occurrences(text, "<title>");
}

struct Places {
  Cities cities;
  PolicyDifference difference;

  Places() {
    cities.id = {"a<", "b", "c", "d"};
    cities.input_order = {0, 1, 2, 3};
    cities.numbers["lat"] = {0, 10, -10, 5};
    cities.numbers["lon"] = {0, 40, 20, 10};
    difference.cities.chance_without = {0.1, 0.5, 0.5, 0.5};
    difference.cities.chance_with = {0.9, 0.75, 0.35, 0.51};
    difference.followers.funded = {0};
  }
  [[nodiscard]] std::string figure(std::size_t most = 10) const {
    return map_figure(difference, cities, {"m", "Map & more", most});
  }
};

}  // namespace

TEST_CASE("cities lie where they are, coloured by the change, funded ones in a shape of their own") {
  std::string const text = Places().figure();
  CHECK(dots_of(text) == 4);
  CHECK(text.find("<path class=\"p3\" d=\"M") != std::string::npos);
  CHECK(text.find("<title>a&lt; (funded): 0.10 → 0.90</title></path>") != std::string::npos);
  CHECK(text.find("<circle class=\"p3\"") != std::string::npos);
  CHECK(text.find("<circle class=\"m2\"") != std::string::npos);
  CHECK(text.find("<circle class=\"z\"") != std::string::npos);
  // 40 by 20 degrees with margins of 1.6: 43.2 wide on 744. City c is in the middle of 0 … 40.
  CHECK(text.find("<circle class=\"m2\" cx=\"380.0\"") != std::string::npos);
  CHECK(text.find("Map &amp; more</title>") != std::string::npos);
  CHECK(text.find(">20°E</text>") != std::string::npos);
  CHECK(text.find("0.10 to 0.20 lower: 1;") != std::string::npos);
  CHECK(text.find("The map shows") == std::string::npos);
}

TEST_CASE("on a full map the funded and the most moved are drawn, and it says so") {
  std::string const text = Places().figure(2);
  CHECK(dots_of(text) == 2);
  CHECK(text.find("(funded)") != std::string::npos);
  CHECK(text.find("<title>b: 0.50 → 0.75</title>") != std::string::npos);
  CHECK(text.find("The map shows 2 of 4 cities: funded ones, then those whose chance changes most.") !=
        std::string::npos);
}

TEST_CASE("cities without coordinates are counted, or there is no map") {
  Places places;
  places.cities.numbers["lat"][1] = std::nan("");
  CHECK(dots_of(places.figure()) == 3);
  CHECK(places.figure().find("1 of 4 cities have no coordinates") != std::string::npos);
  places.cities.numbers.erase("lon");
  CHECK(places.figure().find("There is no map") != std::string::npos);
  CHECK(places.figure().find("<svg") == std::string::npos);
}

TEST_CASE("one place is a map too") {
  Places places;
  places.cities.numbers["lat"] = {50, 50, 50, 50};
  places.cities.numbers["lon"] = {180, 180, 180, 180};
  std::string const text = places.figure();
  CHECK(dots_of(text) == 4);
  CHECK(text.find("nan") == std::string::npos);
  CHECK(text.find("inf") == std::string::npos);
}
