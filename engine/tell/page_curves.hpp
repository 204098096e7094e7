/// Curves over time with their bands, as a picture inside a page.
#pragma once

#include <string>
#include <vector>

#include "measures/comparison.hpp"

namespace hansa {

/// One line and the band around it, a number a step; NaN: none.
struct Curve {
  std::string name;
  std::string look;  ///< class of the style sheet: base, with
  std::vector<double> mean, low, high;
};
[[nodiscard]] Curve curve_of(std::string name, std::string look, std::vector<Interval> const& means,
                             std::vector<Luck> const& luck);

struct CurveChart {
  std::string id;           ///< of the picture, unique in the page
  std::string title;        ///< stands above it
  std::string description;  ///< for those who do not see it
  std::string axis;         ///< what is counted
  Clock clock;
  std::vector<Curve> curves;  ///< at least one
};

/// A figure in SVG with its axes and a legend. At most 400 points of each curve are drawn, the last among them.
[[nodiscard]] std::string curve_figure(CurveChart const& chart);

/// All numbers of the curves as a table, mean and band; of more than 120 steps each k-th, and the last.
[[nodiscard]] std::string curve_table(CurveChart const& chart);

}  // namespace hansa
