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

/// A period or country of a fixed effect that has no estimate, by the path that one would replace.
struct UnestimatedGroup {
  enum class Why {
    reference,  ///< the others are compared with it: its effect is 0
    no_event    ///< it left the rows
  };
  std::string path;  ///< policies.P.attributes.country.F, policies.P.trend.periods.2010
  Why why = Why::reference;
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
  std::vector<UnestimatedGroup> groups = {};    ///< of each policy's fixed effects, and of a trend by periods
  /// P × K, row-major: what is drawn instead of normal numbers, with the chance of each row. Fits that were estimated
  /// together have the same P rows, of which a replicate takes one. Empty: normal numbers are drawn.
  std::vector<double> particles = {};
  std::vector<double> weights = {};  ///< P, above or at 0, of sum 1
};

}  // namespace hansa
