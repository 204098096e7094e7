/// Tests of design/latin_hypercube: strata, and how far points are apart.
#include <algorithm>
#include <string>

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "design/unit_points.hpp"
#include "samples.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

/// Smallest squared distance of two points, in strata.
double nearest(UnitColumns const& x) {
  auto const points = x[0].size();
  double least = 1e300;
  for (std::size_t a = 0; a < points; ++a)
    for (std::size_t b = 0; b < a; ++b) {
      double sum = 0;
      for (auto const& column : x) {
        auto const n = static_cast<double>(points);
        double const d = static_cast<double>(static_cast<long>(column[a] * n) - static_cast<long>(column[b] * n));
        sum += d * d;
      }
      least = std::min(least, sum);
    }
  return least;
}

/// The strata of random orders, as no search found them.
double nearest_of_random_orders(std::size_t dimensions, std::size_t points, std::uint64_t seed) {
  UnitColumns x(dimensions, std::vector<double>(points));
  for (std::size_t d = 0; d < dimensions; ++d) {
    std::vector<std::pair<double, std::size_t>> order;
    for (std::size_t k = 0; k < points; ++k)
      order.emplace_back(draw_uniform(seed, k, static_cast<std::uint32_t>(d)), k);
    std::ranges::sort(order);
    for (std::size_t k = 0; k < points; ++k)
      x[d][order[k].second] = (static_cast<double>(k) + 0.5) / static_cast<double>(points);
  }
  return nearest(x);
}

}  // namespace

TEST_CASE("every stratum of every dimension holds one point") {
  for (std::size_t const points : {2, 3, 17, 100, 2500})
    for (std::uint64_t const seed : {1, 2}) {
      UnitColumns const x = latin_hypercube(keys_of(4, seed), points);
      for (auto const& column : x) {
        std::vector<int> count(points, 0);
        for (double const u : column) {
          REQUIRE(u > 0);
          REQUIRE(u < 1);
          ++count[static_cast<std::size_t>(u * static_cast<double>(points))];
        }
        CHECK(std::ranges::count(count, 1) == static_cast<long>(points));
      }
    }
}

TEST_CASE("points are farther apart than in any of a hundred random orders") {
  double const found = nearest(latin_hypercube(keys_of(3, 1), 40));
  for (std::uint64_t seed = 1; seed <= 100; ++seed) CHECK(found > nearest_of_random_orders(3, 40, seed));
}

TEST_CASE("the same keys give the same hypercube") {
  CHECK(latin_hypercube(keys_of(3, 1), 30) == latin_hypercube(keys_of(3, 1), 30));
  CHECK(latin_hypercube(keys_of(3, 1), 30) != latin_hypercube(keys_of(3, 2), 30));
}
