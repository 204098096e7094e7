/// The maximum of a function of a few shapes that is dear to compute, may have several peaks or jump, and has no
/// derivatives; and how far each shape can move until the function has fallen by a given amount.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace hansa {

/// Where a shape is searched, and where the search begins.
struct ShapeRange {
  double lowest = 0, highest = 1;
  double start = 0.5;
};

using Shapes = std::vector<double>;

/// Values at many points at once; −inf where there is none. No result depends on the order in which they are computed.
using ShapeValues = std::function<std::vector<double>(std::vector<Shapes> const&)>;

struct ShapeMaximum {
  Shapes at;
  double value = 0;  ///< −inf: nowhere was any
};

/// Gaps of the grid that is laid over each range.
inline constexpr int shape_gaps = 32;

/// One shape at a time in turn, the others held: the values on a grid over its range, then Brent's (1973) method about
/// each of the three highest peaks of the grid. Of several shapes, turns are taken until one gains less than 0.01, and
/// Nelder and Mead's (1965) simplex goes on from there, anew until it gains less than 1e-6. A shape that gains nothing
/// beyond 1e-7 stays where it is.
[[nodiscard]] ShapeMaximum search_shapes(std::vector<ShapeRange> const& ranges, ShapeValues const& values);

/// The interval of one shape, the others being maximised anew at each of its values.
struct ShapeInterval {
  double lower = 0, upper = 0;
  bool open_below = false, open_above = false;  ///< the function does not fall so far within the range
};

/// Where the function has fallen by `loss` from its maximum. Of one shape the outermost such places that the grid
/// shows, of several the nearest beyond a point of the grid.
[[nodiscard]] ShapeInterval shape_interval(std::vector<ShapeRange> const& ranges, ShapeValues const& values,
                                           ShapeMaximum const& best, std::size_t shape, double loss);

}  // namespace hansa
