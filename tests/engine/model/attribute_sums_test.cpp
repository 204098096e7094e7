/// Sums over attributes by hand: at the start, and from the steps on at which an attribute changes.
#include "model/attribute_sums.hpp"

#include <limits>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

/// Cities a, b, c; clock 2000 … 2009; size changes in 2002 and 2005, region in 2002 and 2003.
struct Three {
  World world;
  Clock clock{2000, 2009, "year"};
  Complaints complaints;

  Three() {
    world.cities.id = {"a", "b", "c"};
    world.cities.numbers["size"] = {1, 2, 3};
    world.cities.numbers["rain"] = {10, 20, 30};
    world.cities.texts["region"].labels = {"east", "west"};
    world.cities.texts["region"].code = {0, 1, -1};
    world.cities.later_numbers["size"] = {{2002, 0, 5}, {2002, 2, 4}, {2005, 0, 6}};
    world.cities.later_texts["region"] = {{2002, 2, 1}, {2003, 0, 1}};
  }
};

using Steps = std::vector<std::tuple<std::int32_t, Index, double>>;

Steps steps(AttributeSums const& sums) {
  Steps list;
  for (AttributeStep const& each : sums.later) list.emplace_back(each.step, each.city, each.sum);
  return list;
}

std::map<std::string, double> const by_region{{"east", 100}, {"west", 200}};

}  // namespace

TEST_CASE("a sum changes for the city and step at which one of its attributes does") {
  Three three;
  AttributeEffect const size{{"size", {}}, 2.0}, rain{{"rain", {}}, 0.5}, region{{"region", {}}, by_region};
  AttributeSums const sums =
      attribute_sums(std::vector{rain, region, size}, three.world, three.clock, three.complaints);
  CHECK(three.complaints.empty());
  CHECK(sums.start == std::vector<double>{107, 214, 21});
  CHECK(steps(sums) == Steps{{3, 0, 115}, {3, 2, 223}, {4, 0, 215}, {6, 0, 217}});
}

TEST_CASE("what does not move the sum is no change") {
  Three three;
  AttributeEffect const size{{"size", {}}, 0.0};
  std::map<std::string, double> const same{{"east", 1}, {"west", 1}};
  AttributeEffect const region{{"region", {}}, same};
  AttributeSums const sums = attribute_sums(std::vector{region, size}, three.world, three.clock, three.complaints);
  CHECK(sums.start == std::vector<double>{1, 1, 0});
  CHECK(steps(sums) == Steps{{3, 2, 1}});
  CHECK(attribute_sums({}, three.world, three.clock, three.complaints).start.empty());
}

TEST_CASE("strengths differ between cities and change with their attributes") {
  Three three;
  MechanismSpec mechanism;
  mechanism.strength = 1;
  CHECK(city_strengths(mechanism, three.world, three.clock, three.complaints).start.empty());
  mechanism.strength_by = {{{"rain", {}}, 0.1}, {{"size", {}}, -0.5}};
  AttributeSums const sums = city_strengths(mechanism, three.world, three.clock, three.complaints);
  CHECK(three.complaints.empty());
  CHECK(sums.start == std::vector<double>{1.5, 2, 2.5});
  CHECK(steps(sums) == Steps{{3, 0, -0.5}, {3, 2, 2}, {6, 0, -1}});
}

TEST_CASE("attributes of a sum must be known, of their kind and complete at the start") {
  Three three;
  three.world.cities.numbers["size"][1] = std::numeric_limits<double>::quiet_NaN();
  MechanismSpec mechanism;
  mechanism.strength_by = {{{"region", {}}, 0.1}, {{"size", {}}, 1}};
  (void)city_strengths(mechanism, three.world, three.clock, three.complaints);
  AttributeEffect const unknown{{"region", {}}, std::map<std::string, double>{{"wets", 1}}};
  (void)attribute_sums(std::vector{unknown}, three.world, three.clock, three.complaints);
  REQUIRE(three.complaints.size() == 3);
  CHECK(three.complaints.errors()[0].problem == "attribute 'region' is text (a strength)");
  CHECK(three.complaints.errors()[1].problem ==
        "attribute 'size' is missing at the start for 1 of 3 cities, 'b' the first (a strength)");
  CHECK(three.complaints.errors()[2].problem == "unknown value 'wets' of attribute 'region'");
}
