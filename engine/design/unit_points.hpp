/// Designs on the unit cube, before values are put to them: one column a dimension, one entry a point.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "scenario/sweep_spec.hpp"

namespace hansa {

using UnitColumns = std::vector<std::vector<double>>;

/// What the draws of a design hang on: the seed, and of each dimension its name, so that another dimension moves none.
struct DesignKeys {
  std::uint64_t seed = 0;
  std::vector<std::uint64_t> names;  ///< hash_id of each dimension's name

  [[nodiscard]] std::size_t dimensions() const noexcept { return names.size(); }
};
[[nodiscard]] DesignKeys design_keys(std::uint64_t seed, std::span<std::string const> names);

/// Independent and uniform in (0, 1). Fewer points are the first of more.
[[nodiscard]] UnitColumns random_points(DesignKeys const& keys, std::size_t points);

/// Sobol's sequence, each coordinate scrambled by its own key. Fewer points are the first of more. At most
/// most_sobol_dimensions.
[[nodiscard]] UnitColumns sobol_points(DesignKeys const& keys, std::size_t points);

/// Saltelli's radial design (Saltelli 2002; Saltelli et al. 2010): a scrambled Sobol point of 2 D coordinates gives A
/// and B; then follow A, AB_1 … AB_D (A with coordinate i of B), with `second_order` BA_1 … BA_D, and B. Fewer base
/// points are the first of more. At most most_sobol_dimensions / 2 dimensions.
[[nodiscard]] UnitColumns saltelli_points(DesignKeys const& keys, std::size_t base_points, bool second_order);

/// Morris's trajectories (1991) on `levels` levels 0, 1/(p - 1), …, 1: each coordinate in turn, in an order of its own,
/// steps p/2 levels up or down. Or radial blocks (Campolongo, Saltelli & Cariboni 2011): each point of a block differs
/// from the first in one coordinate, which comes from another Sobol point, four points on. D + 1 points each. Fewer are
/// the first of more.
[[nodiscard]] UnitColumns morris_points(DesignKeys const& keys, std::size_t trajectories, std::int64_t levels);
[[nodiscard]] UnitColumns radial_points(DesignKeys const& keys, std::size_t blocks);

/// A Latin hypercube (McKay, Beckman & Conover 1979), one point in each of `points` strata of every dimension, uniform
/// within. Of at most 2,000 points strata are then exchanged within columns as long as that moves the nearest two
/// points apart (maximin: Johnson, Moore & Ylvisaker 1990; Morris & Mitchell 1995), within a fixed number of tries.
/// Another number of points is another design.
[[nodiscard]] UnitColumns latin_hypercube(DesignKeys const& keys, std::size_t points);

}  // namespace hansa
