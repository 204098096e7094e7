/// Tests of design/prim: boxes that were put in are found, and chance is not taken for one.
#include "design/prim.hpp"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "samples.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

constexpr double open = std::numeric_limits<double>::infinity();

std::vector<bool> hits_where(UnitColumns const& x, auto const& happens) {
  std::vector<bool> hits;
  for (std::size_t k = 0; k < x[0].size(); ++k) hits.push_back(happens(k));
  return hits;
}

}  // namespace

TEST_CASE("a box that was put in is found, and inputs that do not matter have no limits") {
  UnitColumns const x = sobol_points(keys_of(5), 2048);
  auto const hits = hits_where(x, [&](std::size_t k) { return x[1][k] > 0.6 && x[3][k] < 0.5; });
  auto const boxes = find_boxes(x, hits, {});
  REQUIRE(boxes.size() == 1);
  PrimBox const& box = boxes[0];
  REQUIRE(box.limits.size() == 2);
  CHECK(box.limits[0].input == 1);
  CHECK(std::fabs(box.limits[0].low - 0.6) < 0.03);
  CHECK(box.limits[0].high == open);
  CHECK(box.limits[1].input == 3);
  CHECK(box.limits[1].low == -open);
  CHECK(std::fabs(box.limits[1].high - 0.5) < 0.03);
  CHECK(box.quality.coverage > 0.93);
  CHECK(box.quality.density > 0.93);
  CHECK(box.limits[0].quasi_p < 1e-20);
  // Coverage, density and support are what they say.
  std::size_t inside = 0, both = 0, all = 0;
  for (std::size_t k = 0; k < 2048; ++k) {
    bool const in = x[1][k] >= box.limits[0].low && x[3][k] <= box.limits[1].high;
    inside += in;
    both += in && hits[k];
    all += hits[k];
  }
  CHECK(box.quality.inside == inside);
  CHECK(box.quality.hits == both);
  CHECK(box.quality.coverage == static_cast<double>(both) / static_cast<double>(all));
  CHECK(box.quality.density == static_cast<double>(both) / static_cast<double>(inside));
  CHECK(box.quality.support == static_cast<double>(inside) / 2048);
}

TEST_CASE("peels start with all points, and each takes some off") {
  UnitColumns const x = sobol_points(keys_of(2), 512);
  auto const hits = hits_where(x, [&](std::size_t k) { return x[0][k] > 0.7; });
  auto const box = find_boxes(x, hits, {})[0];
  CHECK(box.peeled[0].inside == 512);
  CHECK(box.peeled[0].coverage == 1);
  CHECK(box.peeled[0].limits == 0);
  for (std::size_t k = 1; k < box.peeled.size(); ++k) {
    CHECK(box.peeled[k].inside < box.peeled[k - 1].inside);
    CHECK(box.peeled[k].inside >= 26);
    CHECK(static_cast<double>(box.peeled[k].inside) >= 0.9 * static_cast<double>(box.peeled[k - 1].inside));
  }
}

TEST_CASE("two boxes are found one after another") {
  UnitColumns const x = sobol_points(keys_of(3), 2048);
  auto const hits = hits_where(x, [&](std::size_t k) { return x[0][k] > 0.75 || x[1][k] < 0.15; });
  PrimOptions options;
  options.boxes = 2;
  auto const boxes = find_boxes(x, hits, options);
  REQUIRE(boxes.size() == 2);
  CHECK(boxes[0].quality.density > 0.9);
  CHECK(boxes[1].quality.density > 0.9);
  CHECK(boxes[0].limits[0].input == 0);
  CHECK(boxes[1].limits[0].input == 1);
  CHECK(boxes[0].quality.coverage + boxes[1].quality.coverage > 0.9);
}

TEST_CASE("quasi-p-values are tails of the binomial law") {
  // One input of whole numbers: 10 points each at 0 and 1; 2 and 9 hits. Inside x >= 1 are 9 of 10, overall 11 of 20.
  std::vector<double> x;
  std::vector<bool> hits;
  for (int k = 0; k < 20; ++k) {
    x.push_back(k / 10);
    hits.push_back(k < 2 || (k >= 10 && k < 19));
  }
  auto const boxes = find_boxes({x}, hits, {});
  REQUIRE(boxes[0].limits.size() == 1);
  CHECK(boxes[0].limits[0].low == 1);
  double const p = 0.55;
  CHECK(std::fabs(boxes[0].limits[0].quasi_p - (10 * std::pow(p, 9) * (1 - p) + std::pow(p, 10))) < 1e-12);
  CHECK(boxes[0].quality.density == 0.9);
}

TEST_CASE("chance alone has no narrow box that lasts") {
  UnitColumns const x = random_points(keys_of(3), 400);
  std::size_t limits = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    auto const hits = hits_where(x, [&](std::size_t k) { return draw_uniform(mix64(seed + 7), k, 0) < 0.5; });
    limits += find_boxes(x, hits, {})[0].limits.size();
  }
  CHECK(limits < 20);  // of 60; what remains is what searching finds in noise
}

TEST_CASE("no hits, all hits and constant inputs end well") {
  UnitColumns x = random_points(keys_of(2), 60);
  x[1].assign(60, 4.0);
  CHECK(find_boxes(x, std::vector<bool>(60, false), {})[0].limits.empty());
  CHECK(find_boxes(x, std::vector<bool>(60, true), {})[0].limits.empty());
  CHECK(find_boxes({{1.0}}, {true}, {})[0].limits.empty());
}
