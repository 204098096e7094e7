/// Newton's method with line search, for log-likelihoods with bounds and one linear constraint.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "inference/likelihood.hpp"

namespace hansa {

using Objective = std::function<Evaluation(Eigen::VectorXd const&)>;

/// What a search may not do. Empty parts constrain nothing.
struct Constraints {
  std::vector<std::uint8_t> nonnegative = {};  ///< per coordinate
  std::vector<std::uint8_t> fixed = {};        ///< per coordinate: stays where it starts
  Eigen::VectorXd direction = {};              ///< direction·b stays what it is at the start
};

struct Maximum {
  Eigen::VectorXd at;
  Evaluation there;
  std::vector<std::uint8_t> on_bound;  ///< per coordinate
  double multiplier = 0;               ///< change of the maximum per unit of direction·b (or of a fixed coordinate)
  double promised = 0;                 ///< twice the gain that a further step promised at last
  int iterations = 0;
  bool converged = false;
};

/// Steps use the observed information where it is positive definite, otherwise the expected (Fisher scoring); bounds by
/// projection (Bertsekas 1982). Converged: twice the gain that the next step promises is below `tolerance`. The start
/// obeys the constraints and has a finite value.
[[nodiscard]] Maximum maximise(Objective const& objective, Eigen::VectorXd start, Constraints const& constraints,
                               double tolerance = 1e-14, int most_iterations = 100);

/// The inverse of a symmetric matrix, or an empty one where it is not safely positive definite: a pivot of Cholesky's
/// factor is below 1e-14 of its diagonal.
[[nodiscard]] Eigen::MatrixXd inverse_of(Eigen::MatrixXd const& matrix);

}  // namespace hansa
