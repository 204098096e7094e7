/// Discrete-time event history: maximum likelihood from rows of observed decisions.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "inference/design.hpp"
#include "scenario/fit_spec.hpp"

namespace hansa {

struct EventHistoryOptions {
  FitLink link = FitLink::logit;
  Information information = Information::expected;
  std::vector<ErrorCluster> clusters = {ErrorCluster::city};  ///< none, one or two
  Penalty penalty = Penalty::none;
  bool city_intercept = false;    ///< a normal intercept per city, integrated out (adaptive Gauss–Hermite quadrature)
  bool policy_intercept = false;  ///< the same per policy, about the common baseline; not both
  int quadrature = 15;            ///< its points
  Intervals intervals = Intervals::wald;
  double level = 0.95;  ///< of the intervals
};

enum class Separation { none, quasi_complete, complete };

/// Where the intercept of a policy lies, by what was decided on it: the mode of its posterior, and its error, that of
/// the estimates included (Kass & Steffey 1989).
struct PolicyEffect {
  Index policy;
  double effect, error;
};

/// A shape parameter that was estimated beside the coefficients, by the profile of the likelihood.
struct ShapeEstimate {
  std::string name;                ///< `imitation.half_life`
  std::vector<std::string> paths;  ///< what it replaces in the scenario
  double estimate = 0;
  double written = 0;              ///< where the search began
  bool logarithmic = false;        ///< searched, and with rows in the covariances, in logarithms
  double lowest = 0, highest = 0;  ///< of the search
  double least = 0, most = 0;      ///< that it can be: draws beyond are none
  double lower = 0, upper = 0;     ///< where the profile has fallen by half the quantile of chi-square; of an end that
                                   ///< the search does not find, what the parameter can be, or ±inf
  bool flat = false;               ///< the profile does not fall so far anywhere
  bool at_end = false;             ///< the estimate is an end of the search
  bool jumps = false;              ///< a threshold: the likelihood moves in jumps
  bool known = false;              ///< without an error: the covariances take the estimate as known
  bool vague = false;              ///< known since its error would be wider than the range of the search
};

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
                                   ///< `covariance`; a profile that never falls far enough ends at ±inf; NaN: the
                                   ///< searches for the end did not settle, which a note says
  std::size_t clusters = 0;        ///< number of the first kind
  std::size_t clusters_second = 0;  ///< of the second, if there is one
  std::optional<double> city_sd;  ///< standard deviation of the city intercept; 0: the likelihood falls from there on,
                                  ///< and the last row and column of the covariances are 0
  std::optional<double> policy_sd;                      ///< the same of the policy intercept
  std::optional<std::pair<double, double>> sd_profile;  ///< limits of either, where profiles were asked for
  std::vector<PolicyEffect> policy_effects;             ///< with a policy intercept: of each policy, ascending
  Eigen::MatrixXd joint_covariance;  ///< with a policy intercept: of coefficients, ln sd, and effects of policies less
                                     ///< what they are
  std::optional<double> log_likelihood_alike;  ///< with an intercept: where its standard deviation is 0
  double log_likelihood = 0;                   ///< without the penalty
  double null_log_likelihood = 0;  ///< of a baseline per policy alone; with a policy intercept of that and one baseline
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
  std::vector<ShapeEstimate> shapes;  ///< their rows and columns of the covariances stand last, on the scale of search
  std::size_t shape_trials = 0;       ///< values of shapes at which the rest was fitted
  std::map<std::string, std::size_t> shape_failures;  ///< of these fits: reason -> how often; they count nowhere
  std::string failure;                                ///< why there are no estimates; empty where there are

  [[nodiscard]] bool estimated() const noexcept { return failure.empty(); }
  /// The standard deviation of the intercept of cities or of policies, if there is one.
  [[nodiscard]] std::optional<double> intercept_sd() const noexcept { return city_sd ? city_sd : policy_sd; }
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
