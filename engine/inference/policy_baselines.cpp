/// The common baseline and what policies add to it, as baselines.
#include "inference/policy_baselines.hpp"

#include <algorithm>

namespace hansa {

namespace {

std::size_t common_column(std::vector<std::string> const& names) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), "baseline") - names.begin());
}

std::vector<std::string> names_with(std::vector<std::string> const& names, NamedPolicies const& policies) {
  std::vector<std::string> made = names;
  auto const at = made.erase(made.begin() + static_cast<std::ptrdiff_t>(common_column(names)));
  std::vector<std::string> own;
  for (std::string const& each : policies.name) own.push_back("baseline_" + each);
  made.insert(at, own.begin(), own.end());
  return made;
}

}  // namespace

PolicyBaselines policy_baselines(EventHistoryFit const& fit, NamedPolicies const& policies) {
  auto const columns = static_cast<Eigen::Index>(fit.names.size());
  auto const own = static_cast<Eigen::Index>(policies.policy.size());
  auto const common = static_cast<Eigen::Index>(common_column(fit.names));
  Eigen::Index const joint = fit.joint_covariance.rows(), size = columns - 1 + own + 2;
  Eigen::MatrixXd map = Eigen::MatrixXd::Zero(size, joint);
  Eigen::VectorXd more = Eigen::VectorXd::Zero(size);
  PolicyBaselines made;
  made.names = names_with(fit.names, policies);
  made.names.insert(made.names.end(), {"baseline", "policy_sd"});
  made.values = Eigen::VectorXd::Zero(size);
  for (Eigen::Index k = 0; k < columns; ++k) {
    Eigen::Index const to = k == common ? size - 2 : k < common ? k : k - 1 + own;
    map(to, k) = 1;
    made.values[to] = fit.coefficients[k];
  }
  double const sd = *fit.policy_sd;
  map(size - 1, columns) = sd;
  made.values[size - 1] = sd;
  for (Eigen::Index p = 0; p < own; ++p) {
    Index const policy = policies.policy[static_cast<std::size_t>(p)];
    auto const found = std::find_if(fit.policy_effects.begin(), fit.policy_effects.end(),
                                    [&](PolicyEffect const& each) { return each.policy == policy; });
    bool const told = found != fit.policy_effects.end();
    map(common + p, common) = 1;
    if (told) map(common + p, columns + 1 + (found - fit.policy_effects.begin())) = 1;
    more[common + p] = told ? 0 : sd * sd;
    made.values[common + p] = fit.coefficients[common] + (told ? found->effect : 0);
  }
  made.covariance = map * fit.joint_covariance * map.transpose();
  made.covariance = 0.5 * (made.covariance + made.covariance.transpose()).eval();
  made.covariance.diagonal() += more;
  return made;
}

EventHistoryFit with_policy_baselines(EventHistoryFit const& fit, NamedPolicies const& policies) {
  if (!fit.estimated() || !fit.policy_sd) return fit;
  PolicyBaselines const found = policy_baselines(fit, policies);
  EventHistoryFit made = fit;
  Eigen::Index const size = found.values.size() - 2;
  made.names.assign(found.names.begin(), found.names.end() - 2);
  made.coefficients = found.values.head(size);
  made.covariance = found.covariance.topLeftCorner(size, size);
  made.clustered.resize(0, 0);
  made.joint_covariance.resize(0, 0);
  made.policy_sd.reset();
  made.policy_effects.clear();
  Limits const limits = wald_limits(made.coefficients, made.covariance, 0.95);
  made.lower = limits.lower;
  made.upper = limits.upper;
  return made;
}

Design with_policy_baselines(Design const& design, NamedPolicies const& policies) {
  Design made = design;
  auto const own = static_cast<Eigen::Index>(policies.policy.size());
  auto const common = static_cast<Eigen::Index>(common_column(design.names));
  made.names = names_with(design.names, policies);
  made.log_linear += design.log_linear > 0 ? policies.policy.size() - 1 : 0;
  made.x.resize(design.x.rows(), design.x.cols() - 1 + own);
  made.x.leftCols(common) = design.x.leftCols(common);
  made.x.rightCols(design.x.cols() - common - 1) = design.x.rightCols(design.x.cols() - common - 1);
  for (Eigen::Index p = 0; p < own; ++p) {
    for (Eigen::Index r = 0; r < design.x.rows(); ++r) {
      bool const is_own = design.policy[static_cast<std::size_t>(r)] == policies.policy[static_cast<std::size_t>(p)];
      made.x(r, common + p) = is_own ? design.x(r, common) : 0;
    }
  }
  return made;
}

}  // namespace hansa
