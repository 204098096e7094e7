/// Constrained maxima from the estimates on.
#include "signed_root.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <memory>

#include "base/flat_math.hpp"
#include "inference/coordinates.hpp"
#include "inference/group_intercept.hpp"
#include "inference/likelihood.hpp"
#include "inference/newton.hpp"

namespace hansa::test {

std::vector<double> signed_roots(Design const& design, EventHistoryOptions const& options, EventHistoryFit const& fit,
                                 std::vector<double> const& values, std::vector<std::size_t> const& columns) {
  if (columns.empty()) return {};
  Coordinates const coordinates = orthonormal(design, options.link);
  Sample const sample = make_sample(design, options.link, coordinates.q);
  Eigen::MatrixXd transform = coordinates.transform;
  Eigen::VectorXd estimates = fit.coefficients;
  Objective objective = [&](Eigen::VectorXd const& b) {
    return options.penalty == Penalty::firth ? evaluate_firth(sample, b) : evaluate(sample, b);
  };
  std::unique_ptr<GroupIntercept> intercept;
  if (fit.city_sd.value_or(0) > 0) {
    intercept = std::make_unique<GroupIntercept>(sample, design.city, options.quadrature);
    objective = [&](Eigen::VectorXd const& at) { return (*intercept)(at); };
    Eigen::Index const n = estimates.size();
    Eigen::MatrixXd larger = Eigen::MatrixXd::Identity(n + 1, n + 1);
    larger.topLeftCorner(n, n) = transform;
    transform = larger;
    estimates.conservativeResize(n + 1);
    estimates[n] = flat::log(*fit.city_sd);
  }
  Eigen::VectorXd const best = transform.lu().solve(estimates);
  Evaluation const there = objective(best);
  Eigen::MatrixXd const spread = inverse_of(there.observed);
  std::vector<double> roots;
  for (std::size_t const k : columns) {
    auto const at = static_cast<Eigen::Index>(k);
    Constraints constraints;
    constraints.direction = transform.row(at).transpose();
    Eigen::VectorXd const along = spread * constraints.direction;
    double const distance = values[k] - fit.coefficients[at];
    Eigen::VectorXd const start = best + distance / constraints.direction.dot(along) * along;
    Maximum const held = maximise(objective, start, constraints, 1e-10);
    double const loss = 2 * (there.value - held.there.value);
    roots.push_back(std::copysign(std::sqrt(std::max(loss, 0.0)), -distance));
  }
  return roots;
}

}  // namespace hansa::test
