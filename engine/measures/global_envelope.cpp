/// Ranks of curves.
#include "measures/global_envelope.hpp"

#include <algorithm>
#include <numeric>

#include "measures/quantiles.hpp"

namespace hansa {

namespace {

/// Twice the rank from the nearer end, of each number: ties have their mean.
void add_ranks(std::vector<double> const& column, std::vector<std::vector<std::size_t>>& ranks) {
  std::size_t const n = column.size();
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return column[a] < column[b]; });
  for (std::size_t begin = 0; begin < n;) {
    std::size_t end = begin + 1;
    while (end < n && column[order[end]] == column[order[begin]]) ++end;
    std::size_t const from_below = begin + end + 1, from_above = 2 * (n + 1) - from_below;
    for (std::size_t k = begin; k < end; ++k) ranks[order[k]].push_back(std::min(from_below, from_above));
    begin = end;
  }
}

/// Of each curve: how many are at least as extreme.
std::vector<std::size_t> extremeness(std::vector<std::vector<std::size_t>> const& ranks) {
  std::vector<std::size_t> order(ranks.size()), as_extreme(ranks.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return ranks[a] < ranks[b]; });
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin + 1;
    while (end < order.size() && ranks[order[end]] == ranks[order[begin]]) ++end;
    for (std::size_t k = begin; k < end; ++k) as_extreme[order[k]] = end;
    begin = end;
  }
  return as_extreme;
}

}  // namespace

GlobalEnvelope global_envelope(std::span<double const> observed, std::span<double const> simulated, double alpha) {
  std::size_t const width = observed.size(), curves = simulated.size() / width;
  GlobalEnvelope made;
  std::vector<std::vector<std::size_t>> ranks(curves + 1);
  std::vector<double> column(curves + 1);
  for (std::size_t k = 0; k < width; ++k) {
    double sum = 0;
    for (std::size_t s = 0; s < curves; ++s) sum += column[s] = simulated[s * width + k];
    made.mean.push_back(sum / static_cast<double>(curves));
    column[curves] = observed[k];
    add_ranks(column, ranks);
    std::vector<double> ascending(column.begin(), column.end() - 1);
    std::sort(ascending.begin(), ascending.end());
    made.low.push_back(quantile(ascending, 0.5 * alpha));
    made.high.push_back(quantile(ascending, 1 - 0.5 * alpha));
  }
  for (std::vector<std::size_t>& each : ranks) std::sort(each.begin(), each.end());
  std::vector<std::size_t> const as_extreme = extremeness(ranks);
  auto const all = static_cast<double>(curves + 1);
  made.p = static_cast<double>(as_extreme[curves]) / all;
  for (std::size_t k = 0; k < width; ++k) {
    bool any = false;
    double lower = 0, upper = 0;
    for (std::size_t s = 0; s <= curves; ++s) {
      if (!(static_cast<double>(as_extreme[s]) / all > alpha)) continue;
      double const value = s == curves ? observed[k] : simulated[s * width + k];
      lower = any ? std::min(lower, value) : value;
      upper = any ? std::max(upper, value) : value;
      any = true;
    }
    made.lower.push_back(lower);
    made.upper.push_back(upper);
  }
  return made;
}

}  // namespace hansa
