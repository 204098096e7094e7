/// A normal intercept per city, integrated out of the likelihood by adaptive Gauss-Hermite quadrature.
///
/// ℓ = Σ_city ln ∫ L_city(b, σz) φ(z) dz. Each city's integrand is centred at its mode and scaled by its curvature
/// there (Liu & Pierce 1994; Pinheiro & Bates 1995), so that a few points suffice. Gradient and observed information
/// are the posterior moments of those of the likelihood with z known (Louis 1982), by the same quadrature.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <vector>

#include "inference/likelihood.hpp"
#include "inference/quadrature.hpp"

namespace hansa {

class CityIntercept {
 public:
  static constexpr double largest_sd = 1000;  ///< in units of η; the value beyond is −inf, so that searches end

  /// `city`: per row. The sample has columns in η.
  CityIntercept(Sample sample, std::vector<Index> const& city, int points);

  /// At (b, ln σ). `expected` is the sum of the cities' outer scores. O(rows · (columns² + points · columns)).
  [[nodiscard]] Evaluation operator()(Eigen::VectorXd const& at);
  /// Cities × (columns + 1), in order of cities.
  [[nodiscard]] RowMatrix scores(Eigen::VectorXd const& at);
  [[nodiscard]] std::vector<Index> const& cities() const noexcept { return cities_; }

 private:
  struct City;
  [[nodiscard]] City integrate(Predictors& at, std::size_t city, double sd);

  Sample sample_;  // with a last column of ones, the intercept's
  Quadrature rule_;
  std::vector<Index> cities_;
  std::vector<std::vector<std::size_t>> units_;  // per city
  std::vector<double> modes_;                    // per city: where the last search ended, and the next begins
};

}  // namespace hansa
