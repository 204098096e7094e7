/// Tests of scenario/read_cities.
#include "support.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

Checked check_cities(std::string const& cities) {
  return check("{hansa: 1, time: {start: 1, end: 2}, policies: {p: {baseline: 1}}, cities:\n" + cities + "}");
}

std::string cities_complaint(std::string const& cities) {
  Checked const checked = check_cities(cities);
  REQUIRE(checked.errors.size() == 1);
  return checked.errors[0];
}

}  // namespace

TEST_CASE("cities come from a file or are generated") {
  Checked const checked = check_cities("{generate: 1000, coordinates: globe}");
  CHECK(checked.errors.empty());
  CHECK(checked.scenario.cities.generate == 1000);
  CHECK(checked.scenario.cities.coordinates == CitiesSpec::Coordinates::globe);
  CHECK_FALSE(checked.scenario.cities.file);
  CHECK(cities_complaint("{attributes: {}}") ==
        "s.yaml:1:68: 'cities' has none of file, generate, exactly one of them was expected");
  CHECK(cities_complaint("{file: a, generate: 3}") ==
        "s.yaml:2:11: 'generate' cannot stand beside 'file', only one of them was expected");
  CHECK(cities_complaint("{file: a, coordinates: square}") ==
        "s.yaml:2:11: 'coordinates' cannot stand beside 'file', it goes only with 'generate'");
  CHECK(cities_complaint("{generate: 0}") ==
        "s.yaml:2:12: 'generate' is '0', a whole number from 1 to 1000000000 was expected");
  CHECK(cities_complaint("{file: a, panel: [b]}") == "s.yaml:2:18: 'panel' is a list, the path of a file was expected");
  CHECK(cities_complaint("{file: [a]}") == "s.yaml:2:8: 'file' is a list, the path of a file was expected");
  CHECK(cities_complaint("[a]") == "s.yaml:2:1: 'cities' is a list, a map was expected");
}

TEST_CASE("attributes that change come from a panel, beside a file or generated cities") {
  for (std::string const cities : {"{file: a, panel: b.csv}", "{generate: 3, panel: b.csv}"}) {
    Checked const checked = check_cities(cities);
    CHECK(checked.errors.empty());
    REQUIRE(checked.scenario.cities.panel);
    CHECK(checked.scenario.cities.panel->given == "b.csv");
  }
}

TEST_CASE("derived attributes, sorted by name") {
  Checked const checked = check_cities(
      "{file: a, attributes: {size: {log: population, standardize: true}, area: {of: km2},"
      " class: {bins: population, at: [10, 20], labels: [small, middle, large]}}}");
  CHECK(checked.errors.empty());
  auto const& attributes = checked.scenario.cities.attributes;
  REQUIRE(attributes.size() == 3);
  CHECK(attributes[0].name == "area");
  CHECK(attributes[0].from == DerivedAttribute::From::column);
  CHECK(attributes[0].column.name == "km2");
  CHECK_FALSE(attributes[0].standardize);
  CHECK(attributes[1].name == "class");
  CHECK(attributes[1].from == DerivedAttribute::From::bins);
  CHECK(attributes[1].at == std::vector<double>{10, 20});
  CHECK(attributes[1].labels == std::vector<std::string>{"small", "middle", "large"});
  CHECK(attributes[2].name == "size");
  CHECK(attributes[2].from == DerivedAttribute::From::log);
  CHECK(attributes[2].standardize);
}

TEST_CASE("mistakes in derived attributes") {
  auto attribute = [](std::string const& text) {
    return cities_complaint("{file: a, attributes: {x:\n" + text + "}}");
  };
  CHECK(attribute("{}") == "s.yaml:2:24: 'x' has none of of, log, bins, exactly one of them was expected");
  CHECK(attribute("{of: a, log: b}") == "s.yaml:3:9: 'log' cannot stand beside 'of', only one of them was expected");
  CHECK(attribute("{logs: b}") ==
        "s.yaml:3:2: unknown key 'logs', one of of, log, bins, standardize, at, labels was expected; did you mean "
        "'log'?");
  CHECK(attribute("{of: b, at: [1]}") == "s.yaml:3:9: 'at' goes only with 'bins'");
  CHECK(attribute("{bins: b, at: [1]}") == "s.yaml:2:24: 'labels' is missing beside 'bins'");
  CHECK(attribute("{bins: b, at: [2, 1], labels: [a, b, c]}") ==
        "s.yaml:3:19: 'at' does not ascend, a number above 2 was expected");
  CHECK(attribute("{bins: b, at: [1, 2], labels: [a, b]}") ==
        "s.yaml:3:31: 'x' has 2 labels for 2 cut points, 3 labels were expected");
  CHECK(attribute("{bins: b, at: [1], labels: [a, a]}") ==
        "s.yaml:3:32: 'a' is given twice, it stands already at s.yaml:3:29");
  CHECK(attribute("{bins: b, at: [1], labels: [a, b], standardize: true}") ==
        "s.yaml:3:36: 'standardize' cannot stand beside 'bins', bins are texts");
}
