/// All that is said of a fit: its estimates, what follows from them, and what they were made of.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "inference/calibration_table.hpp"
#include "inference/design.hpp"
#include "inference/discrimination.hpp"
#include "inference/event_history.hpp"
#include "inference/hypothesis_tests.hpp"
#include "inference/imputation_report.hpp"
#include "inference/intercept_report.hpp"
#include "inference/marginal_effects.hpp"
#include "inference/scores.hpp"
#include "inference/shape_report.hpp"

namespace hansa {

/// What a fit is of, in names: what a design does not know.
struct FitSubject {
  std::string name;                   ///< key of the report: the policy, or `pooled`
  std::string title;                  ///< of the scenario
  std::vector<std::string> policies;  ///< that were fitted
  std::vector<Index> policy_numbers;  ///< theirs in the design
  std::vector<std::string> cities;    ///< id of every city, by Index
  std::string time_unit = "year";
  std::optional<std::int32_t> from, until;  ///< labels of the first and last scored decision
  std::vector<std::size_t> effects;         ///< columns that marginal effects are asked of
  std::vector<Product> products;            ///< columns that are products, for marginal effects; left out of reports
  std::vector<Alternatives> alternatives;   ///< columns that exclude one another, for marginal effects
  enum class RowsAre { cities, dyads };
  RowsAre rows_are = RowsAre::cities;                            ///< dyads: cities are followers
  std::size_t unknown_sources = 0;                               ///< of ties: left out because their status is unknown
  std::vector<std::pair<std::string, std::size_t>> lost_groups;  ///< period or country without an event -> rows lost
  std::vector<std::string> notes;  ///< sentences without full stop; those of the fit are added
};

/// One coefficient with the errors that the fit reports.
struct TermReport {
  std::string name;
  double estimate = 0;
  double error = 0;  ///< from the information
  std::optional<double> cluster_error;
  double z = 0, p = 1;  ///< with the errors that the fit reports
  double lower = 0, upper = 0;
};

struct FitReport {
  FitSubject subject;
  EventHistoryOptions options;  ///< with which it was fitted
  EventHistoryFit fit;
  std::size_t cities = 0;     ///< at risk in some row
  std::size_t intervals = 0;  ///< interval-censored adoptions
  std::vector<std::string> separated_cities;

  // Without estimates what follows is empty.
  std::vector<TermReport> terms;
  std::vector<ShapeReport> shapes;
  std::optional<InterceptReport> intercept;     ///< of cities or of policies
  std::optional<ImputationReport> imputations;  ///< over which all was combined: what is of a likelihood or of chances
                                                ///< is not there, and `z` is compared with Student's t
  double mcfadden_r2 = 0;                       ///< McFadden 1974: 1 − ln L / ln L of the baselines alone
  std::optional<double> tjur_r2;
  std::optional<ChiSquareTest> likelihood_ratio;  ///< of all but the baselines, as the two that follow
  std::optional<ChiSquareTest> wald;
  std::optional<ChiSquareTest> score;
  std::vector<MarginalEffect> effects;
  std::optional<RocArea> roc;
  CalibrationTable calibration;
  Scores scores;                      ///< of the rows that were fitted
  std::vector<std::string> warnings;  ///< sentences: few events, separation, few clusters
};

/// Sentences on separation, few events, policies and clusters.
void add_fit_warnings(FitReport& report);

/// Computes all of it. `fit` was made from `design` with `options`; `slopes` are those of its shapes. Cost: that of a
/// few steps of the fit, and of a fit of the baselines alone.
[[nodiscard]] FitReport report_of(Design const& design, EventHistoryFit const& fit, EventHistoryOptions const& options,
                                  FitSubject subject, Eigen::MatrixXd const& slopes = {});

}  // namespace hansa
