/// The steps of a fit after the design has been judged: search, separation, covariances, intervals.
#pragma once

#include <Eigen/Core>
#include <memory>

#include "inference/event_history.hpp"
#include "inference/group_intercept.hpp"
#include "inference/newton.hpp"

namespace hansa {

/// What the steps of one fit share.
struct Estimation {
  Design const& design;
  EventHistoryOptions const& options;
  Sample sample;
  Eigen::MatrixXd transform;  ///< from coordinates to coefficients; square, of all parameters
  EventHistoryFit fit;
  Constraints constraints = {};  ///< of the search
  Objective objective = {};      ///< refers to `sample` or `intercept`
  std::unique_ptr<GroupIntercept> intercept = {};
  Maximum maximum = {};
  double tolerance = 1e-14;      ///< of the search: squared distance from the maximum, in standard errors
  Eigen::MatrixXd inverse = {};  ///< of the information, in coordinates; 0 where a coefficient is on its bound
};

/// Each says in `fit.failure` what stands in the way of the next.
void search_maximum(Estimation& run);       ///< of the likelihood; fills separation
void search_firth(Estimation& run);         ///< of the penalised likelihood
void search_intercept(Estimation& run);     ///< with the standard deviation of cities or policies; 0 on the boundary
void fill_estimates(Estimation& run);       ///< coefficients and their covariance
void fill_clustered(Estimation& run);       ///< needs the covariance
void fill_policy_effects(Estimation& run);  ///< needs the covariance
void fill_intervals(Estimation& run);       ///< needs the covariance

}  // namespace hansa
