/// What a fit leaves for later runs: estimates by the scenario's own paths, and how sure they are.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace hansa {

/// How an estimate is drawn.
struct DrawScale {
  bool logarithmic = false;                                 ///< its logarithm is normal
  double least = -std::numeric_limits<double>::infinity();  ///< draws beyond these are made again
  double most = std::numeric_limits<double>::infinity();
};

/// One fit of one or several policies. `paths` names what each estimate replaces, in the words of --set:
/// policies.P.baseline, policies.P.mechanisms.M.strength, policies.P.trend.polynomial[2], … A pooled fit has several
/// paths for one estimate.
struct Estimates {
  std::string name;                             ///< the policy, or `pooled`
  std::vector<std::string> terms;               ///< K names of terms
  std::vector<std::vector<std::string>> paths;  ///< K lists
  std::vector<double> values;                   ///< K
  std::vector<double> covariance;               ///< K × K, of the errors that the fit reports
  std::string link;                             ///< logit, cloglog, probit or additive: the rule that they belong to
  std::vector<DrawScale> scales = {};           ///< K; empty: all are normal on their own scale
};

}  // namespace hansa
