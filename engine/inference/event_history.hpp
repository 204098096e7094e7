/// Discrete-time event history: maximum likelihood from rows of observed decisions.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inference/design.hpp"
#include "scenario/fit_spec.hpp"

namespace hansa {

struct EventHistoryOptions {
  FitLink link = FitLink::logit;
  Information information = Information::expected;
  std::vector<ErrorCluster> clusters = {ErrorCluster::city};  ///< none, one or two
  Penalty penalty = Penalty::none;
  bool city_intercept = false;  ///< a normal intercept per city, integrated out (adaptive Gauss–Hermite quadrature)
  int quadrature = 15;          ///< its points
  Intervals intervals = Intervals::wald;
  double level = 0.95;  ///< of the intervals
};

enum class Separation { none, quasi_complete, complete };

/// What maximum likelihood found. With separation (but for Firth's penalty) or a rank below the number of columns
/// nothing is estimated, and the vectors of estimates are empty.
struct EventHistoryFit {
  FitLink link = FitLink::logit;
  Information information = Information::expected;
  Penalty penalty = Penalty::none;
  std::vector<std::string> names;  ///< of the columns
  Eigen::VectorXd coefficients;    ///< columns
  Eigen::MatrixXd covariance;      ///< columns × columns: the inverse of the information (with a city intercept one
                                   ///< more row and column, for the logarithm of its standard deviation)
  Eigen::MatrixXd clustered;       ///< the same size: the sandwich with factor G/(G−1), summed over two-way clusters;
                                   ///< empty without clusters, or with fewer than two
  Eigen::VectorXd lower, upper;    ///< columns: confidence intervals, of the kind that was asked for. Wald's are of
                                   ///< `covariance`; a profile that never falls far enough ends at ±inf
  std::size_t clusters = 0;        ///< number of the first kind
  std::optional<double> city_sd;   ///< standard deviation of the city intercept; 0: the likelihood falls from there on,
                                   ///< and the last row and column of the covariances are 0
  double log_likelihood = 0;       ///< without the penalty
  double null_log_likelihood = 0;  ///< of a baseline per policy alone
  std::size_t parameters = 0;      ///< columns, and the standard deviation
  std::size_t rows = 0;
  std::size_t events = 0;
  std::size_t rank = 0;
  Separation separation = Separation::none;
  std::vector<std::size_t> separating;  ///< columns whose coefficients run away
  std::vector<Index> separated;         ///< cities of the rows whose chances run to 0 or 1
  std::vector<std::size_t> aliased;     ///< columns that are combinations of columns before them
  std::vector<std::size_t>
      boundary;                    ///< link additive: columns with coefficient 0 that would be negative if they might;
                                   ///< their rows and columns of the covariances are 0, their upper limits profiles
  std::vector<std::string> notes;  ///< what a reader of the estimates must know, in sentences without full stop
  int iterations = 0;
  std::string failure;  ///< why there are no estimates; empty where there are

  [[nodiscard]] bool estimated() const noexcept { return failure.empty(); }
  [[nodiscard]] double aic() const noexcept;
  [[nodiscard]] double bic() const noexcept;  ///< of the rows (Schwarz 1978)
};

/// Newton's method with line search, and Fisher scoring where the observed information is not positive definite. Never
/// throws for data that have no estimate: the fit says why. With a city intercept the information is the observed one,
/// whatever was asked for, since the expected has no closed form. Cost: O(rows · columns²) a step.
[[nodiscard]] EventHistoryFit fit_event_history(Design const& design, EventHistoryOptions const& options);

/// x·β of every row, and the chance of a decision in it. The city intercept is taken at its mean 0.
[[nodiscard]] Eigen::VectorXd linear_predictors(Design const& design, Eigen::VectorXd const& coefficients);
[[nodiscard]] Eigen::VectorXd chances(Design const& design, FitLink link, Eigen::VectorXd const& coefficients);

/// estimate ± z·error, with the errors of a covariance.
struct Limits {
  Eigen::VectorXd lower, upper;
};
[[nodiscard]] Limits wald_limits(Eigen::VectorXd const& coefficients, Eigen::MatrixXd const& covariance, double level);

/// The gradient of the log-likelihood in the coefficients and its information, anywhere: what a score test needs.
struct Score {
  double log_likelihood = 0;
  Eigen::VectorXd gradient;
  Eigen::MatrixXd information;
};
[[nodiscard]] Score score_at(Design const& design, FitLink link, Information information,
                             Eigen::VectorXd const& coefficients);

}  // namespace hansa
