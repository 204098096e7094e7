/// Cities as points on the unit sphere, and distances along its great circles.
#pragma once

#include <array>
#include <vector>

#include "world/cities.hpp"

namespace hansa {

inline constexpr double earth_radius_km = 6371.0088;  ///< mean radius R1 (Moritz 2000)

using Point = std::array<double, 3>;

/// Points of all cities from their columns lat and lon (degrees); empty after a complaint at `where`.
[[nodiscard]] std::vector<Point> place_on_sphere(Cities const& cities, Place const& where, Complaints& complaints);

/// Length of the straight line between two points, squared: the same bits both ways round.
[[nodiscard]] double squared_chord(Point const& a, Point const& b) noexcept;

/// Kilometres along the great circle: 2 R asin(chord / 2), accurate at all distances.
[[nodiscard]] double great_circle_km(Point const& a, Point const& b) noexcept;

}  // namespace hansa
