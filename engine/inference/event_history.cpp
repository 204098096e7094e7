/// Maximum likelihood of discrete-time event history, from design to report.
#include "inference/event_history.hpp"

#include <cmath>
#include <set>

#include "base/flat_math.hpp"
#include "inference/coordinates.hpp"
#include "inference/estimation.hpp"
#include "inference/fit_checks.hpp"
#include "inference/null_model.hpp"

namespace hansa {

namespace {

EventHistoryFit begin_fit(Design const& design, EventHistoryOptions const& options) {
  EventHistoryFit fit;
  fit.link = options.link;
  fit.information = design.joint.empty() ? options.information : Information::observed;
  fit.penalty = options.penalty;
  fit.names = design.names;
  fit.rows = design.rows();
  for (std::uint8_t const event : design.event) fit.events += event != 0 ? 1 : 0;
  fit.parameters = design.columns() + (options.city_intercept || options.policy_intercept ? 1 : 0);
  fit.failure = unfit(design, options);
  return fit;
}

/// One baseline with a normal intercept per policy, and nothing else; where that has no maximum, the highest found.
double null_with_intercept(Design const& design, EventHistoryOptions const& options) {
  Design bare = design;
  bare.names = {"baseline"};
  bare.x = Eigen::MatrixXd::Ones(design.x.rows(), 1);
  bare.log_linear = 1;
  Coordinates coordinates = orthonormal(bare, options.link);
  Estimation run{
      bare, options, make_sample(bare, options.link, std::move(coordinates.q)), std::move(coordinates.transform), {}};
  run.fit.names = bare.names;
  search_maximum(run);
  if (run.fit.estimated()) search_intercept(run);
  return run.fit.log_likelihood;
}

/// A baseline for each policy, where some steps are decided together.
double null_of_rivals(Design const& design, EventHistoryOptions const& options) {
  Design bare = design;
  std::set<Index> const policies(design.policy.begin(), design.policy.end());
  bare.names.assign(policies.size(), "baseline");
  bare.x = Eigen::MatrixXd::Zero(design.x.rows(), static_cast<Eigen::Index>(policies.size()));
  for (std::size_t r = 0; r < design.rows(); ++r)
    bare.x(static_cast<Eigen::Index>(r), std::distance(policies.begin(), policies.find(design.policy[r]))) = 1;
  bare.log_linear = bare.columns();
  Coordinates coordinates = orthonormal(bare, options.link);
  Estimation run{
      bare, options, make_sample(bare, options.link, std::move(coordinates.q)), std::move(coordinates.transform), {}};
  run.fit.names = bare.names;
  search_maximum(run);
  return run.fit.log_likelihood;
}

}  // namespace

double EventHistoryFit::aic() const noexcept {
  return 2 * static_cast<double>(parameters) - 2 * log_likelihood;
}
double EventHistoryFit::bic() const noexcept {
  return static_cast<double>(parameters) * flat::log(static_cast<double>(rows)) - 2 * log_likelihood;
}

EventHistoryFit fit_event_history(Design const& design, EventHistoryOptions const& options) {
  EventHistoryFit fit = begin_fit(design, options);
  if (!fit.estimated()) return fit;
  fit.null_log_likelihood = options.policy_intercept ? null_with_intercept(design, options)
                            : design.joint.empty()   ? null_log_likelihood(design)
                                                     : null_of_rivals(design, options);
  Coordinates coordinates = orthonormal(design, options.link);
  report_aliases(fit, coordinates.aliased);
  if (!fit.estimated()) return fit;
  Estimation run{design, options, make_sample(design, options.link, std::move(coordinates.q)),
                 std::move(coordinates.transform), std::move(fit)};
  search_maximum(run);
  if (run.fit.estimated() && options.penalty == Penalty::firth) search_firth(run);
  if (run.fit.estimated() && (options.city_intercept || options.policy_intercept)) search_intercept(run);
  if (run.fit.estimated()) fill_estimates(run);
  if (run.fit.estimated()) {
    fill_clustered(run);
    if (options.policy_intercept) fill_policy_effects(run);
    fill_intervals(run);
  }
  if (!run.fit.estimated()) run.fit.city_sd = run.fit.policy_sd = std::nullopt;
  return std::move(run.fit);
}

Eigen::VectorXd linear_predictors(Design const& design, Eigen::VectorXd const& coefficients) {
  Eigen::VectorXd eta = Eigen::VectorXd::Zero(design.x.rows());
  for (Eigen::Index k = 0; k < design.x.cols(); ++k) eta += coefficients[k] * design.x.col(k);
  return eta;
}

Eigen::VectorXd chances(Design const& design, FitLink link, Eigen::VectorXd const& coefficients) {
  std::size_t const a = log_linear_columns(design, link);
  Eigen::VectorXd made(design.x.rows());
  for (Eigen::Index r = 0; r < design.x.rows(); ++r) {
    double eta = 0, added = 0;
    for (Eigen::Index k = 0; k < design.x.cols(); ++k)
      (static_cast<std::size_t>(k) < a ? eta : added) += coefficients[k] * design.x(r, k);
    if (link == FitLink::additive)
      made[r] = chance_of_hazard((a > 0 ? flat::exp(eta) : 0) + added);
    else
      made[r] = chance(link, eta);
  }
  return made;
}

Limits wald_limits(Eigen::VectorXd const& coefficients, Eigen::MatrixXd const& covariance, double level) {
  double const z = flat::inverse_normal(0.5 + 0.5 * level);
  Eigen::VectorXd const reach = z * covariance.diagonal().head(coefficients.size()).cwiseMax(0).cwiseSqrt();
  return {coefficients - reach, coefficients + reach};
}

Score score_at(Design const& design, FitLink link, Information information, Eigen::VectorXd const& coefficients) {
  Evaluation made = evaluate(make_sample(design, link, design.x), coefficients);
  return {made.value, std::move(made.gradient),
          std::move(information == Information::expected ? made.expected : made.observed)};
}

}  // namespace hansa
