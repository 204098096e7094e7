/// Nearest neighbours against plain sorting of all distances.
#include "world/neighbours.hpp"

#include <random>

#include <doctest/doctest.h>

#include "engine/world/plain_neighbours.hpp"

using namespace hansa;
using namespace hansa::test;

namespace {

PointCloud random_cloud(Index n, std::size_t axes, std::size_t texts, unsigned values, unsigned seed) {
  std::mt19937 generator(seed);
  PointCloud cloud;
  cloud.axes = axes;
  cloud.texts = texts;
  for (std::size_t k = 0; k < n * axes; ++k) {
    auto const draw = static_cast<double>(values > 0 ? generator() % values : generator());
    cloud.coordinates.push_back(draw);
  }
  for (std::size_t k = 0; k < n * texts; ++k) cloud.labels.push_back(static_cast<std::int32_t>(generator() % 5));
  return cloud;
}

}  // namespace

TEST_CASE("neighbours equal those of plain sorting, on grids full of ties and duplicates too") {
  struct Case {
    std::size_t axes, texts;
    unsigned values;
  };
  for (Case const each : {Case{2, 0, 0},
                          {3, 0, 0},
                          {2, 0, 7},
                          {1, 0, 3},
                          {3, 0, 4},
                          {1, 1, 4},
                          {2, 2, 3},
                          {2, 1, 0},
                          {0, 1, 0},
                          {0, 3, 0},
                          {5, 0, 2},
                          {2, 0, 1}}) {
    for (std::size_t k : {1, 4, 20, 199}) {
      CAPTURE(each.axes);
      CAPTURE(each.texts);
      CAPTURE(each.values);
      CAPTURE(k);
      PointCloud const cloud = random_cloud(200, each.axes, each.texts, each.values, 11);
      auto const distance = [&](Index a, Index b) { return cloud.squared_distance(a, b); };
      CHECK(pairs_of(nearest_neighbours(cloud, 200, k)) == brute_force(200, k, distance));
    }
  }
}

TEST_CASE("squared distances add squares of coordinates and ones of labels") {
  PointCloud const cloud{2, {0, 0, 3, 4}, 2, {1, 2, 1, 3}};
  CHECK(cloud.squared_distance(0, 1) == 26);
}

TEST_CASE("more pairs than wanted are refused, far too many of them from a sample") {
  PointCloud const cloud = random_cloud(2000, 2, 0, 0, 3);
  CHECK(neighbours_within(cloud, 2000, 1e30, 1999000)->size() > 0);
  CHECK_FALSE(neighbours_within(cloud, 2000, 1e30, 1998999));
  CHECK_FALSE(neighbours_within(cloud, 2000, 1e30, 1000));
}
