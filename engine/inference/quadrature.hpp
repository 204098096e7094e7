/// Gauss-Hermite quadrature.
#pragma once

#include <vector>

namespace hansa {

/// ∫ e^−t² f(t) dt ≈ Σ weight f(node), exact for polynomials of degree 2·points − 1. Nodes ascend and are symmetric.
struct Quadrature {
  std::vector<double> nodes;
  std::vector<double> log_weights;  ///< of weight · e^(node²), the form that adaptive quadrature takes
};

/// 1 to 200 points: eigenvalues of the Jacobi matrix (Golub & Welsch 1969), brought to full precision by Newton's
/// method on the orthonormal Hermite polynomial.
[[nodiscard]] Quadrature gauss_hermite(int points);

}  // namespace hansa
