/// Least squares by Cholesky's decomposition of correlations.
#include "design/regression.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "base/student.hpp"

namespace hansa {

namespace {

using Matrix = std::vector<std::vector<double>>;

/// Mean 0 and length 1; all 0 where the values are equal.
std::vector<double> standardised(std::vector<double> values) {
  double mean = 0, square = 0;
  for (double const each : values) mean += each / static_cast<double>(values.size());
  for (double& each : values) {
    each -= mean;
    square += each * each;
  }
  bool const varies = square > 0;
  for (double& each : values) each = varies ? each / std::sqrt(square) : 0;
  return values;
}

double dot(std::vector<double> const& a, std::vector<double> const& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// The inverse of a correlation matrix; the number of the first column that follows from those before in `stuck`, or
/// the number of columns.
Matrix inverse_of(Matrix matrix, std::size_t& stuck) {
  std::size_t const n = matrix.size();
  for (stuck = 0; stuck < n; ++stuck) {
    std::size_t const j = stuck;
    for (std::size_t k = 0; k < j; ++k) matrix[j][j] -= matrix[j][k] * matrix[j][k];
    if (!(matrix[j][j] > 1e-12)) return {};
    matrix[j][j] = std::sqrt(matrix[j][j]);
    for (std::size_t i = j + 1; i < n; ++i) {
      for (std::size_t k = 0; k < j; ++k) matrix[i][j] -= matrix[i][k] * matrix[j][k];
      matrix[i][j] /= matrix[j][j];
    }
  }
  Matrix inverse(n, std::vector<double>(n, 0));
  for (std::size_t c = 0; c < n; ++c) {
    std::vector<double>& x = inverse[c];
    x[c] = 1;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t k = 0; k < i; ++k) x[i] -= matrix[i][k] * x[k];
      x[i] /= matrix[i][i];
    }
    for (std::size_t i = n; i-- > 0;) {
      for (std::size_t k = i + 1; k < n; ++k) x[i] -= matrix[k][i] * x[k];
      x[i] /= matrix[i][i];
    }
  }
  return inverse;
}

struct Fitted {
  std::vector<double> slopes, alone, partial;
  double r2 = 0;
  std::size_t stuck = 0;  ///< an input that follows from others, or their number
};

Fitted fit(Matrix const& inputs, std::vector<double> const& output) {
  std::size_t const n = inputs.size();
  Matrix correlations(n, std::vector<double>(n));
  Fitted made;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) correlations[i][j] = dot(inputs[i], inputs[j]);
    made.alone.push_back(dot(inputs[i], output));
  }
  Matrix const inverse = inverse_of(std::move(correlations), made.stuck);
  if (made.stuck < n) return made;
  for (std::size_t i = 0; i < n; ++i) {
    made.slopes.push_back(dot(inverse[i], made.alone));
    made.r2 += made.slopes[i] * made.alone[i];
  }
  made.r2 = std::clamp(made.r2, 0.0, 1.0);
  for (std::size_t i = 0; i < n; ++i) {
    double const square = made.slopes[i] * made.slopes[i] + (1 - made.r2) * inverse[i][i];
    made.partial.push_back(square > 0 ? made.slopes[i] / std::sqrt(square) : 0);
  }
  return made;
}

bool varies(std::vector<double> const& values) {
  return std::any_of(values.begin(), values.end(), [&](double each) { return each != values.front(); });
}

bool check(Sampled const& sampled, std::vector<double> const& output, Complaints& complaints) {
  std::size_t const before = complaints.size();
  Place const where{sampled.places.empty() ? "" : sampled.places.front().file};
  if (sampled.points < sampled.columns.size() + 3)
    complaints.add(fmt::format("the table has {} points of {} inputs", sampled.points, sampled.columns.size()), where,
                   fmt::format("at least {} were expected of a regression", sampled.columns.size() + 3));
  for (std::size_t d = 0; d < sampled.columns.size(); ++d)
    if (!varies(sampled.columns[d]))
      complaints.add(fmt::format("input '{}' has the same value at every point", sampled.inputs[d]), where,
                     "leave it out");
  if (!varies(output)) complaints.add("the measure is the same at every point", where, "nothing has an effect on it");
  return complaints.size() == before;
}

}  // namespace

std::vector<double> ranks_of(std::vector<double> const& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t first = 0, last = 0; first < order.size(); first = last) {
    while (last < order.size() && values[order[last]] == values[order[first]]) ++last;
    for (std::size_t k = first; k < last; ++k) ranks[order[k]] = 0.5 * static_cast<double>(first + 1 + last);
  }
  return ranks;
}

RegressionEffects regression_effects(Sampled const& sampled, Complaints& complaints) {
  RegressionEffects made;
  std::vector<double> const output = sampled.means();
  if (!check(sampled, output, complaints)) return made;
  Matrix values, ranks;
  for (auto const& column : sampled.columns) {
    values.push_back(standardised(column));
    ranks.push_back(standardised(ranks_of(column)));
  }
  Fitted const of_values = fit(values, standardised(output));
  Fitted const of_ranks = fit(ranks, standardised(ranks_of(output)));
  std::size_t const n = values.size(), stuck = std::min(of_values.stuck, of_ranks.stuck);
  if (stuck < n) {
    complaints.add(fmt::format("input '{}' follows from the inputs before it", sampled.inputs[stuck]),
                   {sampled.places.front().file}, "leave it out, or take a design in which inputs vary apart");
    return made;
  }
  made.standardized = of_values.slopes;
  made.r2 = of_values.r2;
  made.standardized_ranks = of_ranks.slopes;
  made.rank_correlation = of_ranks.alone;
  made.partial = of_ranks.partial;
  made.r2_ranks = of_ranks.r2;
  double const degrees = static_cast<double>(sampled.points) - 1 - static_cast<double>(n);
  for (double const r : made.partial) {
    double const rest = 1 - r * r;
    made.partial_p.push_back(
        rest > 0 ? std::min(2 * flat::student_tail(std::fabs(r) * std::sqrt(degrees / rest), degrees), 1.0) : 0);
  }
  return made;
}

}  // namespace hansa
