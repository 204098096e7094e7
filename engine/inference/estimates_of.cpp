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

/// Row-major; what stands in the covariance in logarithms is brought to its own scale.
std::vector<double> on_own_scale(Eigen::MatrixXd const& covariance, std::vector<double> const& factors) {
  auto const n = static_cast<Eigen::Index>(factors.size());
  std::vector<double> values;
  for (Eigen::Index a = 0; a < n; ++a) {
    for (Eigen::Index b = 0; b < n; ++b) {
      bool const known = a < covariance.rows() && b < covariance.cols();
      double const scale = factors[static_cast<std::size_t>(a)] * factors[static_cast<std::size_t>(b)];
      values.push_back(known ? covariance(a, b) * scale : 0);
    }
  }
  return values;
}

/// Each policy takes the common baseline with its own predicted effect; neither the common one nor the standard
/// deviation replaces anything.
Estimates about_policies(FittedPolicies const& fitted, Estimates estimates) {
  FitSubject const& subject = fitted.report.subject;
  PolicyBaselines const found = policy_baselines(fitted.report.fit, {subject.policy_numbers, subject.policies});
  estimates.terms = found.names;
  estimates.values.assign(found.values.begin(), found.values.end());
  for (Eigen::Index a = 0; a < found.covariance.rows(); ++a)
    for (Eigen::Index b = 0; b < found.covariance.cols(); ++b) estimates.covariance.push_back(found.covariance(a, b));
  for (std::size_t k = 0; k < fitted.report.fit.names.size(); ++k) {
    Coefficient const& each = fitted.observed.coefficients[k];
    if (fitted.report.fit.names[k] != "baseline") {
      estimates.paths.push_back(each.paths);
      continue;
    }
    for (std::string const& policy : subject.policies) {
      estimates.paths.push_back({joined("policies", policy) + ".baseline"});
    }
  }
  estimates.paths.resize(estimates.terms.size());
  return estimates;
}

/// Shapes stand behind all others, and are drawn on the scale on which they were searched.
void add_shapes(EventHistoryFit const& fit, Estimates& estimates, std::vector<double>& factors) {
  estimates.scales.resize(estimates.terms.size());
  for (ShapeEstimate const& each : fit.shapes) {
    estimates.terms.push_back(each.name);
    estimates.values.push_back(each.estimate);
    estimates.paths.push_back(each.paths);
    estimates.scales.push_back({each.logarithmic, each.least, each.most});
    factors.push_back(each.logarithmic ? each.estimate : 1);
  }
}

}  // namespace

Estimates estimates_of(FittedPolicies const& fitted, std::vector<double>& model_covariance) {
  EventHistoryFit const& fit = fitted.report.fit;
  Estimates estimates;
  estimates.name = fitted.report.subject.name;
  estimates.link = word_of(fit.link);
  model_covariance.clear();
  if (!fit.estimated()) return estimates;
  estimates.groups = fitted.observed.counts.unestimated;
  if (fit.policy_sd) return about_policies(fitted, std::move(estimates));
  estimates.terms = fit.names;
  for (Coefficient const& each : fitted.observed.coefficients) estimates.paths.push_back(each.paths);
  estimates.values.assign(fit.coefficients.begin(), fit.coefficients.end());
  std::vector<double> factors(fit.names.size(), 1.0);
  if (fit.city_sd) {
    factors.push_back(*fit.city_sd);
    estimates.terms.push_back("city_sd");
    estimates.values.push_back(*fit.city_sd);
    std::vector<std::string>& paths = estimates.paths.emplace_back();
    for (std::string const& policy : fitted.report.subject.policies) {
      paths.push_back(joined("policies", policy) + ".frailty.city");
    }
  }
  if (!fit.shapes.empty()) add_shapes(fit, estimates, factors);
  bool const clustered = reports_clusters(fit);
  estimates.covariance = on_own_scale(clustered ? fit.clustered : fit.covariance, factors);
  if (clustered) model_covariance = on_own_scale(fit.covariance, factors);
  return estimates;
}

}  // namespace hansa
