/// Projected Newton steps, halved until the likelihood rises.
#include "inference/newton.hpp"

#include <Eigen/Cholesky>
#include <cmath>

namespace hansa {

namespace {

using Unbound = std::vector<Eigen::Index>;

bool flagged(std::vector<std::uint8_t> const& flags, Eigen::Index k) noexcept {
  return !flags.empty() && flags[static_cast<std::size_t>(k)] != 0;
}

/// Coordinates that the next step may move.
Unbound free_coordinates(Eigen::VectorXd const& b, Eigen::VectorXd const& gradient, Constraints const& constraints) {
  Unbound free;
  for (Eigen::Index k = 0; k < b.size(); ++k) {
    bool const held = flagged(constraints.nonnegative, k) && b[k] <= 0 && gradient[k] <= 0;
    if (!held && !flagged(constraints.fixed, k)) free.push_back(k);
  }
  return free;
}

/// The inverse of the best positive definite matrix at hand, on the free coordinates.
Eigen::MatrixXd free_inverse(Evaluation const& there, Unbound const& free) {
  for (Eigen::MatrixXd const* matrix : {&there.observed, &there.expected}) {
    Eigen::MatrixXd const part = (*matrix)(free, free);
    Eigen::MatrixXd v = inverse_of(part);
    if (v.size() > 0) return v;
  }
  Eigen::MatrixXd part = there.expected(free, free);
  double const scale = part.diagonal().cwiseAbs().maxCoeff();
  for (double ridge = 1e-10; ridge < 1e10; ridge *= 100) {
    Eigen::MatrixXd raised = part;
    raised.diagonal().array() += ridge * (scale > 0 ? scale : 1);
    Eigen::MatrixXd v = inverse_of(raised);
    if (v.size() > 0) return v;
  }
  return Eigen::MatrixXd::Identity(part.rows(), part.cols());
}

struct Step {
  Eigen::VectorXd by;
  double decrement = 0;  // of the unconstrained quadratic model: twice its gain
  double multiplier = 0;
};

Step newton_step(Evaluation const& there, Unbound const& free, Constraints const& constraints) {
  Step step{Eigen::VectorXd::Zero(there.gradient.size()), 0, 0};
  if (free.empty()) return step;
  Eigen::VectorXd const gradient = there.gradient(free);
  Eigen::MatrixXd const v = free_inverse(there, free);
  Eigen::VectorXd by = v * gradient;
  if (constraints.direction.size() > 0) {
    Eigen::VectorXd const along = constraints.direction(free);
    Eigen::VectorXd const moved = v * along;
    step.multiplier = along.dot(by) / along.dot(moved);
    by -= step.multiplier * moved;
  }
  step.decrement = gradient.dot(by);
  for (std::size_t k = 0; k < free.size(); ++k) step.by[free[k]] = by[static_cast<Eigen::Index>(k)];
  return step;
}

Eigen::VectorXd projected(Eigen::VectorXd b, Constraints const& constraints) {
  for (Eigen::Index k = 0; k < b.size(); ++k)
    if (flagged(constraints.nonnegative, k) && b[k] < 0) b[k] = 0;
  return b;
}

/// By how much two sums of likelihoods may differ through rounding alone.
double rounding(double value) {
  return 1e-11 * (1 + std::fabs(value));
}

/// Halves the step until the value rises. False: it never does.
bool search(Objective const& objective, Constraints const& constraints, Step const& step, Maximum& now) {
  double const slack = rounding(now.there.value);
  for (double size = 1; size > 1e-12; size /= 2) {
    Eigen::VectorXd const next = projected(now.at + size * step.by, constraints);
    double const promised = now.there.gradient.dot(next - now.at);
    Evaluation there = objective(next);
    if (there.value >= now.there.value + 1e-4 * promised - slack && there.gradient.allFinite()) {
      now.at = next;
      now.there = std::move(there);
      return true;
    }
  }
  return false;
}

/// One full step, if it does no harm.
void polish(Objective const& objective, Constraints const& constraints, Step const& step, Maximum& now) {
  if (!(step.decrement > 1e-26)) return;
  Eigen::VectorXd const next = projected(now.at + step.by, constraints);
  Evaluation there = objective(next);
  if (!(there.value >= now.there.value - rounding(now.there.value)) || !there.gradient.allFinite()) return;
  now.at = next;
  now.there = std::move(there);
}

}  // namespace

Eigen::MatrixXd inverse_of(Eigen::MatrixXd const& matrix) {
  if (!matrix.allFinite()) return {};
  Eigen::LLT<Eigen::MatrixXd> const root(matrix);
  if (root.info() != Eigen::Success) return {};
  for (Eigen::Index k = 0; k < matrix.rows(); ++k) {
    double const pivot = root.matrixLLT()(k, k);
    if (!(pivot * pivot > 1e-14 * matrix(k, k))) return {};
  }
  Eigen::MatrixXd const v = root.solve(Eigen::MatrixXd::Identity(matrix.rows(), matrix.cols()));
  return 0.5 * (v + v.transpose());
}

Maximum maximise(Objective const& objective, Eigen::VectorXd start, Constraints const& constraints, double tolerance,
                 int most_iterations) {
  Maximum now;
  now.at = std::move(start);
  now.there = objective(now.at);
  if (!std::isfinite(now.there.value) || !now.there.gradient.allFinite()) most_iterations = 0;
  while (now.iterations < most_iterations) {
    Unbound const free = free_coordinates(now.at, now.there.gradient, constraints);
    Step const step = newton_step(now.there, free, constraints);
    now.multiplier = step.multiplier;
    now.promised = step.decrement;
    // Where Newton's steps square the error, the last one brings the digits that are left.
    now.converged = step.decrement <= tolerance;
    if (now.converged) {
      polish(objective, constraints, step, now);
      break;
    }
    ++now.iterations;
    if (!search(objective, constraints, step, now)) {
      now.converged = step.decrement < 1e-11;
      break;
    }
  }
  now.on_bound.resize(static_cast<std::size_t>(now.at.size()));
  for (Eigen::Index k = 0; k < now.at.size(); ++k)
    now.on_bound[static_cast<std::size_t>(k)] = flagged(constraints.nonnegative, k) && now.at[k] <= 0 ? 1 : 0;
  for (Eigen::Index k = 0; k < now.at.size(); ++k)
    if (flagged(constraints.fixed, k)) now.multiplier = now.there.gradient[k];
  return now;
}

}  // namespace hansa
