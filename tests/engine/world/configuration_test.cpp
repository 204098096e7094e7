/// Random ties of given degrees.
#include "world/configuration.hpp"

#include <map>

#include <doctest/doctest.h>

#include "engine/world/draws.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

Cities with_degrees(std::vector<int> const& degrees) {
  std::string text = "id,d\n";
  for (std::size_t i = 0; i < degrees.size(); ++i) {
    text += "c" + std::to_string(10000 + i) + "," + std::to_string(degrees[i]) + "\n";
  }
  Complaints complaints;
  return cities(text, complaints);
}

ConfigurationTies const by_d{reference("d")};

}  // namespace

TEST_CASE("every city has the ties that it was given") {
  std::vector<int> skewed, regular(200, 6), dense(40, 30);
  for (int i = 0; i < 500; ++i) skewed.push_back(1 + 200 / (i + 1));
  if (std::accumulate(skewed.begin(), skewed.end(), 0) % 2 != 0) ++skewed.back();
  for (std::vector<int> const& degrees :
       {skewed, regular, dense, {4, 4, 4, 4, 4}, {3, 1, 1, 1}, {0, 0, 0}, {1, 1}, {5, 1, 1, 1, 1, 1}}) {
    Cities const c = with_degrees(degrees);
    for (int draw = 0; draw < 10; ++draw) {
      std::vector<Pair> const ties = draw_sound(draw_configuration, by_d, c, key_of(draw));
      CHECK(degrees_of(ties, c.size()) == degrees);
    }
  }
}

TEST_CASE("equal keys draw equal ties, others draw others") {
  Cities const c = with_degrees(std::vector<int>(100, 4));
  CHECK(draw_sound(draw_configuration, by_d, c) == draw_sound(draw_configuration, by_d, c, 77, Sense::both_ways, 3));
  CHECK(draw_sound(draw_configuration, by_d, c) != draw_sound(draw_configuration, by_d, c, 78));
}

TEST_CASE("all ways to join four cities in twos are alike") {
  Cities const c = with_degrees({1, 1, 1, 1});
  int const draws = 6000;
  std::map<std::vector<Pair>, int> count;
  for (int draw = 0; draw < draws; ++draw) ++count[draw_sound(draw_configuration, by_d, c, key_of(draw))];
  CHECK(count.size() == 3);
  for (auto const& [ties, times] : count) check_count(times, draws, 1.0 / 3);
}

TEST_CASE("what cannot be placed is counted") {
  Cities const c = with_degrees({3, 1, 6, 2});
  Complaints complaints;
  PairParts const parts = draw_configuration(by_d, {c, 1, Sense::both_ways, here, complaints});
  CHECK(mistakes(complaints) == "");
  std::size_t const placed = joined(parts).size();
  CHECK(placed >= 3);
  CHECK(placed <= 4);  // four of the six ties of the third city at most, and the first and fourth one's own
  CHECK(warnings(complaints) == "s.yaml:5:3: " + std::to_string(6 - placed) +
                                    " of 6 ties of the degrees in 'd' could not be placed, each would have tied a city "
                                    "to itself or two cities twice; those cities have fewer ties\n");
}

TEST_CASE("degrees that are none") {
  Complaints complaints;
  for (std::string_view text : {"id,d\na,1\nb,1.5\n", "id,d\na,-1\nb,1\n", "id,d\na,1\nb,2\n", "id,d\na,1\nb,\n"}) {
    Cities const c = cities(text, complaints);
    CHECK(draw_configuration(by_d, {c, 1, Sense::both_ways, here, complaints}).empty());
  }
  Cities const c = with_degrees({1, 1});
  CHECK(draw_configuration(by_d, {c, 1, Sense::one_way, here, complaints}).empty());
  CHECK(
      mistakes(complaints) ==
      "s.yaml:5:3: ties of given degrees are undirected, leave out `directed: true`\n"
      "s.yaml:7:3: attribute 'd' is missing for 1 of 2 cities, 'b' the first (configuration), a number for every city "
      "was expected\n"
      "s.yaml:7:3: attribute 'd' of city 'a' is no number of ties (configuration), whole numbers from 0 were "
      "expected\n"
      "s.yaml:7:3: attribute 'd' of city 'b' is no number of ties (configuration), whole numbers from 0 were "
      "expected\n"
      "s.yaml:7:3: the degrees in attribute 'd' add up to the odd number 3 (configuration), an even sum was expected: "
      "every tie has two ends\n");
}
