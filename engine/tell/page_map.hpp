/// Cities as dots on a plain map, as a picture inside a page.
#pragma once

#include <cstddef>
#include <string>

#include "measures/comparison.hpp"
#include "world/cities.hpp"

namespace hansa {

struct CityMap {
  std::string id;     ///< of the picture, unique in the page
  std::string title;  ///< stands above it
  std::size_t most;   ///< so many cities are drawn at most: funded ones, then those whose chance changes most
};

/// A figure in SVG: latitude over longitude, evenly, with lines at round degrees and without coasts. Cities are
/// coloured by the change of their chance to have adopted by the end, funded ones are diamonds. Where fewer than all
/// cities are drawn, it says so; where none has coordinates, that is all it says.
[[nodiscard]] std::string map_figure(PolicyDifference const& difference, Cities const& cities, CityMap const& map);

}  // namespace hansa
