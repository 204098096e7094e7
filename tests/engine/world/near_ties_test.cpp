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
