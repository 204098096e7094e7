/// Envelopes of simulated curves about an observed one: at each point, and of the whole curve at once.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace hansa {

/// W numbers each. The simultaneous envelope leaves out so many of the most extreme curves that it holds the whole of a
/// curve of the model with probability 1 − α; the observed curve leaves it somewhere exactly where p <= α.
struct GlobalEnvelope {
  std::vector<double> mean;          ///< of the simulated ones
  std::vector<double> low, high;     ///< pointwise: quantiles α/2 and 1 − α/2 of the simulated ones
  std::vector<double> lower, upper;  ///< simultaneous
  double p = 1;                      ///< of the observed curve, by its extreme rank length
};

/// Extreme rank lengths (Myllymäki, Mrkvička, Grabarnik, Seijo & Hahn 2017): of each of the S + 1 curves the ranks of
/// its W numbers, counted from the nearer end and with ties at their mean, are sorted; curves are compared by them from
/// the smallest on. p is the share of curves, the observed one among them, that are at least as extreme as it.
/// `simulated`: S × W, row-major; S >= 1, W >= 1, 0 < α < 1.
[[nodiscard]] GlobalEnvelope global_envelope(std::span<double const> observed, std::span<double const> simulated,
                                             double alpha);

}  // namespace hansa
