/// Estimates by the scenario's paths.
#include "inference/estimates_of.hpp"

#include "inference/hypothesis_tests.hpp"
#include "scenario/path.hpp"

namespace hansa {

namespace {

std::string_view word_of(FitLink link) {
  switch (link) {
    case FitLink::logit:
      return "logit";
    case FitLink::cloglog:
      return "cloglog";
    case FitLink::probit:
      return "probit";
    case FitLink::additive:
      return "additive";
  }
  return "";
}

/// Row-major; the last row and column, of the logarithm of a standard deviation, are brought to its own scale.
std::vector<double> on_own_scale(Eigen::MatrixXd const& covariance, std::size_t terms, double deviation) {
  auto const n = static_cast<Eigen::Index>(terms);
  std::vector<double> values;
  for (Eigen::Index a = 0; a < n; ++a) {
    for (Eigen::Index b = 0; b < n; ++b) {
      bool const known = a < covariance.rows() && b < covariance.cols();
      double value = known ? covariance(a, b) : 0;
      for (Eigen::Index const each : {a, b}) {
        if (deviation >= 0 && each == n - 1) value *= deviation;
      }
      values.push_back(value);
    }
  }
  return values;
}

}  // namespace

Estimates estimates_of(FittedPolicies const& fitted, std::vector<double>& model_covariance) {
  EventHistoryFit const& fit = fitted.report.fit;
  Estimates estimates;
  estimates.name = fitted.report.subject.name;
  estimates.link = word_of(fit.link);
  model_covariance.clear();
  if (!fit.estimated()) return estimates;
  estimates.terms = fit.names;
  for (Coefficient const& each : fitted.observed.coefficients) estimates.paths.push_back(each.paths);
  estimates.values.assign(fit.coefficients.begin(), fit.coefficients.end());
  double deviation = -1;
  if (fit.city_sd) {
    deviation = *fit.city_sd;
    estimates.terms.push_back("city_sd");
    estimates.values.push_back(*fit.city_sd);
    std::vector<std::string>& paths = estimates.paths.emplace_back();
    for (std::string const& policy : fitted.report.subject.policies) {
      paths.push_back(joined("policies", policy) + ".frailty.city");
    }
  }
  bool const clustered = reports_clusters(fit);
  estimates.covariance = on_own_scale(clustered ? fit.clustered : fit.covariance, estimates.terms.size(), deviation);
  if (clustered) model_covariance = on_own_scale(fit.covariance, estimates.terms.size(), deviation);
  return estimates;
}

}  // namespace hansa
  if (fit.policy_sd) return about_policies(fitted, std::move(estimates));
