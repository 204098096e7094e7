/// Pearson's chi-square test.
#include "support/chi_square.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace hansa::test {

namespace {

/// P(a, x) by its series; for x < a + 1.
double lower_gamma(double a, double x) {
  double term = 1 / a, sum = term;
  for (int n = 1; n < 10000 && std::fabs(term) > std::fabs(sum) * 1e-16; ++n) {
    term *= x / (a + n);
    sum += term;
  }
  return sum * std::exp(-x + a * std::log(x) - std::lgamma(a));
}

/// Q(a, x) by its continued fraction (modified Lentz); for x >= a + 1.
double upper_gamma(double a, double x) {
  double b = x + 1 - a, c = 1e300, d = 1 / b, fraction = d;
  for (int n = 1; n < 10000; ++n) {
    double const an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    fraction *= d * c;
    if (std::fabs(d * c - 1) < 1e-15) break;
  }
  return fraction * std::exp(-x + a * std::log(x) - std::lgamma(a));
}

}  // namespace

double chi_square_tail(double x, double degrees) {
  double const a = degrees / 2, half = x / 2;
  if (half <= 0) return 1;
  return half < a + 1 ? 1 - lower_gamma(a, half) : upper_gamma(a, half);
}

GoodnessOfFit goodness_of_fit(std::map<Outcome, double> const& law, std::map<Outcome, std::int64_t> const& seen,
                              double least) {
  GoodnessOfFit result;
  double total = 0;
  for (auto const& [outcome, count] : seen) {
    total += static_cast<double>(count);
    auto const known = law.find(outcome);
    if (known == law.end() || known->second <= 0) result.impossible = fmt::format("{}", outcome);
  }
  struct Cell {
    double expected, observed;
  };
  std::vector<Cell> cells;
  Cell rest{0, 0};
  for (auto const& [outcome, probability] : law) {
    auto const found = seen.find(outcome);
    Cell const cell{probability * total, found == seen.end() ? 0.0 : static_cast<double>(found->second)};
    if (cell.expected >= least) {
      cells.push_back(cell);
    } else {
      rest.expected += cell.expected;
      rest.observed += cell.observed;
    }
  }
  if (rest.expected >= least || cells.empty()) {
    cells.push_back(rest);
  } else {
    auto const smallest = std::min_element(cells.begin(), cells.end(),
                                           [](Cell const& a, Cell const& b) { return a.expected < b.expected; });
    smallest->expected += rest.expected;
    smallest->observed += rest.observed;
  }
  double statistic = 0;
  for (Cell const& cell : cells) {
    if (cell.expected > 0)
      statistic += (cell.observed - cell.expected) * (cell.observed - cell.expected) / cell.expected;
  }
  result.cells = static_cast<int>(cells.size());
  if (cells.size() > 1) result.p_value = chi_square_tail(statistic, static_cast<double>(cells.size() - 1));
  return result;
}

}  // namespace hansa::test
