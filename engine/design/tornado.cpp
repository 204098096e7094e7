/// Differences to point 0, replicate by replicate.
#include "design/tornado.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

namespace hansa {

namespace {

bool is_same(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}

/// Mean and standard error of the difference to point 0.
std::pair<double, double> change_of(Sampled const& sampled, std::size_t point) {
  auto const n = static_cast<double>(sampled.replicates);
  double mean = 0, square = 0;
  for (std::size_t r = 0; r < sampled.replicates; ++r) mean += (sampled.output(point, r) - sampled.output(0, r)) / n;
  for (std::size_t r = 0; r < sampled.replicates; ++r) {
    double const rest = sampled.output(point, r) - sampled.output(0, r) - mean;
    square += rest * rest;
  }
  return {mean, n > 1 ? std::sqrt(square / (n - 1) / n) : not_known};
}

}  // namespace

Tornado tornado(Sampled const& sampled, Complaints& complaints) {
  Tornado made;
  made.base = sampled.mean(0);
  std::vector<std::optional<TornadoBar>> bars(sampled.columns.size());
  for (std::size_t point = 1; point < sampled.points; ++point) {
    std::vector<std::size_t> changed;
    for (std::size_t d = 0; d < sampled.columns.size(); ++d)
      if (!is_same(sampled.columns[d][point], sampled.columns[d][0])) changed.push_back(d);
    if (changed.size() > 1) {
      complaints.add(fmt::format("the point differs from the first in {} inputs", changed.size()),
                     sampled.places[point], "one at a time was expected");
      return made;
    }
    if (changed.empty()) continue;  // a value that is the scenario's own
    auto const [change, error] = change_of(sampled, point);
    std::optional<TornadoBar>& bar = bars[changed[0]];
    if (!bar) bar = TornadoBar{changed[0], 0, 0, 0, 0, 0, 0};
    if (change < bar->low_change) {
      bar->low = point;
      bar->low_change = change;
      bar->low_error = error;
    }
    if (change > bar->high_change) {
      bar->high = point;
      bar->high_change = change;
      bar->high_error = error;
    }
  }
  for (std::size_t d = 0; d < bars.size(); ++d)
    if (bars[d])
      made.bars.push_back(*bars[d]);
    else
      complaints.add(fmt::format("no point changes input '{}'", sampled.inputs[d]), {sampled.places.front().file},
                     "a point at each end of its range was expected, or leave it out");
  std::stable_sort(made.bars.begin(), made.bars.end(),
                   [](TornadoBar const& a, TornadoBar const& b) { return a.width() > b.width(); });
  return made;
}

}  // namespace hansa
