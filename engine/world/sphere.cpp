/// Cities as points on the unit sphere.
#include "world/sphere.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/flat_math.hpp"

namespace hansa {

std::vector<Point> place_on_sphere(Cities const& cities, Place const& where, Complaints& complaints) {
  constexpr double radian = std::numbers::pi / 180;
  std::vector<double> const* lat = require_number(cities, {"lat", where}, "great-circle distance", complaints);
  std::vector<double> const* lon = require_number(cities, {"lon", where}, "great-circle distance", complaints);
  if (!lat || !lon) return {};
  std::vector<Point> points(cities.size());
  for (Index i = 0; i < cities.size(); ++i) {
    double const phi = (*lat)[i] * radian;
    double const lambda = (*lon)[i] * radian;
    points[i] = {flat::cos(phi) * flat::cos(lambda), flat::cos(phi) * flat::sin(lambda), flat::sin(phi)};
  }
  return points;
}

double squared_chord(Point const& a, Point const& b) noexcept {
  double sum = 0;
  for (std::size_t axis = 0; axis < a.size(); ++axis) sum += (a[axis] - b[axis]) * (a[axis] - b[axis]);
  return sum;
}

double great_circle_km(Point const& a, Point const& b) noexcept {
  return 2 * earth_radius_km * flat::asin(std::min(1.0, std::sqrt(squared_chord(a, b)) / 2));
}

}  // namespace hansa
