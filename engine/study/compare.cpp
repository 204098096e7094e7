/// Pairs scenarios, and runs them until their differences are precise enough.
#include "study/compare.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <limits>
#include <set>

#include "model/interventions.hpp"
#include "study/paired_tally.hpp"

namespace hansa {

namespace {

/// The model of a replicate from that of its draw.
std::function<Model(std::int64_t)> of_replicates(std::function<Model(std::int64_t)> const& of_draws,
                                                 std::int64_t per_draw) {
  if (!of_draws) return {};
  return [&of_draws, per_draw](std::int64_t replicate) { return of_draws(replicate / per_draw); };
}

std::set<Index> seeded_cities(PolicyModel const& policy) {
  std::set<Index> cities;
  for (SeedModel const& each : policy.seeds) cities.insert(each.cities.begin(), each.cities.end());
  return cities;
}

/// What is to become precise. Without a mean: there is no such measure.
Interval measured(PolicyDifference const& difference, Precise measure) {
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  Interval const none{unknown, unknown, unknown};
  switch (measure) {
    case Precise::final_share:
    case Precise::final_adopters:
      return difference.adopters.back();
    case Precise::population_covered:
      return difference.population_covered.empty() ? none : difference.population_covered.back();
    case Precise::time_to_quarter:
      return difference.times.at(0).difference;
    case Precise::time_to_half:
      return difference.times.at(1).difference;
    case Precise::time_to_three_quarters:
      return difference.times.at(2).difference;
    case Precise::followers:
      return difference.followers.funded.empty() ? none : difference.followers.followers;
  }
  return none;
}

/// NaN where there is no such measure.
double width_of(Interval const& each) {
  if (std::isnan(each.mean)) return each.mean;
  return std::isnan(each.low) ? std::numeric_limits<double>::infinity() : each.high - each.low;
}

/// Whether it goes on with as many replicates again.
bool goes_on(CompareOutcome& outcome, CompareOptions const& options) {
  if (!options.until) return false;
  outcome.lacking = lacking(outcome.comparison, options.until->measure);
  double const width = widest(outcome.comparison, options.until->measure);
  bool const whole = outcome.comparison.replicates > 0;
  outcome.precision = std::isnan(width) && whole      ? Precision::nowhere
                      : width <= options.until->width ? Precision::reached
                                                      : Precision::missed;
  return outcome.precision == Precision::missed && whole && !outcome.stopped && 2 * outcome.asked <= options.most;
}

}  // namespace

double widest(Comparison const& comparison, Precise measure) {
  double const scale = measure == Precise::final_share ? static_cast<double>(comparison.cities) : 1;
  double most = std::numeric_limits<double>::quiet_NaN();
  for (WhatIf const& what_if : comparison.what_ifs) {
    for (PolicyDifference const& each : what_if.policies)
      most = std::fmax(most, width_of(measured(each, measure)) / scale);  // NaN gives way
  }
  return most;
}

std::vector<ComparedPair> lacking(Comparison const& comparison, Precise measure) {
  std::vector<ComparedPair> found;
  for (std::size_t k = 0; k < comparison.what_ifs.size(); ++k) {
    std::vector<PolicyDifference> const& policies = comparison.what_ifs[k].policies;
    for (std::size_t p = 0; p < policies.size(); ++p)
      if (std::isnan(measured(policies[p], measure).mean)) found.push_back({k, p});
  }
  return found;
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
      bool const paid = pays_costs(each, model);
      any = any || paid;
      if (has(other, each)) continue;
      any = true;
      cost += sign * each.cost.value_or(paid ? 0 : std::numeric_limits<double>::quiet_NaN());
    }
  };
  add(with, without, 1);
  add(without, with, -1);
  return any && std::isfinite(cost) ? std::optional(cost) : std::nullopt;
}

CompareOutcome compare(std::span<ComparedScenario const> scenarios, RecordPlan const& plan,
                       CompareOptions const& options) {
  ComparedScenario const& base = scenarios.front();
  std::int64_t const per_draw = std::max<std::int64_t>(1, options.per_draw);
  ComparedArms compared{{}, base.world, base.model, plan, {}, {}, base.model_of ? per_draw : 0};
  std::vector<Arm> arms;
  for (ComparedScenario const& each : scenarios) {
    compared.names.push_back(each.name);
    if (&each != &base) {
      compared.funded.push_back(newly_funded(base.model, each.model));
      compared.costs.push_back(more_cost(base.model, each.model));
    }
    arms.push_back({each.model, each.world, plan, of_replicates(each.model_of, per_draw)});
  }
  PairedTally tally(std::move(compared));
  auto const begun = std::chrono::steady_clock::now();
  CompareOutcome outcome;
  EnsembleOptions ensemble;
  ensemble.threads = options.threads;
  ensemble.lanes = options.lanes;
  outcome.asked = options.replicates;
  outcome.until = options.until;
  for (;;) {
    ensemble.count = outcome.asked - ensemble.first;
    Progress const progress = [&](Done done) {
      if (options.progress) options.progress({ensemble.first + done.finished, outcome.asked});
    };
    EnsembleReport report = run_ensemble(arms, ensemble, tally, progress, options.stop);
    std::move(report.failed.begin(), report.failed.end(), std::back_inserter(outcome.failed));
    outcome.stopped = report.stopped;
    outcome.comparison = tally.comparison();
    if (!goes_on(outcome, options)) break;
    ensemble.first = outcome.asked;
    outcome.asked *= 2;
  }
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  outcome.replicates = tally.replicates();
  outcome.adopters = tally.adopters();
  return outcome;
}

}  // namespace hansa
