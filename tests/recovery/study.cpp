/// Simulation by the engine, estimation by the library.
#include "study.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "base/parallel.hpp"
#include "inference/refits.hpp"
#include "signed_root.hpp"

namespace hansa::test {

namespace {

constexpr double normal_975 = 1.959963984540054;

Sight see_one(Study const& study, FitWay const& way, std::vector<ObservedHistory> const& history) {
  ObservedDesign const observed = design_of(study.fit, study.policies, history);
  EventHistoryOptions options = options_of(study.fit, study.policies);
  options.city_intercept = way.city_intercept;
  options.penalty = way.penalty;
  EventHistoryFit const fit = fit_event_history(observed.design, options);
  Sight sight;
  sight.failure = fit.failure;
  if (!fit.estimated()) return sight;
  for (Eigen::Index k = 0; k < fit.coefficients.size(); ++k) {
    sight.estimate.push_back(fit.coefficients[k]);
    sight.error.push_back(std::sqrt(fit.covariance(k, k)));
    sight.cluster_error.push_back(std::sqrt(fit.clustered(k, k)));
  }
  sight.city_sd = fit.city_sd.value_or(0);
  sight.root = signed_roots(observed.design, options, fit, study.truth, way.profiled);
  return sight;
}

/// Events of fitted decisions.
std::size_t events_of(std::vector<ObservedHistory> const& history) {
  std::size_t events = 0;
  for (ObservedHistory const& each : history) {
    for (DatedEvent const& event : each.events) events += event.step > 0 ? 1 : 0;
  }
  return events;
}

Found found_of(std::vector<Sight> const& sights, std::size_t k, double truth) {
  Found term;
  double count = 0, mean = 0, squares = 0;
  for (Sight const& each : sights) {
    if (!each.failure.empty()) continue;
    double const off = each.estimate[k] - truth;
    ++count;
    mean += off;
    squares += off * off;
    term.wald += std::abs(off) <= normal_975 * each.error[k] ? 1 : 0;
    term.clustered += std::abs(off) <= normal_975 * each.cluster_error[k] ? 1 : 0;
  }
  mean /= count;
  term.bias = mean / std::sqrt((squares - count * mean * mean) / (count - 1));
  term.wald /= count;
  term.clustered /= count;
  return term;
}

}  // namespace

Study simulate(Question asked) {
  Study study;
  study.question = std::move(asked);
  Question const& question = study.question;
  Complaints complaints;
  study.fit = pose_fit(*question.scenario, *question.world, standard_catalogue(), complaints, Scored::simulated);
  complaints.throw_if_any();
  study.policies = fits_of(study.fit).front();
  (void)run(question, [&](History const& history) {
    std::vector<ObservedHistory>& all = study.histories.emplace_back();
    for (PolicyHistory const& each : history.policies) all.push_back(simulated_history(each, study.fit.model.clock));
  });
  Truth const truth = truth_of(*question.scenario, *question.world, question.model);
  ObservedDesign const first = design_of(study.fit, study.policies, study.histories.front());
  study.names = first.design.names;
  for (Coefficient const& each : first.coefficients) study.truth.push_back(truth.at(each.paths.front()));
  for (auto const& history : study.histories) study.events += static_cast<double>(events_of(history));
  study.events /= static_cast<double>(study.histories.size());
  return study;
}

std::size_t column_of(Study const& study, std::string_view name) {
  auto const found = std::find(study.names.begin(), study.names.end(), name);
  if (found == study.names.end()) throw std::logic_error("there is no coefficient " + std::string(name));
  return static_cast<std::size_t>(found - study.names.begin());
}

std::vector<Sight> see(Study const& study, FitWay const& way) {
  std::vector<Sight> sights(study.histories.size());
  parallel_for(sights.size(), 0, [&](std::size_t r) { sights[r] = see_one(study, way, study.histories[r]); });
  return sights;
}

Findings findings_of(Study const& study, std::vector<Sight> const& sights) {
  Findings found;
  for (Sight const& each : sights) {
    if (!each.failure.empty()) {
      ++found.failed;
      continue;
    }
    ++found.fits;
    found.alike += each.city_sd > 0 ? 0 : 1;
    found.city_sd += each.city_sd;
    found.profile.resize(each.root.size());
    for (std::size_t k = 0; k < each.root.size(); ++k) found.profile[k] += std::abs(each.root[k]) <= normal_975 ? 1 : 0;
  }
  for (std::size_t k = 0; k < study.names.size(); ++k) found.terms.push_back(found_of(sights, k, study.truth[k]));
  for (double& share : found.profile) share /= static_cast<double>(found.fits);
  found.city_sd /= static_cast<double>(found.fits);
  return found;
}

Warned warned_of(Study const& study, std::size_t history) {
  ObservedDesign const observed = design_of(study.fit, study.policies, study.histories[history]);
  EventHistoryOptions options = options_of(study.fit, study.policies);
  options.city_intercept = false;
  EventHistoryFit const fit = fit_event_history(observed.design, options);
  return {fit.events, report_of(observed.design, fit, options, FitSubject{}).warnings};
}

}  // namespace hansa::test
