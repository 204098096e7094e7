/// A normal intercept per group of rows, a city or a policy, integrated out of the likelihood by adaptive Gauss-Hermite
/// quadrature.
///
/// ℓ = Σ_group ln ∫ L_group(b, σz) φ(z) dz. Each group's integrand is centred at its mode and scaled by its curvature
/// there (Liu & Pierce 1994; Pinheiro & Bates 1995), so that a few points suffice. Gradient and observed information
/// are the posterior moments of those of the likelihood with z known (Louis 1982), by the same quadrature.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <vector>

#include "inference/likelihood.hpp"
#include "inference/quadrature.hpp"

namespace hansa {

/// What a group's intercept is likeliest to be, given its decisions and the parameters: the mode of its posterior, the
/// variance of a normal with the posterior's curvature there, and how the mode moves with (b, ln σ).
struct GroupMode {
  double shift = 0;
  double variance = 0;
  Eigen::VectorXd moves;
};

class GroupIntercept {
 public:
  static constexpr double largest_sd = 1000;  ///< in units of η; the value beyond is −inf, so that searches end

  /// `group`: per row; a spell lies in one. The sample has columns in η.
  GroupIntercept(Sample sample, std::vector<Index> const& group, int points);

  /// At (b, ln σ). `expected` is the sum of the groups' outer scores, or, of too few groups for these to have full
  /// rank, the mean of the information that the decisions would have were the intercepts known. O(rows · (columns² +
  /// points · columns)).
  [[nodiscard]] Evaluation operator()(Eigen::VectorXd const& at);
  /// Groups × (columns + 1), in order of groups.
  [[nodiscard]] RowMatrix scores(Eigen::VectorXd const& at);
  /// In order of groups.
  [[nodiscard]] std::vector<GroupMode> modes(Eigen::VectorXd const& at);
  [[nodiscard]] std::vector<Index> const& groups() const noexcept { return groups_; }  ///< ascending

 private:
  struct Group;
  [[nodiscard]] Group integrate(Predictors& at, std::size_t group, double sd);

  Sample sample_;  // with a last column of ones, the intercept's
  Quadrature rule_;
  std::vector<Index> groups_;
  std::vector<std::vector<std::size_t>> units_;  // per group
  std::vector<double> modes_;                    // per group: where the last search ended, and the next begins
};

}  // namespace hansa
