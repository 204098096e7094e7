/// The ROC area from midranks.
#include "inference/discrimination.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace hansa {

namespace {

/// Ranks from 1; equal values share the mean of theirs.
std::vector<double> midranks(std::vector<double> const& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin + 1;
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    double const rank = static_cast<double>(begin + end + 1) / 2;
    for (; begin < end; ++begin) ranks[order[begin]] = rank;
  }
  return ranks;
}

/// Variance with n − 1.
double variance(std::vector<double> const& values) {
  auto const n = static_cast<double>(values.size());
  double const mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double sum = 0;
  for (double const each : values) sum += (each - mean) * (each - mean);
  return sum / (n - 1);
}

/// For each of the trials with this outcome, the share of the others that it lies above (events) or below (others).
std::vector<double> placements(Trials const& trials, std::vector<double> const& ranks, bool event) {
  std::vector<double> own, overall;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    if ((trials.event[i] != 0) != event) continue;
    own.push_back(trials.chance[i]);
    overall.push_back(ranks[i]);
  }
  std::vector<double> const within = midranks(own);
  auto const others = static_cast<double>(trials.size() - own.size());
  for (std::size_t i = 0; i < own.size(); ++i) {
    double const above = (overall[i] - within[i]) / others;
    overall[i] = event ? above : 1 - above;
  }
  return overall;
}

bool has_both(Trials const& trials) {
  auto const events = std::count_if(trials.event.begin(), trials.event.end(), [](auto e) { return e != 0; });
  return events > 0 && events < static_cast<std::ptrdiff_t>(trials.size());
}

}  // namespace

std::optional<RocArea> roc_area(Trials const& trials) {
  if (!has_both(trials)) return std::nullopt;
  std::vector<double> const ranks = midranks(trials.chance);
  std::vector<double> const events = placements(trials, ranks, true);
  std::vector<double> const others = placements(trials, ranks, false);
  RocArea result;
  auto const m = static_cast<double>(events.size()), n = static_cast<double>(others.size());
  result.area = std::accumulate(events.begin(), events.end(), 0.0) / m;
  if (m >= 2 && n >= 2) result.error = std::sqrt(variance(events) / m + variance(others) / n);
  return result;
}

std::optional<double> tjur_r2(Trials const& trials) {
  if (!has_both(trials)) return std::nullopt;
  double sums[2] = {0, 0}, counts[2] = {0, 0};
  for (std::size_t i = 0; i < trials.size(); ++i) {
    sums[trials.event[i] != 0] += trials.chance[i];
    counts[trials.event[i] != 0] += 1;
  }
  return sums[1] / counts[1] - sums[0] / counts[0];
}

}  // namespace hansa
