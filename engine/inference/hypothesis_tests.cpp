/// Likelihood-ratio, Wald and score tests.
#include "inference/hypothesis_tests.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>

#include "base/chi_square.hpp"
#include "base/flat_math.hpp"

namespace hansa {

namespace {

/// vᵀ A⁻¹ v; nothing where A is not positive definite to working precision.
std::optional<double> quadratic(Eigen::MatrixXd const& matrix, Eigen::VectorXd const& vector) {
  // Scaled to a unit diagonal, so that the units of the columns do not pass for singularity.
  Eigen::VectorXd const scale = matrix.diagonal().cwiseSqrt();
  if (!(scale.array() > 0).all() || !scale.allFinite()) return std::nullopt;
  Eigen::MatrixXd scaled = matrix;
  for (Eigen::Index i = 0; i < scaled.rows(); ++i) {
    for (Eigen::Index j = 0; j < scaled.cols(); ++j) scaled(i, j) /= scale[i] * scale[j];
  }
  Eigen::LDLT<Eigen::MatrixXd> const factor(scaled);
  if (factor.info() != Eigen::Success || !(factor.vectorD().minCoeff() > 1e-12)) return std::nullopt;
  Eigen::VectorXd const unit = vector.cwiseQuotient(scale);
  return unit.dot(factor.solve(unit));
}

ChiSquareTest chi_square_test(double statistic, std::size_t degrees) {
  return {statistic, degrees, flat::chi_square_tail(statistic, static_cast<double>(degrees))};
}

}  // namespace

double two_sided_p(double z) noexcept {
  return std::isnan(z) ? z : 2 * flat::normal_tail(std::fabs(z));
}

double standard_error(double variance) noexcept {
  return variance > 0 ? __builtin_sqrt(variance) : std::numeric_limits<double>::quiet_NaN();
}

bool reports_clusters(EventHistoryFit const& fit) noexcept {
  return fit.clustered.size() > 0 && fit.separation == Separation::none;
}

std::size_t fewest_clusters(EventHistoryFit const& fit) noexcept {
  return fit.clusters_second > 0 ? std::min(fit.clusters, fit.clusters_second) : fit.clusters;
}

std::string no_wald_words(EventHistoryFit const& fit) {
  std::string const none = "there is no Wald test of all but the baselines: ";
  if (!fit.boundary.empty()) return none + "coefficients on the boundary have no errors";
  if (!reports_clusters(fit)) return none + "the covariance of the estimates is singular";
  return none +
         "the covariance of the clustered errors is singular, as with fewer clusters than coefficients, and where "
         "negative eigenvalues are set to 0";
}

Eigen::MatrixXd reported_covariance(EventHistoryFit const& fit) {
  Eigen::MatrixXd const& all = reports_clusters(fit) ? fit.clustered : fit.covariance;
  auto const columns = static_cast<Eigen::Index>(fit.names.size());
  return all.topLeftCorner(std::min(columns, all.rows()), std::min(columns, all.cols()));
}

bool is_nested(EventHistoryFit const& restricted, EventHistoryFit const& full) {
  if (restricted.link != full.link || (restricted.city_sd && !full.city_sd) ||
      (restricted.policy_sd && !full.policy_sd))
    return false;
  return std::all_of(restricted.names.begin(), restricted.names.end(), [&](std::string const& name) {
    return std::find(full.names.begin(), full.names.end(), name) != full.names.end();
  });
}

std::optional<ChiSquareTest> likelihood_ratio_test(EventHistoryFit const& full, EventHistoryFit const& restricted) {
  if (!full.estimated() || !restricted.estimated() || !is_nested(restricted, full)) return std::nullopt;
  if (full.penalty != Penalty::none || restricted.penalty != Penalty::none) return std::nullopt;
  if (full.parameters <= restricted.parameters) return std::nullopt;
  // Both are maxima to rounding only.
  double const statistic = std::max(0.0, 2 * (full.log_likelihood - restricted.log_likelihood));
  ChiSquareTest test = chi_square_test(statistic, full.parameters - restricted.parameters);
  if (full.intercept_sd() && !restricted.intercept_sd()) {
    double const without =
        test.degrees > 1 ? flat::chi_square_tail(statistic, static_cast<double>(test.degrees - 1)) : statistic <= 0;
    test.p = (test.p + without) / 2;
  }
  return test;
}

std::optional<ChiSquareTest> wald_test(EventHistoryFit const& fit, std::span<std::size_t const> columns) {
  if (!fit.estimated() || columns.empty()) return std::nullopt;
  Eigen::MatrixXd const all = reported_covariance(fit);
  auto const n = static_cast<Eigen::Index>(columns.size());
  Eigen::VectorXd values(n);
  Eigen::MatrixXd covariance(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    auto const row = static_cast<Eigen::Index>(columns[static_cast<std::size_t>(i)]);
    values[i] = fit.coefficients[row];
    for (Eigen::Index j = 0; j < n; ++j) {
      covariance(i, j) = all(row, static_cast<Eigen::Index>(columns[static_cast<std::size_t>(j)]));
    }
  }
  std::optional<double> const statistic = quadratic(covariance, values);
  if (!statistic) return std::nullopt;
  return chi_square_test(*statistic, columns.size());
}

std::optional<ChiSquareTest> score_test(Design const& design, EventHistoryFit const& restricted) {
  if (!restricted.estimated() || restricted.penalty != Penalty::none || restricted.intercept_sd()) return std::nullopt;
  Eigen::VectorXd coefficients = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(design.columns()));
  std::size_t kept = 0;
  for (std::size_t c = 0; c < design.columns(); ++c) {
    auto const found = std::find(restricted.names.begin(), restricted.names.end(), design.names[c]);
    if (found == restricted.names.end()) continue;
    coefficients[static_cast<Eigen::Index>(c)] = restricted.coefficients[found - restricted.names.begin()];
    ++kept;
  }
  if (kept != restricted.names.size() || kept == design.columns()) return std::nullopt;
  Score const at = score_at(design, restricted.link, Information::expected, coefficients);
  // At the restricted maximum the score of the kept columns is 0, so the whole quadratic form is that of the others.
  std::optional<double> const statistic = quadratic(at.information, at.gradient);
  if (!statistic) return std::nullopt;
  return chi_square_test(*statistic, design.columns() - kept);
}

std::vector<std::size_t> baseline_columns(Design const& design) {
  std::vector<std::size_t> constant;
  for (std::size_t c = 0; c < design.columns(); ++c) {
    std::map<Index, double> first;
    bool same = true;
    for (std::size_t row = 0; row < design.rows() && same; ++row) {
      double const value = design.x(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(c));
      same = first.try_emplace(design.policy[row], value).first->second == value;
    }
    if (same) constant.push_back(c);
  }
  return constant;
}

}  // namespace hansa
