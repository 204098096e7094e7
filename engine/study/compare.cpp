/// Pairs scenarios, and runs them until their differences are precise enough.
#include "study/compare.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <limits>
#include <set>

#include "study/paired_tally.hpp"

namespace hansa {

namespace {

std::set<Index> seeded_cities(PolicyModel const& policy) {
  std::set<Index> cities;
  for (SeedModel const& each : policy.seeds) cities.insert(each.cities.begin(), each.cities.end());
  return cities;
}

double width_of(PolicyDifference const& difference, Precise measure, double cities) {
  auto const width = [](Interval const& each) { return each.high - each.low; };
  switch (measure) {
    case Precise::final_share:
      return width(difference.adopters.back()) / cities;
    case Precise::final_adopters:
      return width(difference.adopters.back());
    case Precise::population_covered:
      return difference.population_covered.empty() ? std::numeric_limits<double>::quiet_NaN()
                                                   : width(difference.population_covered.back());
    case Precise::time_to_quarter:
      return width(difference.times.at(0).difference);
    case Precise::time_to_half:
      return width(difference.times.at(1).difference);
    case Precise::time_to_three_quarters:
      return width(difference.times.at(2).difference);
    case Precise::followers:
      return difference.followers.funded.empty() ? std::numeric_limits<double>::quiet_NaN()
                                                 : width(difference.followers.followers);
  }
  return 0;
}

}  // namespace

double widest(Comparison const& comparison, Precise measure) {
  double most = std::numeric_limits<double>::quiet_NaN();
  for (WhatIf const& what_if : comparison.what_ifs) {
    for (PolicyDifference const& each : what_if.policies)
      most = std::fmax(most, width_of(each, measure, static_cast<double>(comparison.cities)));  // NaN gives way
  }
  return most;
}

std::vector<std::vector<Index>> newly_funded(Model const& without, Model const& with) {
  std::vector<std::vector<Index>> funded;
  for (std::size_t p = 0; p < with.policies.size(); ++p) {
    std::set<Index> const before = seeded_cities(without.policies.at(p)), now = seeded_cities(with.policies[p]);
    std::set_difference(now.begin(), now.end(), before.begin(), before.end(),
                        std::back_inserter(funded.emplace_back()));
  }
  return funded;
}

std::optional<double> more_cost(Model const& without, Model const& with) {
  auto const has = [](Model const& model, InterventionModel const& sought) {
    return std::any_of(model.interventions.begin(), model.interventions.end(), [&](InterventionModel const& each) {
      return each.name == sought.name && each.cost == sought.cost;
    });
  };
  bool any = false;
  double cost = 0;
  auto const add = [&](Model const& model, Model const& other, double sign) {
    for (InterventionModel const& each : model.interventions) {
      if (has(other, each)) continue;
      any = true;
      cost += sign * each.cost.value_or(std::numeric_limits<double>::quiet_NaN());
    }
  };
  add(with, without, 1);
  add(without, with, -1);
  return any && std::isfinite(cost) ? std::optional(cost) : std::nullopt;
}

CompareOutcome compare(std::span<ComparedScenario const> scenarios, RecordPlan const& plan,
                       CompareOptions const& options) {
  ComparedScenario const& base = scenarios.front();
  ComparedArms compared{{}, base.world, base.model, plan, {}};
  std::vector<Arm> arms;
  for (ComparedScenario const& each : scenarios) {
    compared.names.push_back(each.name);
    if (&each != &base) compared.funded.push_back(newly_funded(base.model, each.model));
    arms.push_back({each.model, each.world, plan, each.model_of});
  }
  PairedTally tally(std::move(compared));
  auto const begun = std::chrono::steady_clock::now();
  CompareOutcome outcome;
  EnsembleOptions ensemble;
  ensemble.threads = options.threads;
  ensemble.lanes = options.lanes;
  outcome.asked = options.replicates;
  for (;;) {
    ensemble.count = outcome.asked - ensemble.first;
    Progress const progress = [&](Done done) {
      if (options.progress) options.progress({ensemble.first + done.finished, outcome.asked});
    };
    EnsembleReport report = run_ensemble(arms, ensemble, tally, progress, options.stop);
    std::move(report.failed.begin(), report.failed.end(), std::back_inserter(outcome.failed));
    outcome.stopped = report.stopped;
    outcome.comparison = tally.comparison();
    if (!options.until) break;
    outcome.precise = widest(outcome.comparison, options.until->measure) <= options.until->width;
    if (outcome.precise || report.stopped || 2 * outcome.asked > options.most) break;
    ensemble.first = outcome.asked;
    outcome.asked *= 2;
  }
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  for (std::size_t k = 1; k < scenarios.size(); ++k)
    outcome.comparison.what_ifs[k - 1].cost = more_cost(base.model, scenarios[k].model);
  outcome.replicates = tally.replicates();
  outcome.adopters = tally.adopters();
  return outcome;
}

}  // namespace hansa
