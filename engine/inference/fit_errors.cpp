/// Covariances and intervals at the maximum.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/flat_math.hpp"
#include "inference/covariance.hpp"
#include "inference/estimation.hpp"
#include "inference/fit_checks.hpp"
#include "inference/profile_intervals.hpp"

namespace hansa {

namespace {

/// With an intercept whose deviation is 0, one more row and column of zeros.
Eigen::MatrixXd widened(EventHistoryFit const& fit, Eigen::MatrixXd const& covariance) {
  auto const size = static_cast<Eigen::Index>(fit.names.size()) + (fit.intercept_sd() ? 1 : 0);
  Eigen::MatrixXd made = Eigen::MatrixXd::Zero(size, size);
  made.topLeftCorner(covariance.rows(), covariance.cols()) = covariance;
  return made;
}

/// The information that was asked for, without penalty.
Eigen::MatrixXd information_at(Estimation const& run) {
  if (run.fit.information == Information::expected) return run.maximum.there.expected;
  return run.options.penalty == Penalty::firth ? evaluate(run.sample, run.maximum.at).observed
                                               : run.maximum.there.observed;
}

/// Scores summed up into rows, and the row of the design that tells the cluster of each.
struct Contributions {
  RowMatrix scores;  // in coordinates
  std::vector<std::size_t> row;
};

Contributions contributions_of(Estimation const& run) {
  Contributions made;
  if (run.intercept) {
    made.scores = run.intercept->scores(run.maximum.at);
    std::map<Index, std::size_t> first;
    for (std::size_t r = 0; r < run.design.rows(); ++r) first.try_emplace(run.design.city[r], r);
    for (Index const city : run.intercept->groups()) made.row.push_back(first[city]);
  } else {
    made.scores = unit_scores(run.sample, run.maximum.at);
    for (std::size_t u = 0; u < run.sample.units(); ++u) made.row.push_back(run.sample.begin[u + 1] - 1);
  }
  return made;
}

}  // namespace

void fill_estimates(Estimation& run) {
  EventHistoryFit& fit = run.fit;
  auto const columns = static_cast<Eigen::Index>(fit.names.size());
  std::vector<Eigen::Index> free;
  for (Eigen::Index k = 0; k < run.maximum.at.size(); ++k) {
    if (run.maximum.on_bound[static_cast<std::size_t>(k)] == 0)
      free.push_back(k);
    else
      fit.boundary.push_back(static_cast<std::size_t>(k));
  }
  Eigen::MatrixXd const v = inverse_of(information_at(run)(free, free));
  if (v.size() == 0) {
    fit.failure =
        "the information at the maximum is not positive definite, so that the estimates have no errors; the "
        "terms may be all but collinear";
    return;
  }
  run.inverse = Eigen::MatrixXd::Zero(run.maximum.at.size(), run.maximum.at.size());
  run.inverse(free, free) = v;
  Eigen::MatrixXd const covariance = run.transform * run.inverse * run.transform.transpose();
  Eigen::VectorXd const coefficients = (run.transform * run.maximum.at).head(columns);
  if (!covariance.allFinite() || !coefficients.allFinite()) {
    fit.failure = "the estimates are too large for a number; give the terms in other units";
    return;
  }
  fit.coefficients = coefficients;
  fit.covariance = widened(fit, 0.5 * (covariance + covariance.transpose()));
  if (!fit.boundary.empty())
    fit.notes.push_back(list_columns(fit.names, fit.boundary) +
                        " would be negative if that were allowed: the estimate is 0, on the boundary");
}

void fill_clustered(Estimation& run) {
  EventHistoryFit& fit = run.fit;
  if (run.options.clusters.empty()) return;
  if (run.intercept && run.options.policy_intercept) {
    fit.notes.push_back(
        "with random effects of policies the likelihood is a product over policies, not over cities, countries or "
        "periods: there are no clustered errors");
    return;
  }
  Contributions const parts = contributions_of(run);
  std::vector<std::vector<std::int64_t>> groups;
  for (ErrorCluster const kind : run.options.clusters) {
    if (run.intercept && kind == ErrorCluster::period) {
      fit.notes.push_back(
          "with a city intercept the likelihood is a product over cities, not over periods: there are no "
          "errors clustered by period");
      return;
    }
    groups.emplace_back();
    for (std::size_t const row : parts.row) groups.back().push_back(cluster_code(run.design, row, kind));
  }
  Clustered const made = clustered_covariance(parts.scores, run.transform * run.inverse, groups);
  fit.clusters = made.clusters;
  fit.clusters_second = made.second;
  if (made.covariance.size() == 0) {
    fit.notes.push_back("clustered errors need two clusters at least: there are none");
    return;
  }
  fit.clustered = widened(fit, made.covariance);
  if (made.mended) fit.notes.push_back(mended_words());
}

void fill_policy_effects(Estimation& run) {
  EventHistoryFit& fit = run.fit;
  std::set<Index> const policies(run.design.policy.begin(), run.design.policy.end());
  auto const n = static_cast<Eigen::Index>(fit.names.size()) + 1, count = static_cast<Eigen::Index>(policies.size());
  fit.joint_covariance = Eigen::MatrixXd::Zero(n + count, n + count);
  if (!run.intercept) {
    for (Index const policy : policies) fit.policy_effects.push_back({policy, 0, 0});
    fit.joint_covariance.topLeftCorner(n, n) = fit.covariance;
    return;
  }
  std::vector<GroupMode> const modes = run.intercept->modes(run.maximum.at);
  Eigen::MatrixXd map(n + count, run.inverse.cols());
  map.topRows(n) = run.transform;
  for (Eigen::Index k = 0; k < count; ++k) map.row(n + k) = modes[static_cast<std::size_t>(k)].moves.transpose();
  fit.joint_covariance = map * run.inverse * map.transpose();
  for (Eigen::Index k = 0; k < count; ++k) {
    GroupMode const& mode = modes[static_cast<std::size_t>(k)];
    double const variance = fit.joint_covariance(n + k, n + k) += mode.variance;
    fit.policy_effects.push_back(
        {run.intercept->groups()[static_cast<std::size_t>(k)], mode.shift, std::sqrt(variance)});
  }
}

namespace {

/// Unknown ends stay so.
double deviation_of(double logarithm) {
  return std::isnan(logarithm) ? logarithm : flat::exp(logarithm);
}

/// Limits of the standard deviation of an intercept, whose logarithm is the last coordinate.
void profile_deviation(Estimation& run, ProfileQuestion question) {
  Eigen::Index const last = run.maximum.at.size() - 1;
  question.direction = Eigen::VectorXd::Unit(last + 1, last);
  question.error = std::sqrt(run.inverse(last, last));
  question.side = 1;
  double const upper = deviation_of(profile_end(run.objective, run.maximum, question));
  // where even equal groups do not lose enough, there is no limit below
  double const lost = 2 * (run.fit.log_likelihood - *run.fit.log_likelihood_alike);
  question.side = -1;
  double const lower =
      lost > question.z * question.z ? deviation_of(profile_end(run.objective, run.maximum, question)) : 0;
  run.fit.sd_profile = {lower, upper};
  if (std::isnan(lower) || std::isnan(upper))
    run.fit.notes.push_back(
        "an end of the profile interval of the standard deviation is not known: the searches for it did not settle");
}

}  // namespace

void fill_intervals(Estimation& run) {
  EventHistoryFit& fit = run.fit;
  Limits const wald = wald_limits(fit.coefficients, fit.covariance, run.options.level);
  fit.lower = wald.lower;
  fit.upper = wald.upper;
  ProfileQuestion question;
  question.constraints = run.constraints;
  question.z = flat::inverse_normal(0.5 + 0.5 * run.options.level);
  question.tolerance = run.tolerance;
  std::vector<std::size_t> unknown;
  for (Eigen::Index j = 0; j < fit.coefficients.size(); ++j) {
    bool const bound = run.maximum.on_bound[static_cast<std::size_t>(j)] != 0;
    if (run.options.intervals == Intervals::wald && !bound) {
      // A coefficient of at least 0 has no limit below.
      if (!run.constraints.nonnegative.empty() && run.constraints.nonnegative[static_cast<std::size_t>(j)] != 0)
        fit.lower[j] = std::max(fit.lower[j], 0.0);
      continue;
    }
    question.direction = run.transform.row(j).transpose();
    question.alone =
        run.transform.triangularView<Eigen::Upper>().solve(Eigen::VectorXd::Unit(run.maximum.at.size(), j));
    question.error = std::sqrt(fit.covariance(j, j));
    if (bound) {
      double const information = run.maximum.there.expected(j, j);
      question.error = information > 0 ? question.direction[j] / std::sqrt(information) : question.direction[j];
    }
    question.side = 1;
    fit.upper[j] = profile_end(run.objective, run.maximum, question);
    question.side = -1;
    fit.lower[j] = bound ? 0 : profile_end(run.objective, run.maximum, question);
    if (std::isnan(fit.upper[j]) || std::isnan(fit.lower[j])) unknown.push_back(static_cast<std::size_t>(j));
  }
  if (!unknown.empty())
    fit.notes.push_back("an end of the profile interval of " + list_columns(fit.names, unknown) +
                        " is not known: the searches for it did not settle");
  if (run.intercept && run.options.intervals == Intervals::profile) profile_deviation(run, question);
}

}  // namespace hansa
