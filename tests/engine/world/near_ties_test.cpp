/// Nearest and similar cities against plain sorting of all distances.
#include "world/near_ties.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "engine/world/plain_neighbours.hpp"
#include "engine/world/support.hpp"
#include "world/sphere.hpp"

using namespace hansa;
using namespace hansa::test;

TEST_CASE("of equally distant cities those with the smaller ids are observed") {
  Complaints complaints;
  Cities const c = cities("id,x,y\nm,0,0\na,1,0\nz,-1,0\nk,0,1\nb,0,-1\n", complaints);
  NearestTies const two{2, {reference("x"), reference("y")}};
  Pairs const pairs = pairs_of(nearest_ties(two, c, here, complaints));
  Index const m = *c.find("m");
  CHECK(std::count(pairs.begin(), pairs.end(), std::pair(*c.find("a"), m)) == 1);
  CHECK(std::count(pairs.begin(), pairs.end(), std::pair(*c.find("b"), m)) == 1);
  CHECK(std::count_if(pairs.begin(), pairs.end(), [&](auto const& p) { return p.second == m; }) == 2);
}

TEST_CASE("nearest on the globe crosses the date line and the poles") {
  Cities const c = generated(400, CitiesSpec::Coordinates::globe);
  Complaints complaints;
  std::vector<Point> const at = place_on_sphere(c, here, complaints);
  auto const distance = [&](Index a, Index b) { return squared_chord(at[a], at[b]); };
  CHECK(pairs_of(nearest_ties({8, {}}, c, here, complaints)) == brute_force(400, 8, distance));
  Cities const fiji = cities("id,lat,lon\neast,-17,179.9\nwest,-17,-179.9\nlau,-17,178\n", complaints);
  CHECK(pairs_of(nearest_ties({1, {}}, fiji, here, complaints)) == Pairs{{0, 1}, {0, 2}, {2, 0}});
}

TEST_CASE("similar: standardised numbers, and a text counts 1 where it differs") {
  Complaints complaints;
  // Income has standard deviation 2; a and b differ by one of them and share a region, a and c share the income.
  Cities const c = cities("id,income,region\na,0,X\nb,2,X\nc,0,Y\nd,4,Y\n", complaints);
  double const sd = std::sqrt((1.5 * 1.5 + 0.5 * 0.5 + 1.5 * 1.5 + 2.5 * 2.5) / 3);
  std::vector<double> const income{0, 2, 0, 4};
  std::string const region = "XXYY";
  auto const distance = [&](Index i, Index j) {
    return std::pow((income[i] - income[j]) / sd, 2) + (region[i] != region[j]);
  };
  SimilarTies const one{1, {reference("income"), reference("region")}};
  CHECK(pairs_of(similar_ties(one, c, here, complaints)) == brute_force(4, 1, distance));
  CHECK(mistakes(complaints) == "");
}

TEST_CASE("mistakes of nearest and similar are told together") {
  Complaints complaints;
  Cities const c = cities("id,x,same,region\na,1,1,X\nb,2,1,\n", complaints);
  (void)nearest_ties({2, {reference("region"), reference("y")}}, c, here, complaints);
  (void)similar_ties({1, {reference("same"), reference("region"), reference("z")}}, c, here, complaints);
  (void)similar_ties({1, {}}, c, here, complaints);
  (void)nearest_ties({0, {}}, c, here, complaints);
  std::string const told = mistakes(complaints);
  for (std::string_view part :
       {"s.yaml:5:3: k is 2, but there are 2 cities", "attribute 'region' is text (nearest)",
        "unknown attribute 'y' (nearest)", "attribute 'same' does not vary (similar)",
        "attribute 'region' is missing for 1 of 2 cities, 'b' the first (similar)", "unknown attribute 'z' (similar)",
        "nothing is given in which cities could be similar", "k is 0", "unknown attribute 'lat'"}) {
    CAPTURE(part);
    CHECK(contains(told, part));
  }
}

TEST_CASE("undirected neighbours are tied once, however many name each other") {
  Complaints complaints;
  Cities const c = cities("id,x\na,0\nb,1\nc,10\n", complaints);
  NetworkSpec spec;
  spec.name = "near";
  spec.where = here;
  spec.ties = NearestTies{1, {reference("x")}};
  spec.directed = true;
  CHECK(stored(build_network(spec, c, {}, decade, 1, complaints)) ==
        std::vector<StoredTie>{{0, 1, 1}, {1, 0, 1}, {1, 2, 1}});
  spec.directed = false;
  NetworkLayer const layer = build_network(spec, c, {}, decade, 1, complaints);
  CHECK(stored(layer) == std::vector<StoredTie>{{0, 1, 1}, {1, 0, 1}, {1, 2, 1}, {2, 1, 1}});
  CHECK(warnings(complaints) == "");
}

namespace {

/// Pairs, the smaller index first, that a plain comparison of all finds.
template <class Close>
Pairs all_close(Index n, Close const& close) {
  Pairs pairs;
  for (Index i = 0; i < n; ++i) {
    for (Index j = i + 1; j < n; ++j) {
      if (close(i, j)) pairs.emplace_back(i, j);
    }
  }
  return pairs;
}

}  // namespace

TEST_CASE("within so many kilometres, over the date line and the poles too") {
  Cities const c = generated(500, CitiesSpec::Coordinates::globe);
  Complaints complaints;
  std::vector<Point> const at = place_on_sphere(c, here, complaints);
  for (double km : {1.0, 300.0, 2500.0, 9000.0, 19000.0, 20016.0, 1e6}) {
    CAPTURE(km);
    auto const close = [&](Index a, Index b) { return great_circle_km(at[a], at[b]) <= km; };
    CHECK(pairs_of(joined(ties_within({km, {}, {}}, c, here, complaints))) == all_close(500, close));
  }
  Cities const edges =
      cities("id,lat,lon\na,0,179.9\nb,0,-179.9\nc,0,0\nn,89.95,0\no,89.95,180\np,89.95,-90\n", complaints);
  CHECK(pairs_of(joined(ties_within({25.0, {}, {}}, edges, here, complaints))) ==
        Pairs{{0, 1}, {3, 4}, {3, 5}, {4, 5}});
  CHECK(mistakes(complaints) == "");
}

TEST_CASE("within a distance in the plane, those at just that distance included") {
  Complaints complaints;
  std::string text = "id,x,y\n";
  for (int i = 0; i < 400; ++i) {
    text += "c" + std::to_string(1000 + i) + "," + std::to_string(i % 20) + "," + std::to_string(i / 20) + "\n";
  }
  Cities const grid = cities(text, complaints);
  for (double distance : {0.5, 1.0, 1.5, 5.0, 100.0}) {
    auto const close = [&](Index a, Index b) {
      int const dx = static_cast<int>(a % 20) - static_cast<int>(b % 20),
                dy = static_cast<int>(a / 20) - static_cast<int>(b / 20);
      return dx * dx + dy * dy <= distance * distance;
    };
    WithinTies const spec{{}, distance, {reference("x"), reference("y")}};
    CHECK(pairs_of(joined(ties_within(spec, grid, here, complaints))) == all_close(400, close));
    CHECK(joined(ties_within(spec, grid, here, complaints, 3)) == joined(ties_within(spec, grid, here, complaints, 1)));
  }
  NetworkSpec spec;
  spec.name = "close";
  spec.where = here;
  spec.ties = WithinTies{{}, 1.0, {reference("x"), reference("y")}};
  for (bool directed : {true, false}) {
    spec.directed = directed;
    NetworkLayer const layer = build_network(spec, grid, {}, decade, 1, complaints);
    CHECK(layer.ties() == 4 * 19 * 20);  // each cell has its neighbours, both ways
  }
  CHECK(mistakes(complaints) == "");
}

TEST_CASE("mistakes of within") {
  Complaints complaints;
  Cities const c = cities("id,x,g\na,1,A\nb,2,B\n", complaints);
  (void)ties_within({-1.0, {}, {}}, c, here, complaints);
  (void)ties_within({{}, 1.0, {}}, c, here, complaints);
  (void)ties_within({{}, 1.0, {reference("g")}}, c, here, complaints);
  (void)ties_within({5.0, {}, {}}, c, here, complaints);
  std::string const told = mistakes(complaints);
  for (std::string_view part : {"the distance is no number from 0 (within)", "nothing is given in which the distance",
                                "attribute 'g' is text (within)", "unknown attribute 'lat' (great-circle distance)"}) {
    CAPTURE(part);
    CHECK(contains(told, part));
  }
}
