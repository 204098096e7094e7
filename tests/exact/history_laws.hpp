/// Does the likelihood that is fitted give each history the chance with which the engine simulates it?
#pragma once

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "inference/leaving_rows.hpp"
#include "support/chi_square.hpp"
#include "support/simulated_fit.hpp"

namespace hansa::test {

inline double at_truth(SimulatedFit const& of, ObservedDesign const& observed, FitLink link) {
  if (observed.design.rows() == 0) return 0;
  Eigen::VectorXd coefficients(static_cast<Eigen::Index>(observed.coefficients.size()));
  for (std::size_t c = 0; c < observed.coefficients.size(); ++c)
    coefficients[static_cast<Eigen::Index>(c)] = of.truth.at(observed.coefficients[c].paths.front());
  return score_at(observed.design, link, Information::observed, coefficients).log_likelihood;
}

/// Of one history, adoptions and departures, at what it was simulated with.
inline double log_likelihood(SimulatedFit const& of, std::vector<ObservedHistory> const& histories) {
  double sum = 0;
  for (std::vector<PolicyId> const& policies : fits_of(of.fit))
    sum += at_truth(of, design_of(of.fit, policies, histories), options_of(of.fit, policies).link);
  for (PolicyId const policy : left_policies(of.fit)) {
    bool const odds = leaves_by_odds(*of.fit.scenario->policies[policy.value].abandonment);
    sum += at_truth(
        of, leaving_design(*of.fit.scenario, *of.fit.world, of.fit.model, histories, design_order(of.fit, {policy})),
        odds ? FitLink::logit : FitLink::additive);
  }
  return sum;
}

/// Simulates, and compares how often each history comes with the chance that the likelihood gives it: one test at a
/// level of 1e-4, and chances that add up to no more than 1. Returns the chance of all histories that came.
inline double check_law(Texts const& texts, std::int64_t replicates = 20'000) {
  SimulatedFit const of = simulated_fit(texts);
  std::map<Outcome, std::int64_t> seen;
  std::map<Outcome, double> law;
  for (History const& history : run_many(*of.question, 0, replicates, 1, Lanes::full)) {
    std::vector<ObservedHistory> const histories = histories_of(of, history);
    Outcome outcome;
    for (ObservedHistory const& each : histories) {
      for (DatedEvent const& event : each.events)
        outcome.insert(outcome.end(), {event.label, static_cast<std::int32_t>(event.event.city), event.event.sign});
      outcome.push_back(-1);
    }
    if (seen[outcome]++ == 0) law[outcome] = std::exp(log_likelihood(of, histories));
  }
  double sum = 0;
  for (auto const& [outcome, chance] : law) sum += chance;
  CHECK(sum <= 1 + 1e-9);
  // What comes seldom is one cell with all that did not come.
  Outcome const rest{never};
  double common = 0;
  for (auto each = law.begin(); each != law.end();) {
    bool const seldom = each->second * static_cast<double>(replicates) < 25;
    if (seldom) seen[rest] += seen[each->first];
    if (seldom) seen.erase(each->first);
    common += seldom ? 0 : each->second;
    each = seldom ? law.erase(each) : std::next(each);
  }
  if (common < 1 - 1e-9) law[rest] = 1 - common;
  GoodnessOfFit const found = goodness_of_fit(law, seen);
  CHECK(found.impossible.empty());
  CHECK(found.cells > 4);
  CHECK(found.p_value > 1e-4);
  return sum;
}

}  // namespace hansa::test
