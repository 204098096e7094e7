/// Differences along trajectories, and their spread.
#include "design/morris_effects.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

namespace hansa {

namespace {

/// The inputs that differ between two points.
std::vector<std::size_t> changed_inputs(Sampled const& sampled, std::size_t from, std::size_t to) {
  std::vector<std::size_t> changed;
  for (std::size_t d = 0; d < sampled.columns.size(); ++d)
    if (sampled.columns[d][from] != sampled.columns[d][to]) changed.push_back(d);
  return changed;
}

/// Up to the first row that does not fit; its number, or that of all points.
std::size_t gather_steps(Sampled const& sampled, bool radial, MorrisSteps& into) {
  std::size_t const inputs = sampled.columns.size(), block = inputs + 1;
  into = {sampled.points / block, radial, {}};
  for (std::size_t t = 0; t < into.blocks; ++t) {
    std::vector<bool> seen(inputs, false);
    for (std::size_t k = 1; k < block; ++k) {
      std::size_t const from = t * block + (radial ? 0 : k - 1), to = t * block + k;
      std::vector<std::size_t> const changed = changed_inputs(sampled, from, to);
      if (changed.empty()) continue;  // a whole number or word that came again: no effect of this block
      if (changed.size() > 1 || seen[changed[0]]) return to;
      seen[changed[0]] = true;
      into.steps.push_back({changed[0], from, to});
    }
  }
  return sampled.points;
}

std::vector<double> ranges_of(Sampled const& sampled) {
  std::vector<double> ranges;
  for (auto const& column : sampled.columns) {
    auto const [low, high] = std::minmax_element(column.begin(), column.end());
    ranges.push_back(*high - *low);
  }
  return ranges;
}

/// Effects of each input, one a block, of each replicate: [input][block * replicates + replicate].
std::vector<std::vector<double>> effects_of(Sampled const& sampled, MorrisSteps const& steps) {
  std::vector<double> const ranges = ranges_of(sampled);
  std::vector<std::vector<double>> effects(sampled.columns.size());
  for (MorrisStep const& each : steps.steps) {
    std::vector<double> const& x = sampled.columns[each.input];
    double const delta = (x[each.to] - x[each.from]) / ranges[each.input];
    for (std::size_t r = 0; r < sampled.replicates; ++r)
      effects[each.input].push_back((sampled.output(each.to, r) - sampled.output(each.from, r)) / delta);
  }
  return effects;
}

/// The variance that noise adds to an effect of means over replicates: independent replicates, averaged over blocks.
double noise_of(std::vector<double> const& effects, std::size_t replicates) {
  double sum = 0;
  std::size_t const blocks = effects.size() / replicates;
  auto const r = static_cast<double>(replicates);
  std::vector<double> common(replicates, 0);  // luck that all effects share moves μ, and not their spread
  double whole = 0;
  for (std::size_t k = 0; k < effects.size(); ++k) {
    common[k % replicates] += effects[k] / static_cast<double>(blocks);
    whole += effects[k] / static_cast<double>(effects.size());
  }
  for (std::size_t t = 0; t < blocks; ++t) {
    double mean = 0;
    for (std::size_t k = 0; k < replicates; ++k) mean += effects[t * replicates + k] / r;
    for (std::size_t k = 0; k < replicates; ++k) {
      double const rest = effects[t * replicates + k] - mean - common[k] + whole;
      sum += rest * rest;
    }
  }
  return sum / (static_cast<double>(blocks - 1) * (r - 1) * r);
}

/// The absolute effect of each block, of the mean over all replicates but one; `without` may be none of them.
std::vector<double> absolute_effects(std::vector<double> const& effects, std::size_t replicates, std::size_t without) {
  std::vector<double> absolute;
  double const count = static_cast<double>(replicates) - (without < replicates ? 1 : 0);
  for (std::size_t t = 0; t < effects.size() / replicates; ++t) {
    double sum = 0;
    for (std::size_t r = 0; r < replicates; ++r)
      if (r != without) sum += effects[t * replicates + r];
    absolute.push_back(std::fabs(sum / count));
  }
  return absolute;
}

double mean_of(std::vector<double> const& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// The variance of their mean.
double variance_of_mean(std::vector<double> const& values) {
  double const mean = mean_of(values), n = static_cast<double>(values.size());
  double square = 0;
  for (double const each : values) square += (each - mean) * (each - mean);
  return square / (n * (n - 1));
}

double mu_star_error(std::vector<double> const& effects, std::size_t replicates) {
  std::vector<double> const all = absolute_effects(effects, replicates, replicates);
  double const blocks = variance_of_mean(all);
  if (replicates < 2) return std::sqrt(blocks);
  std::vector<double> left;
  double both = 0, luck = 0;
  double const factor = static_cast<double>(replicates - 1) / static_cast<double>(replicates);
  for (std::size_t r = 0; r < replicates; ++r) {
    std::vector<double> change = absolute_effects(effects, replicates, r);
    left.push_back(mean_of(change));
    for (std::size_t t = 0; t < change.size(); ++t) change[t] -= all[t];
    both += factor * variance_of_mean(change);
  }
  double const mean = mean_of(left);
  for (double const each : left) luck += factor * (each - mean) * (each - mean);
  return std::sqrt(std::max({blocks + luck - both, blocks, luck}));
}

/// Two effects at least, for a spread.
void check_counts(Sampled const& sampled, MorrisSteps const& steps, Complaints& complaints) {
  for (std::size_t d = 0; d < sampled.columns.size(); ++d) {
    auto const count =
        std::count_if(steps.steps.begin(), steps.steps.end(), [&](MorrisStep const& each) { return each.input == d; });
    if (count < 2)
      complaints.add(fmt::format("input '{}' changes in {} steps", sampled.inputs[d], count),
                     {sampled.places.front().file}, "two were expected at least");
  }
}

}  // namespace

MorrisSteps morris_steps(Sampled const& sampled, Complaints& complaints) {
  std::size_t const block = sampled.columns.size() + 1;
  MorrisSteps steps;
  if (sampled.points % block != 0 || sampled.points < 2 * block) {
    complaints.add(fmt::format("the table has {} points of {} inputs", sampled.points, block - 1),
                   sampled.places.empty() ? Place{} : sampled.places.back(),
                   fmt::format("a multiple of {} was expected, at least two trajectories", block));
    return steps;
  }
  std::size_t const stray = gather_steps(sampled, false, steps);
  std::size_t const radial_stray = stray == sampled.points ? 0 : gather_steps(sampled, true, steps);
  if (std::max(stray, radial_stray) == sampled.points) {
    check_counts(sampled, steps, complaints);
    return steps;
  }
  complaints.add("the points are not those of a Morris design", sampled.places[std::max(stray, radial_stray)],
                 "a point that differs in one input from the one before, or from the first of its block, was expected, "
                 "and in another input each time");
  return {};
}

MorrisEffects morris_effects(Sampled const& sampled, MorrisSteps const& steps) {
  std::size_t const replicates = sampled.replicates;
  MorrisEffects made;
  for (std::vector<double> const& effects : effects_of(sampled, steps)) {
    std::size_t const blocks = effects.size() / replicates;
    auto const n = static_cast<double>(blocks);
    std::vector<double> means(blocks, 0);
    for (std::size_t k = 0; k < effects.size(); ++k)
      means[k / replicates] += effects[k] / static_cast<double>(replicates);
    double mu = 0, mu_star = 0, square = 0;
    for (double const each : means) {
      mu += each / n;
      mu_star += std::fabs(each) / n;
    }
    for (double const each : means) square += (each - mu) * (each - mu);
    double const sigma = std::sqrt(square / (n - 1));
    made.mu.push_back(mu);
    made.mu_star.push_back(mu_star);
    made.sigma.push_back(sigma);
    double const noise = replicates > 1 ? noise_of(effects, replicates) : not_known;
    made.sigma_without_noise.push_back(replicates > 1 ? std::sqrt(std::max(square / (n - 1) - noise, 0.0)) : not_known);
    made.mu_star_error.push_back(mu_star_error(effects, replicates));
  }
  return made;
}

}  // namespace hansa
