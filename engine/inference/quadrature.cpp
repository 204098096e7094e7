/// Nodes and weights of Gauss-Hermite quadrature.
#include "inference/quadrature.hpp"

#include <Eigen/Eigenvalues>
#include <cmath>

#include "base/flat_math.hpp"

namespace hansa {

namespace {

/// Orthonormal Hermite functions e^(−t²/2) H_k(t) of degree n and n − 1.
struct Hermite {
  double here = 0, before = 0;
};

Hermite hermite(int n, double t) noexcept {
  constexpr double fourth_root_of_pi = 1.3313353638003897;
  double before = 0, here = flat::exp(-0.5 * t * t) / fourth_root_of_pi;
  for (int k = 1; k <= n; ++k) {
    double const next = t * std::sqrt(2.0 / k) * here - std::sqrt((k - 1.0) / k) * before;
    before = here;
    here = next;
  }
  return {here, before};
}

}  // namespace

Quadrature gauss_hermite(int points) {
  Eigen::VectorXd const diagonal = Eigen::VectorXd::Zero(points);
  Eigen::VectorXd below(points > 1 ? points - 1 : 0);
  for (int k = 1; k < points; ++k) below[k - 1] = std::sqrt(0.5 * k);
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver;
  solver.computeFromTridiagonal(diagonal, below, Eigen::EigenvaluesOnly);
  Quadrature made;
  for (int k = 0; k < points; ++k) {
    // The upper half mirrors the lower.
    double t = solver.eigenvalues()[k];
    if (2 * k + 1 == points) t = 0;
    for (int step = 0; step < 4 && t != 0; ++step) {
      Hermite const h = hermite(points, t);
      // of e^(−t²/2) p_n(t) the derivative where p_n vanishes is √(2n) times the function before
      t -= h.here / (std::sqrt(2.0 * points) * h.before);
    }
    made.nodes.push_back(2 * k >= points ? -made.nodes[static_cast<std::size_t>(points - 1 - k)] : t);
    Hermite const h = hermite(points, made.nodes.back());
    // weight = 1 / (n p_{n−1}²), and h.before² = e^−t² p_{n−1}²
    made.log_weights.push_back(-flat::log(points * h.before * h.before));
  }
  if (points % 2 == 1) made.nodes[static_cast<std::size_t>(points / 2)] = 0;
  return made;
}

}  // namespace hansa
