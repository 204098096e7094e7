/// Covariances of coefficients and shapes together.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "inference/shape_trials.hpp"

namespace hansa {

/// What `known` says of shapes without an error, else 0: they jump, are at an end, or coefficients do as well; or their
/// error would be wider than the range of their search.
inline constexpr std::uint8_t shape_known = 1, shape_vague = 2;

/// rows × shapes: Σ_k β_k ∂x_k/∂s by central differences, s the shape on the scale of its search; 0 for those in
/// `known`. A step is 1e-5 of the range.
[[nodiscard]] Eigen::MatrixXd shape_slopes(ShapeTrials const& trials, std::vector<FittedShape> const& shapes,
                                           Shapes const& at, Eigen::VectorXd const& coefficients,
                                           std::vector<std::uint8_t> const& known);

/// Rows and columns of shapes go into the covariances of a fit, behind all others, and what they take from the others'
/// certainty. Expected information is that of the design with slopes as further columns. Observed information (always
/// with a city intercept) is found from refits: with J the change of all else with the shapes, V the inverse of minus
/// the second differences of the profile, and C the covariance of all else with the shapes known, the blocks are
/// C + J·V·Jᵀ, J·V and V (Richards 1961). Shapes that cannot be told from coefficients, or whose error
/// would be wider than the range of their search, are marked in `known`.
void join_covariances(EventHistoryFit& fit, ShapeTrials const& trials, std::vector<FittedShape> const& shapes,
                      Shapes const& at, Eigen::MatrixXd& slopes, std::vector<std::uint8_t>& known,
                      EventHistoryOptions const& options);

}  // namespace hansa
