/// Standard deviation, test and predicted effects of an intercept.
#include "inference/intercept_report.hpp"

#include <algorithm>

#include "base/flat_math.hpp"

namespace hansa {

namespace {

std::optional<ChiSquareTest> test_of(EventHistoryFit const& fit) {
  if (!fit.log_likelihood_alike || fit.penalty != Penalty::none) return std::nullopt;
  EventHistoryFit alike = fit;
  alike.city_sd = alike.policy_sd = std::nullopt;
  alike.parameters = fit.parameters - 1;
  alike.log_likelihood = *fit.log_likelihood_alike;
  return likelihood_ratio_test(fit, alike);
}

std::vector<NamedEffect> effects_of(EventHistoryFit const& fit, double quantile, NamedPolicies const& policies) {
  std::vector<NamedEffect> effects;
  for (std::size_t k = 0; k < policies.policy.size(); ++k) {
    auto const found = std::find_if(fit.policy_effects.begin(), fit.policy_effects.end(),
                                    [&](PolicyEffect const& each) { return each.policy == policies.policy[k]; });
    bool const told = found != fit.policy_effects.end();
    NamedEffect each{policies.name[k], told ? found->effect : 0, told ? found->error : *fit.policy_sd, 0, 0};
    each.lower = each.effect - quantile * each.error;
    each.upper = each.effect + quantile * each.error;
    effects.push_back(std::move(each));
  }
  return effects;
}

}  // namespace

std::optional<InterceptReport> intercept_report(EventHistoryFit const& fit, double level,
                                                NamedPolicies const& policies) {
  if (!fit.estimated() || !fit.intercept_sd()) return std::nullopt;
  InterceptReport report;
  report.of = fit.policy_sd ? InterceptReport::Of::policies : InterceptReport::Of::cities;
  report.sd = *fit.intercept_sd();
  report.test = test_of(fit);
  double const quantile = flat::inverse_normal(0.5 + level / 2);
  Eigen::MatrixXd const& all = reports_clusters(fit) ? fit.clustered : fit.covariance;
  auto const last = static_cast<Eigen::Index>(fit.names.size());
  if (report.sd > 0 && all.rows() > last && all(last, last) > 0) {
    double const error = __builtin_sqrt(all(last, last));
    report.error = report.sd * error;
    report.interval =
        fit.sd_profile ? *fit.sd_profile
                       : std::pair{report.sd * flat::exp(-quantile * error), report.sd * flat::exp(quantile * error)};
  }
  if (fit.policy_sd) report.effects = effects_of(fit, quantile, policies);
  return report;
}

}  // namespace hansa
