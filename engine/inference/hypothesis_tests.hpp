/// Tests of coefficients: likelihood ratio, Wald, and score, each against the chi-square distribution.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "inference/design.hpp"
#include "inference/event_history.hpp"

namespace hansa {

struct ChiSquareTest {
  double statistic = 0;
  std::size_t degrees = 0;
  double p = 1;
};

/// P(|Z| > |z|), Z standard normal.
[[nodiscard]] double two_sided_p(double z) noexcept;

/// √variance; NaN where that is not positive, as on a boundary: such an estimate has no standard error.
[[nodiscard]] double standard_error(double variance) noexcept;

/// Whether a fit reports its clustered errors: where it has such, and nothing is separated. Of a separated term that a
/// penalty keeps finite every row is told almost without error, so that its scores, and with them its clustered error,
/// all but vanish however little is known of it.
[[nodiscard]] bool reports_clusters(EventHistoryFit const& fit) noexcept;

/// Of one kind or two, the smaller number of clusters, which decides how much the errors can be trusted.
[[nodiscard]] std::size_t fewest_clusters(EventHistoryFit const& fit) noexcept;

/// Why a fit with estimates has no Wald test.
[[nodiscard]] std::string no_wald_words(EventHistoryFit const& fit);

/// The covariance of the errors that a fit reports; columns × columns.
[[nodiscard]] Eigen::MatrixXd reported_covariance(EventHistoryFit const& fit);

/// Whether every column of `restricted`, and its city intercept, is in `full`, with the same link.
[[nodiscard]] bool is_nested(EventHistoryFit const& restricted, EventHistoryFit const& full);

/// Twice the difference of log-likelihoods (Wilks 1938). A city intercept that only `full` has lies at the edge of what
/// its standard deviation can be: its p is the mean of those with and without its degree of freedom (Self & Liang
/// 1987). For hazards that add, whose coefficients are bounded by 0, p is too large rather than too small. Nothing
/// unless both fits are estimated by unpenalised likelihood, nested, and differ in parameters; that their rows are the
/// same is the caller's to know.
[[nodiscard]] std::optional<ChiSquareTest> likelihood_ratio_test(EventHistoryFit const& full,
                                                                 EventHistoryFit const& restricted);

/// That the coefficients of `columns` are all 0, with the errors that the fit reports (Wald 1943). Nothing where the
/// fit has no estimates or their covariance is singular, as it is with fewer clusters than columns.
[[nodiscard]] std::optional<ChiSquareTest> wald_test(EventHistoryFit const& fit, std::span<std::size_t const> columns);

/// That the columns of `design` that `restricted` leaves out have coefficients of 0: their score at the restricted
/// estimates, with expected information (Rao 1948). `restricted` is fitted to the same rows and names its columns as
/// `design` does. Nothing for a fit without estimates, with a penalty or a city intercept, and where the information is
/// singular.
[[nodiscard]] std::optional<ChiSquareTest> score_test(Design const& design, EventHistoryFit const& restricted);

/// Columns that are constant within each policy: the baselines.
[[nodiscard]] std::vector<std::size_t> baseline_columns(Design const& design);

}  // namespace hansa
