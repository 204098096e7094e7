/// Coordinates in which Newton's method is well conditioned: an orthonormal basis of the columns.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <string>
#include <vector>

#include "inference/design.hpp"
#include "scenario/fit_spec.hpp"

namespace hansa {

using RowMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// A column that is a combination of columns before it.
struct Alias {
  std::size_t column = 0;
  std::vector<std::size_t> of;  ///< those with a part in it; none: the column is 0
};

/// x = q·transform⁻¹, so that the coefficients of x are transform·(those of q). Columns of q have mean square 1 and are
/// orthogonal; of an additive link the log-linear ones among themselves, while the others are only scaled, so that a
/// coefficient of at least 0 stays one.
struct Coordinates {
  RowMatrix q;                ///< rows × columns
  Eigen::MatrixXd transform;  ///< columns × columns
  std::vector<Alias> aliased;
};

/// Gram & Schmidt's method, each column twice (Giraud, Langou & Rozložník 2005), columns in their order; a column of
/// which less than 1e-10 is left is aliased. With aliased columns there is no q. Cost: O(rows · columns²).
[[nodiscard]] Coordinates orthonormal(Design const& design, FitLink link);

/// How many columns make η.
[[nodiscard]] std::size_t log_linear_columns(Design const& design, FitLink link) noexcept;

/// Σ x y in eight interleaved sums: a fixed order, whatever the width of the processor.
[[nodiscard]] double dot(double const* x, double const* y, std::size_t n) noexcept;

}  // namespace hansa
