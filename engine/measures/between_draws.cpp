/// Analysis of variance, means drawn together, and the jackknife.
#include "measures/between_draws.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "measures/quantiles.hpp"

namespace hansa {

namespace {

constexpr double no_measure = std::numeric_limits<double>::quiet_NaN();

/// Sums over draws, of means less the mean of all. One draw can be taken out.
struct DrawSums {
  double draws = 0, count = 0, counts_squared = 0, within = 0, sum = 0, squares = 0;

  void add(Moments const& draw, double centre, double sign = 1) {
    auto const n = static_cast<double>(draw.count());
    double const off = draw.mean() - centre;
    draws += sign;
    count += sign * n;
    counts_squared += sign * n * n;
    within += sign * draw.squares();
    sum += sign * n * off;
    squares += sign * n * off * off;
  }
  [[nodiscard]] double variance_within() const { return within / (count - draws); }
  /// Below 0 where draws lie closer together than luck alone lets them.
  [[nodiscard]] double variance_between() const {
    double const between = (squares - sum * sum / count) / (draws - 1);
    return (between - variance_within()) / ((count - counts_squared / count) / (draws - 1));
  }
  [[nodiscard]] double share() const {
    double const between = variance_between(), both = between + variance_within();
    return both > 0 ? between / both : 0;
  }
  [[nodiscard]] bool is_enough() const { return draws >= 2 && count > draws; }
};

/// Of the share, by leaving out each draw.
double jackknife_error(std::span<Moments const> draws, DrawSums const& all, double centre) {
  std::vector<double> shares;
  for (Moments const& each : draws) {
    DrawSums rest = all;
    rest.add(each, centre, -1);
    if (!rest.is_enough()) return no_measure;
    shares.push_back(rest.share());
  }
  Moments moments;
  for (double const each : shares) moments.add(each);
  auto const count = static_cast<double>(shares.size());
  return std::sqrt((count - 1) / count * moments.squares());
}

}  // namespace

BetweenDraws between_draws(std::span<Moments const> draws) {
  Moments means;
  double total = 0, count = 0;
  for (Moments const& each : draws) {
    means.add(each.mean());
    total += static_cast<double>(each.count()) * each.mean();
    count += static_cast<double>(each.count());
  }
  double const centre = total / count;
  DrawSums sums;
  for (Moments const& each : draws) sums.add(each, centre);
  if (!sums.is_enough()) return {no_measure, no_measure, no_measure, no_measure, no_measure};
  double const between = std::max(0.0, sums.variance_between());
  double const scatter = means.variance();
  double const towards = scatter > 0 ? std::sqrt(std::min(1.0, between / scatter)) : 0;
  std::vector<double> drawn;
  for (Moments const& each : draws) drawn.push_back(centre + towards * (each.mean() - centre));
  std::sort(drawn.begin(), drawn.end());
  bool const any = between + sums.variance_within() > 0;
  return {quantile(drawn, 0.05), quantile(drawn, 0.5), quantile(drawn, 0.95),
          any ? std::max(0.0, sums.share()) : no_measure, any ? jackknife_error(draws, sums, centre) : no_measure};
}

}  // namespace hansa
