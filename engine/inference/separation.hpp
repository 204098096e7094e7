/// Separation: whether some direction of the coefficients explains every row at least as well the further one goes.
///
/// With rows a_i = ±q_i (+ where the city decided), there is no finite maximum of the likelihood of logit, probit or
/// cloglog exactly if some δ has a_i·δ >= 0 for all i and > 0 for some (Albert & Anderson 1984; Silvapulle 1981). Two
/// exact answers to that question:
/// - weights λ_i > 0 with Σ λ_i a_i = 0 exclude it (Stiemke 1915), and at a maximum the residuals are such weights;
/// - the projection of Σ a_i onto the cone of all such δ is 0 or is one (Moreau 1962). It is a least-squares problem
///   with non-negative coefficients, solved by an active set of at most as many rows as columns (Lawson & Hanson 1974).
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "inference/likelihood.hpp"

namespace hansa {

/// Whether the residuals at b prove that nothing separates; false proves nothing. O(rows · columns²).
[[nodiscard]] bool overlap_is_certain(Sample const& sample, Eigen::VectorXd const& b);

/// A direction in which as many units as possible are separated strictly.
struct Recession {
  Eigen::VectorXd direction;           ///< in coordinates; empty: nothing separates
  std::vector<std::uint8_t> strictly;  ///< per row
};

/// Of a spell counts the row whose η at b is largest, and a direction is believed only if it raises the hazard of some
/// row of each spell that it touches. O(rows · columns) for each of a few steps per column.
[[nodiscard]] Recession find_recession(Sample const& sample, Eigen::VectorXd const& b);

/// The projection of Σ_{i in aim} a_i onto {δ: a_i·δ >= 0 for all i}; rows of a have length 1. Zero where it vanishes.
[[nodiscard]] Eigen::VectorXd project_on_cone(RowMatrix const& a, std::vector<std::uint8_t> const& aim);

}  // namespace hansa
