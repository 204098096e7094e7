/// Estimates from completed data sets, combined by Rubin's rules.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace hansa {

/// Means of M estimates β and of their covariances W; between B with M − 1, 0 of M = 1; total T = W + (1 + 1/M) B.
struct CombinedEstimates {
  std::size_t sets = 0;
  Eigen::VectorXd estimates;
  Eigen::MatrixXd within, between, total;
  Eigen::VectorXd degrees;  ///< of Student's t, for each estimate (Barnard & Rubin 1999)
  Eigen::VectorXd missing;  ///< fraction of the information that is missing (Rubin 1987, 3.1.10)
};

/// `complete_degrees`: those that tests would have were nothing missing. One set at least, all of one length.
[[nodiscard]] CombinedEstimates combine(std::span<Eigen::VectorXd const> estimates,
                                        std::span<Eigen::MatrixXd const> covariances, double complete_degrees);

struct FTest {
  double statistic = 0;
  double above = 0, below = 0;  ///< degrees of freedom
  double p = 1;
};

/// That several coefficients are 0: D₁ of Li, Raghunathan & Rubin (1991), which takes the fraction of missing
/// information for the same in all. Nothing of a single set, or where W is singular.
[[nodiscard]] std::optional<FTest> combined_wald_test(CombinedEstimates const& combined,
                                                      std::span<std::size_t const> columns);

}  // namespace hansa
