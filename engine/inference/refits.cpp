/// Fits of many histories, side by side.
#include "inference/refits.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/parallel.hpp"
#include "inference/hypothesis_tests.hpp"

namespace hansa {

namespace {

Refit refit(FitQuestion const& question, std::vector<PolicyId> const& policies,
            std::vector<ObservedHistory> const& histories, Truth const& truth) {
  ObservedDesign const observed = design_of(question, policies, histories);
  EventHistoryFit const fit = fit_event_history(observed.design, options_of(question, policies));
  Refit result;
  result.failure = fit.failure;
  if (!fit.estimated()) return result;
  Eigen::MatrixXd const& covariance = reports_clusters(fit) ? fit.clustered : fit.covariance;
  result.names = fit.names;
  for (std::size_t k = 0; k < fit.names.size(); ++k) {
    auto const at = static_cast<Eigen::Index>(k);
    result.estimates.push_back(fit.coefficients[at]);
    result.errors.push_back(std::sqrt(covariance(at, at)));
    auto const known = truth.find(observed.coefficients[k].paths.front());
    result.truth.push_back(known == truth.end() ? std::numeric_limits<double>::quiet_NaN() : known->second);
  }
  return result;
}

void finish(Recovery& term, std::vector<double> const& estimates) {
  auto const n = static_cast<double>(estimates.size());
  for (double const each : estimates) term.mean += each;
  term.mean /= n;
  term.mean_error /= n;
  term.coverage = std::isnan(term.truth) ? term.truth : term.coverage / n;
  for (double const each : estimates) term.deviation += (each - term.mean) * (each - term.mean);
  term.deviation = n > 1 ? std::sqrt(term.deviation / (n - 1)) : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

Truth truth_of(Scenario const& scenario, World const& world, Model const& model) {
  Truth truth;
  for (Index p = 0; p < scenario.policies.size(); ++p) {
    Covariates const covariates(scenario, world, model, PolicyId{p});
    for (CovariateName const& each : covariates.names()) {
      truth.emplace(each.path, each.value);
    }
  }
  return truth;
}

std::vector<Refit> fit_histories(FitQuestion const& question, std::vector<PolicyId> const& policies,
                                 std::vector<std::vector<ObservedHistory>> const& histories, Truth const& truth,
                                 int threads) {
  std::vector<Refit> refits(histories.size());
  parallel_for(histories.size(), threads,
               [&](std::size_t r) { refits[r] = refit(question, policies, histories[r], truth); });
  return refits;
}

Recoveries recoveries_of(std::vector<Refit> const& refits) {
  constexpr double normal_975 = 1.959963984540054;
  Recoveries result;
  std::map<std::string, std::size_t> position;
  std::vector<std::vector<double>> estimates;
  for (Refit const& each : refits) {
    if (!each.failure.empty()) {
      ++result.failures[each.failure];
      continue;
    }
    ++result.fitted;
    for (std::size_t k = 0; k < each.names.size(); ++k) {
      auto const [found, fresh] = position.emplace(each.names[k], result.terms.size());
      if (fresh) result.terms.push_back({.name = each.names[k], .truth = each.truth[k]});
      if (fresh) estimates.emplace_back();
      Recovery& term = result.terms[found->second];
      estimates[found->second].push_back(each.estimates[k]);
      ++term.fits;
      term.mean_error += each.errors[k];
      term.coverage += std::abs(each.estimates[k] - each.truth[k]) <= normal_975 * each.errors[k] ? 1 : 0;
    }
  }
  for (std::size_t k = 0; k < result.terms.size(); ++k) finish(result.terms[k], estimates[k]);
  return result;
}

}  // namespace hansa
