/// Maxima of functions whose maxima are known.
#include "inference/shape_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <doctest/doctest.h>

namespace hansa {

namespace {

constexpr double nothing = -std::numeric_limits<double>::infinity();

template <class Function>
ShapeValues each(Function const& function) {
  return [function](std::vector<Shapes> const& points) {
    std::vector<double> values;
    for (Shapes const& point : points) values.push_back(function(point));
    return values;
  };
}

}  // namespace

TEST_CASE("of several peaks the highest is found, wherever the search begins") {
  auto const function = [](Shapes const& s) {
    return -5 + 3 * std::exp(-8 * (s[0] - 0.3) * (s[0] - 0.3)) + 4 * std::exp(-20 * (s[0] - 3.1) * (s[0] - 3.1));
  };
  for (double const start : {0.3, 1.7, 5.0}) {
    ShapeMaximum const best = search_shapes({{-1, 6, start}}, each(function));
    CHECK(best.at[0] == doctest::Approx(3.1).epsilon(1e-5));
    CHECK(best.value == doctest::Approx(-1).epsilon(1e-9));
  }
}

TEST_CASE("values that are not there are gone around, and a maximum at an end is found") {
  auto const half = each([](Shapes const& s) { return s[0] < 0.55 ? nothing : -(s[0] - 0.6) * (s[0] - 0.6); });
  CHECK(search_shapes({{0, 1, 0.1}}, half).at[0] == doctest::Approx(0.6).epsilon(1e-5));
  CHECK(search_shapes({{0, 1, 0.1}}, each([](Shapes const& s) { return s[0]; })).at[0] == 1);
  CHECK(search_shapes({{0, 1, 0.1}}, each([](Shapes const&) { return nothing; })).value == nothing);
}

TEST_CASE("what gains nothing stays where it is") {
  CHECK(search_shapes({{0, 1, 0.37}}, each([](Shapes const&) { return -3.; })).at[0] == 0.37);
  auto const one_counts = each([](Shapes const& s) { return -(s[1] - 2) * (s[1] - 2); });
  Shapes const at = search_shapes({{0, 1, 0.37}, {0, 3, 0.5}}, one_counts).at;
  CHECK(at[0] == 0.37);
  CHECK(at[1] == doctest::Approx(2).epsilon(1e-5));
}

TEST_CASE("shapes that lean on each other are climbed along their ridge") {
  // A long valley across the axes, curved (Rosenbrock 1960).
  auto const function = [](Shapes const& s) {
    double const bend = s[1] - s[0] * s[0], rest = 1.3 - s[0];
    return -(30 * bend * bend + rest * rest);
  };
  ShapeMaximum const best = search_shapes({{-2, 3, -1}, {-3, 5, 2}}, each(function));
  CHECK(best.value > -1e-6);
  CHECK(best.at[0] == doctest::Approx(1.3).epsilon(2e-3));
  CHECK(best.at[1] == doctest::Approx(1.69).epsilon(2e-3));
  auto const three = each([](Shapes const& s) {
    double const a = s[0] - 1, b = s[1] + 0.5, c = s[2] - 2;
    return -(a * a + b * b + c * c + 1.6 * a * b - 0.9 * b * c);
  });
  ShapeMaximum const found = search_shapes({{-4, 4, 0}, {-4, 4, 0}, {-4, 4, 0}}, three);
  CHECK(found.value > -1e-6);
  CHECK(found.at[0] == doctest::Approx(1).epsilon(2e-3));
  CHECK(found.at[1] == doctest::Approx(-0.5).epsilon(4e-3));
  CHECK(found.at[2] == doctest::Approx(2).epsilon(2e-3));
}

TEST_CASE("an interval ends where the function has fallen by what was asked for") {
  std::vector<ShapeRange> const ranges{{-5, 5, 0}};
  ShapeValues const parabola = each([](Shapes const& s) { return -2 * (s[0] - 1) * (s[0] - 1); });
  ShapeInterval const found = shape_interval(ranges, parabola, search_shapes(ranges, parabola), 0, 1.5);
  CHECK(found.lower == doctest::Approx(1 - std::sqrt(0.75)).epsilon(1e-6));
  CHECK(found.upper == doctest::Approx(1 + std::sqrt(0.75)).epsilon(1e-6));
  CHECK_FALSE(found.open_below);
  CHECK_FALSE(found.open_above);
  ShapeValues const saturates = each([](Shapes const& s) { return -std::exp(-s[0]); });
  ShapeInterval const open = shape_interval(ranges, saturates, search_shapes(ranges, saturates), 0, 1.5);
  CHECK(open.open_above);
  CHECK(open.upper == 5);
  CHECK(open.lower == doctest::Approx(-std::log(1.5 + std::exp(-5.))).epsilon(1e-6));
  ShapeValues const steps = each([](Shapes const& s) { return s[0] > 1.25 && s[0] < 2.75 ? 0. : -9.; });
  ShapeInterval const jump = shape_interval(ranges, steps, search_shapes(ranges, steps), 0, 1.5);
  CHECK(jump.lower == doctest::Approx(1.25).epsilon(1e-5));
  CHECK(jump.upper == doctest::Approx(2.75).epsilon(1e-5));
}

TEST_CASE("of an island apart the interval reaches to its far shore") {
  std::vector<ShapeRange> const ranges{{-5, 5, 0}};
  ShapeValues const two =
      each([](Shapes const& s) { return std::max(-(s[0] + 2) * (s[0] + 2), -0.5 - 4 * (s[0] - 3) * (s[0] - 3)); });
  ShapeInterval const found = shape_interval(ranges, two, search_shapes(ranges, two), 0, 1);
  CHECK(found.lower == doctest::Approx(-3).epsilon(1e-6));
  CHECK(found.upper == doctest::Approx(3 + std::sqrt(0.125)).epsilon(1e-6));
}

TEST_CASE("the interval of one shape is wider where another can make up for it") {
  std::vector<ShapeRange> const ranges{{-5, 5, 0}, {-5, 5, 0}};
  ShapeValues const function = each([](Shapes const& s) { return -(s[0] * s[0] + s[1] * s[1] + 1.6 * s[0] * s[1]); });
  ShapeInterval const found = shape_interval(ranges, function, search_shapes(ranges, function), 0, 1);
  // Over the other shape the profile is -(1 − 0.64) s².
  CHECK(found.lower == doctest::Approx(-1 / 0.6).epsilon(1e-3));
  CHECK(found.upper == doctest::Approx(1 / 0.6).epsilon(1e-3));
}

}  // namespace hansa
