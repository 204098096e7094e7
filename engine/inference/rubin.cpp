/// Rubin's rules.
#include "inference/rubin.hpp"

#include <Eigen/Cholesky>

#include "base/student.hpp"

namespace hansa {

namespace {

/// Degrees of freedom from the observed data alone and from the number of sets, put together.
double degrees_of(double sets, double share, double complete) {
  double const observed = (complete + 1) / (complete + 3) * complete * (1 - share);
  if (sets < 2 || share <= 0) return observed;
  double const old = (sets - 1) / (share * share);
  return old * observed / (old + observed);
}

}  // namespace

CombinedEstimates combine(std::span<Eigen::VectorXd const> estimates, std::span<Eigen::MatrixXd const> covariances,
                          double complete_degrees) {
  CombinedEstimates made;
  made.sets = estimates.size();
  auto const sets = static_cast<double>(made.sets);
  Eigen::Index const size = estimates[0].size();
  made.estimates = Eigen::VectorXd::Zero(size);
  made.within = made.between = Eigen::MatrixXd::Zero(size, size);
  for (Eigen::VectorXd const& each : estimates) made.estimates += each / sets;
  for (Eigen::MatrixXd const& each : covariances) made.within += each / sets;
  for (Eigen::VectorXd const& each : estimates) {
    Eigen::VectorXd const off = each - made.estimates;
    for (Eigen::Index j = 0; j < size && sets > 1; ++j) made.between.col(j) += off * (off[j] / (sets - 1));
  }
  made.total = made.within + (1 + 1 / sets) * made.between;
  made.degrees = made.missing = Eigen::VectorXd::Zero(size);
  for (Eigen::Index k = 0; k < size; ++k) {
    double const extra = (1 + 1 / sets) * made.between(k, k);
    made.degrees[k] = degrees_of(sets, extra / made.total(k, k), complete_degrees);
    double const ratio = extra / made.within(k, k);
    if (extra > 0) made.missing[k] = (ratio + 2 / (made.degrees[k] + 3)) / (ratio + 1);
  }
  return made;
}

std::optional<FTest> combined_wald_test(CombinedEstimates const& combined, std::span<std::size_t const> columns) {
  if (combined.sets < 2 || columns.empty()) return std::nullopt;
  std::vector<Eigen::Index> at;
  for (std::size_t const column : columns) at.push_back(static_cast<Eigen::Index>(column));
  Eigen::MatrixXd const within = combined.within(at, at), between = combined.between(at, at);
  Eigen::VectorXd const scale = within.diagonal().cwiseSqrt();
  if (!(scale.array() > 0).all() || !scale.allFinite()) return std::nullopt;
  // Scaled to a unit diagonal, so that the units of the columns do not pass for singularity.
  Eigen::MatrixXd unit = within, spread = between;
  for (Eigen::Index i = 0; i < unit.rows(); ++i) {
    for (Eigen::Index j = 0; j < unit.cols(); ++j) {
      unit(i, j) /= scale[i] * scale[j];
      spread(i, j) /= scale[i] * scale[j];
    }
  }
  Eigen::LDLT<Eigen::MatrixXd> const factor(unit);
  if (factor.info() != Eigen::Success || !(factor.vectorD().minCoeff() > 1e-12)) return std::nullopt;
  Eigen::VectorXd const values = combined.estimates(at).cwiseQuotient(scale);
  auto const k = static_cast<double>(columns.size()), sets = static_cast<double>(combined.sets);
  double const ratio = (1 + 1 / sets) * factor.solve(spread).trace() / k;
  FTest test;
  test.above = k;
  test.statistic = values.dot(factor.solve(values)) / (k * (1 + ratio));
  double const t = k * (sets - 1);
  if (t > 4) {
    double const part = 1 + (1 - 2 / t) / ratio;
    test.below = 4 + (t - 4) * part * part;
  } else {
    test.below = t * (1 + 1 / k) * (1 + 1 / ratio) * (1 + 1 / ratio) / 2;
  }
  test.p = flat::f_tail(test.statistic, test.above, test.below);
  return test;
}

}  // namespace hansa
