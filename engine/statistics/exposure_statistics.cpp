/// One pass over the steps, and one over the ties in each.
#include "statistics/exposure_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hansa {

namespace {

constexpr double no_exposure = std::numeric_limits<double>::quiet_NaN();

double exposure_of(Index city, std::int32_t step, TieRows const& rows, std::vector<std::uint8_t> const& has,
                   ExposureWeights const& how, std::vector<double> const& attribute) {
  double have = 0, all = 0;
  for (std::size_t k = rows.first[city]; k < rows.first[city + 1]; ++k) {
    if (!rows.holds(k, step)) continue;
    double weight = 1;
    if (how.weights && how.normalize == TieNorm::share) weight = rows.weight[k];
    if (how.weights && how.normalize == TieNorm::weight) weight = rows.unit * rows.weight[k];
    if (!attribute.empty() && how.normalize != TieNorm::count) weight *= attribute[rows.city[k]];
    all += weight;
    if (has[rows.city[k]] != 0) have += weight;
  }
  if (how.normalize != TieNorm::share) return have;
  return all > 0 ? have / all : 0;
}

}  // namespace

StatisticAttribute statistic_attribute(Cities const& cities, std::string_view name, Clock const& clock) {
  StatisticAttribute made{*cities.number(name), {}};
  if (auto const later = cities.later_numbers.find(name); later != cities.later_numbers.end())
    for (Later<double> const& each : later->second)
      made.changes.push_back({each.from - clock.start + 1, each.city, each.value});
  return made;
}

std::vector<double> values_at(StatisticAttribute const& attribute, std::int32_t step) {
  std::vector<double> values = attribute.first;
  for (StatisticAttribute::Change const& each : attribute.changes)
    if (each.step <= step) values[each.city] = each.value;
  return values;
}

std::vector<double> exposures(Adoptions const& adoptions, TieRows const& rows, ExposureWeights const& how) {
  Index const n = adoptions.cities();
  auto const steps = static_cast<std::size_t>(adoptions.steps);
  std::vector<double> found(n * steps, no_exposure);
  CurrentAdopters adopters(adoptions);
  for (std::int32_t t = 1; t <= adoptions.steps; ++t) {
    std::vector<double> attribute;
    if (how.source_weight != nullptr) attribute = values_at(*how.source_weight, t);
    std::vector<std::uint8_t> const& has = adopters.at(std::int64_t{t} - how.lag);
    for (Index i = 0; i < n; ++i)
      if (adoptions.known[i] != 0)
        found[i * steps + static_cast<std::size_t>(t - 1)] = exposure_of(i, t, rows, has, how, attribute);
  }
  return found;
}

Thresholds thresholds(Adoptions const& adoptions, std::span<double const> shares) {
  Index const n = adoptions.cities();
  auto const steps = static_cast<std::size_t>(adoptions.steps);
  Thresholds found{std::vector<double>(n, no_exposure), std::vector<double>(n, no_exposure)};
  for (Index i = 0; i < n; ++i) {
    if (adoptions.known[i] == 0) continue;
    bool const adopts = adoptions.label[i] != never;
    std::int64_t const step = adopts ? adoptions.step(i) : adoptions.steps + 1;
    if (adopts && step >= 1) found.adopted_at[i] = shares[i * steps + static_cast<std::size_t>(step - 1)];
    if (!adopts && adoptions.covered[i] == 0) continue;
    for (std::int64_t t = adoptions.entry[i]; t < step && t <= adoptions.exit[i]; ++t) {
      double const share = shares[i * steps + static_cast<std::size_t>(t - 1)];
      if (std::isnan(found.refused[i]) || share > found.refused[i]) found.refused[i] = share;
    }
  }
  return found;
}

}  // namespace hansa
