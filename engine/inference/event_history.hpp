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

/// What maximum likelihood found. With separation or a rank below the number of columns nothing is estimated, and the
/// vectors of estimates are empty.
struct EventHistoryFit {
  FitLink link = FitLink::logit;
  Information information = Information::expected;
  Penalty penalty = Penalty::none;
  std::vector<std::string> names;  ///< of the columns
  Eigen::VectorXd coefficients;    ///< columns
  Eigen::MatrixXd covariance;      ///< columns × columns: the inverse of the information (with a city intercept one
                                   ///< more row and column, for the logarithm of its standard deviation)
  Eigen::MatrixXd clustered;       ///< the same size: the sandwich with factor G/(G−1), summed over two-way clusters;
                                   ///< empty without clusters
  Eigen::VectorXd lower, upper;    ///< columns: confidence intervals, of the kind that was asked for
  std::size_t clusters = 0;        ///< number of the first kind
  std::optional<double> city_sd;   ///< standard deviation of the city intercept
  double log_likelihood = 0;       ///< without the penalty
  double null_log_likelihood = 0;  ///< of a baseline per policy alone
  std::size_t parameters = 0;      ///< columns, and the standard deviation
  std::size_t rows = 0;
  std::size_t events = 0;
  std::size_t rank = 0;
  Separation separation = Separation::none;
  std::vector<std::size_t> separating;  ///< columns whose coefficients run away
  std::vector<Index> separated;         ///< cities of the rows whose chances run to 0 or 1
  std::vector<std::size_t> aliased;     ///< columns that are combinations of others
  int iterations = 0;
  std::string failure;  ///< why there are no estimates; empty where there are

  [[nodiscard]] bool estimated() const noexcept { return failure.empty(); }
  [[nodiscard]] double aic() const noexcept;
  [[nodiscard]] double bic() const noexcept;  ///< of the rows (Schwarz 1978)
};

/// Newton's method with expected information (Fisher scoring) and line search. Never throws for data that have no
/// estimate: the fit says why. Cost: O(rows · columns²) a step.
[[nodiscard]] EventHistoryFit fit_event_history(Design const& design, EventHistoryOptions const& options);

/// η of every row, and the chance of a decision in it. The city intercept is taken at its mean 0.
[[nodiscard]] Eigen::VectorXd linear_predictors(Design const& design, Eigen::VectorXd const& coefficients);
[[nodiscard]] Eigen::VectorXd chances(Design const& design, FitLink link, Eigen::VectorXd const& coefficients);

}  // namespace hansa
