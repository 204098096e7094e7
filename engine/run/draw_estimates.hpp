/// Parameters drawn from the distribution of their estimates, keyed by seed and replicate.
#pragma once

#include <cstdint>
#include <vector>

#include "record/estimates.hpp"

namespace hansa {

/// Tries for one draw.
inline constexpr int most_tries = 1000;

/// One draw. Scenarios that share seed, replicate and estimates share it, whatever else they do.
struct Draw {
  std::vector<double> values;  ///< one for each estimate
  int redrawn = 0;             ///< draws before it that could not be
};

/// Rows of particles, by their weights, where the estimates have such; all fits of a replicate take the same row. Else
/// N(estimates, covariance) of one fit, of some estimates in logarithms (whose covariance is that of the estimates over
/// the estimates), cut off where parameters cannot be: a standard deviation below 0, under link additive a strength
/// below 0, and beyond the range of a shape parameter. Const use is thread safe.
class EstimateDraws {
 public:
  /// Error (Fault::input) where the covariance is not that of a distribution (it may be singular), or an error in
  /// logarithms is wider than those of all numbers.
  EstimateDraws(Estimates estimates, std::uint64_t seed);
  [[nodiscard]] Estimates const& estimates() const noexcept { return estimates_; }
  /// Whether some draws cannot be.
  [[nodiscard]] bool is_bounded() const noexcept { return bounded_; }
  /// Draws until all values can be (rejection). Error (Fault::failure) after most_tries.
  [[nodiscard]] Draw draw(std::int64_t replicate) const;

 private:
  [[nodiscard]] Draw draw_particle(std::int64_t replicate) const;
  /// Finite, and inside its bounds; what has no variance may stand on one.
  [[nodiscard]] bool can_be(std::vector<double> const& values) const;

  Estimates estimates_;
  std::uint64_t seed_;
  std::vector<double> root_;        // K × K, lower triangle: covariance = root · rootᵀ
  std::vector<std::uint64_t> who_;  // per estimate: hash of its term
  std::vector<DrawScale> scales_;   // K
  bool bounded_ = false;            // some cannot be all numbers
  std::vector<double> cumulated_;   // weights of particles up to each; empty: none
};

/// The lower triangle L with L·Lᵀ = matrix (André-Louis Cholesky; Golub & Van Loan 2013, algorithm 4.2.1), `size` ×
/// `size`, row by row. Directions without variance stay 0. Empty where the matrix has a negative eigenvalue beyond
/// rounding.
[[nodiscard]] std::vector<double> cholesky(std::vector<double> const& matrix, std::size_t size);

}  // namespace hansa
