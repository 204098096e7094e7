/// Counts step by step.
#include "statistics/diffusion_curve.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hansa {

namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

bool is_open(Adoptions const& adoptions, Index city, std::int32_t step) {
  return adoptions.covered[city] != 0 && adoptions.entry[city] <= step && step <= adoptions.exit[city];
}

double over(double part, double whole) {
  return whole > 0 ? part / whole : undefined;
}

}  // namespace

DiffusionCurve diffusion_curve(Adoptions const& adoptions, CurveStatistic::Convention convention) {
  auto const steps = static_cast<std::size_t>(adoptions.steps);
  bool const as_peer = convention == CurveStatistic::Convention::netdiffuser;
  Index const n = adoptions.cities();
  auto const cities = static_cast<double>(std::count(adoptions.covered.begin(), adoptions.covered.end(), 1));
  DiffusionCurve curve{std::vector<double>(steps), std::vector<double>(steps), std::vector<double>(steps),
                       std::vector<double>(steps)};
  CurrentAdopters adopters(adoptions);
  std::vector<std::uint8_t> before = adopters.at(0);
  for (std::int32_t t = 1; t <= adoptions.steps; ++t) {
    std::vector<std::uint8_t> const& now = adopters.at(t);
    double had = 0, have = 0, added = 0, at_risk = 0, of_these = 0;
    for (Index i = 0; i < n; ++i) {
      if (adoptions.covered[i] == 0) continue;
      had += before[i];
      have += now[i];
      bool const adopts = before[i] == 0 && now[i] != 0;
      added += adopts ? 1 : 0;
      if (before[i] != 0 || !(as_peer || is_open(adoptions, i, t))) continue;
      at_risk += 1;
      of_these += adopts ? 1 : 0;
    }
    auto const at = static_cast<std::size_t>(t - 1);
    curve.adopters[at] = have;
    curve.share[at] = over(have, cities);
    curve.rate[at] = as_peer && t == 1 ? 0 : over(added, had);
    curve.hazard[at] = as_peer && t == 1 ? 0 : over(of_these, at_risk);
    before = now;
  }
  return curve;
}

SurvivalEstimates survival_estimates(Adoptions const& adoptions) {
  SurvivalEstimates found;
  double survival = 1, greenwood = 0, hazard = 0;
  for (std::int32_t t = 1; t <= adoptions.steps; ++t) {
    double at_risk = 0, events = 0;
    for (Index i = 0; i < adoptions.cities(); ++i) {
      if (!is_open(adoptions, i, t)) continue;
      bool const adopts = adoptions.label[i] != never;
      if (adopts && adoptions.step(i) < t) continue;
      at_risk += 1;
      events += adopts && adoptions.step(i) == t ? 1 : 0;
    }
    if (at_risk > 0) {
      survival *= 1 - events / at_risk;
      hazard += events / at_risk;
      if (events > 0) greenwood += events / (at_risk * (at_risk - events));  // infinite where all adopt
    }
    found.survival.push_back(survival);
    found.error.push_back(survival > 0 ? survival * std::sqrt(greenwood) : undefined);
    found.cumulative_hazard.push_back(hazard);
    found.at_risk.push_back(at_risk);
    found.events.push_back(events);
  }
  return found;
}

std::vector<double> adoptions_by_period(Adoptions const& adoptions) {
  std::int64_t first = std::int64_t{adoptions.steps} + 1;
  for (Index i = 0; i < adoptions.cities(); ++i)
    if (adoptions.covered[i] != 0 && adoptions.label[i] != never) first = std::min(first, adoptions.step(i));
  std::vector<double> counts(static_cast<std::size_t>(std::int64_t{adoptions.steps} + 1 - first), 0);
  for (Index i = 0; i < adoptions.cities(); ++i)
    if (adoptions.covered[i] != 0 && adoptions.label[i] != never)
      counts[static_cast<std::size_t>(adoptions.step(i) - first)] += 1;
  return counts;
}

}  // namespace hansa
