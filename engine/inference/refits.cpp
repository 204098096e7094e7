/// Fits of many histories, side by side.
#include "inference/refits.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/parallel.hpp"
#include "inference/fit_shapes.hpp"
#include "inference/hypothesis_tests.hpp"

namespace hansa {

namespace {

constexpr double normal_975 = 1.959963984540054;

/// What all paths were simulated with; NaN where they differ.
double truth_at(std::vector<std::string> const& paths, Truth const& truth) {
  auto const first = truth.find(paths.front());
  bool const same = first != truth.end() && std::all_of(paths.begin(), paths.end(), [&](std::string const& path) {
                      auto const found = truth.find(path);
                      return found != truth.end() && found->second == first->second;
                    });
  return same ? first->second : std::numeric_limits<double>::quiet_NaN();
}

/// A shape has the interval that the fit reports; others the normal one of their error.
void add_shapes(EventHistoryFit const& fit, Eigen::MatrixXd const& covariance, Truth const& truth, Refit& result) {
  for (std::size_t k = 0; k < fit.shapes.size(); ++k) {
    ShapeEstimate const& each = fit.shapes[k];
    auto const at = covariance.rows() - static_cast<Eigen::Index>(fit.shapes.size() - k);
    double const scale = each.known ? std::numeric_limits<double>::quiet_NaN() : each.logarithmic ? each.estimate : 1;
    result.names.push_back(each.name);
    result.estimates.push_back(each.estimate);
    result.errors.push_back(scale * std::sqrt(covariance(at, at)));
    result.truth.push_back(truth_at(each.paths, truth));
    result.lower.push_back(each.lower);
    result.upper.push_back(each.upper);
  }
}

Refit refit(FitQuestion const& question, std::vector<PolicyId> const& policies,
            std::vector<ObservedHistory> const& histories, Truth const& truth) {
  ShapedFit const made = fit_rows(question, policies, histories, 1);
  Refit result = refit_of(made.observed, made.fit, truth);
  if (!made.fit.estimated()) return result;
  add_shapes(made.fit, reports_clusters(made.fit) ? made.fit.clustered : made.fit.covariance, truth, result);
  return result;
}

void finish(Recovery& term, std::vector<double> const& estimates) {
  auto const n = static_cast<double>(estimates.size());
  for (double const each : estimates) term.mean += each;
  term.mean /= n;
  term.mean_error /= static_cast<double>(term.errors);  // NaN where there is none
  term.coverage = std::isnan(term.truth) ? term.truth : term.coverage / n;
  for (double const each : estimates) term.deviation += (each - term.mean) * (each - term.mean);
  term.deviation = n > 1 ? std::sqrt(term.deviation / (n - 1)) : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

Refit refit_of(ObservedDesign const& observed, EventHistoryFit const& fit, Truth const& truth) {
  Refit result;
  result.failure = fit.failure;
  if (!fit.estimated()) return result;
  Eigen::MatrixXd const& covariance = reports_clusters(fit) ? fit.clustered : fit.covariance;
  result.names = fit.names;
  for (std::size_t k = 0; k < fit.names.size(); ++k) {
    auto const at = static_cast<Eigen::Index>(k);
    result.estimates.push_back(fit.coefficients[at]);
    result.errors.push_back(std::sqrt(covariance(at, at)));
    result.truth.push_back(truth_at(observed.coefficients[k].paths, truth));
    result.lower.push_back(result.estimates[k] - normal_975 * result.errors[k]);
    result.upper.push_back(result.estimates[k] + normal_975 * result.errors[k]);
  }
  return result;
}

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

void add_shape_truth(Truth& truth, FitQuestion const& question, Scenario const& simulated) {
  std::vector<Schema const*> const known = schemas(question.catalogue);
  for (std::vector<PolicyId> const& policies : fits_of(question)) {
    for (FittedShape const& shape : shapes_of(question, policies)) {
      for (ShapeParameter const& each : shape.parameters) {
        auto const found = find_shape_parameter(simulated, known, each.path);
        if (auto const* parameter = std::get_if<ShapeParameter>(&found))
          truth.emplace(each.path.name, parameter->value);
      }
    }
  }
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
      bool const has_error = !std::isnan(each.errors[k]);
      term.mean_error += has_error ? each.errors[k] : 0;
      term.errors += has_error ? 1 : 0;
      bool const given = !each.lower.empty();
      double const reach = normal_975 * each.errors[k];
      double const lower = given ? each.lower[k] : each.estimates[k] - reach;
      double const upper = given ? each.upper[k] : each.estimates[k] + reach;
      term.coverage += lower <= each.truth[k] && each.truth[k] <= upper ? 1 : 0;
    }
  }
  for (std::size_t k = 0; k < result.terms.size(); ++k) finish(result.terms[k], estimates[k]);
  return result;
}

}  // namespace hansa
