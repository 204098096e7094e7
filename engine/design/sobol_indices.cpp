/// Products of replicates, summed over base points with the weights of a draw.
#include "design/sobol_indices.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "base/parallel.hpp"
#include "base/random.hpp"

namespace hansa {

namespace {

/// The first base point whose rows are not A, AB (BA) and B; the number of base points if there is none.
std::size_t first_stray(Sampled const& sampled, SaltelliRows const& rows) {
  for (std::size_t n = 0; n < rows.base_points; ++n)
    for (std::size_t d = 0; d < rows.dimensions; ++d) {
      std::vector<double> const& x = sampled.columns[d];
      double const a = x[rows.a(n)], b = x[rows.b(n)];
      for (std::size_t i = 0; i < rows.dimensions; ++i) {
        if (x[rows.ab(n, i)] != (i == d ? b : a)) return n;
        if (rows.second_order && x[rows.ba(n, i)] != (i == d ? a : b)) return n;
      }
    }
  return rows.base_points;
}

SaltelliRows rows_of(Sampled const& sampled, bool second_order) {
  SaltelliRows rows{0, sampled.columns.size(), second_order};
  rows.base_points = sampled.points % rows.stride() == 0 ? sampled.points / rows.stride() : 0;
  return rows;
}

/// Products of two quantities of each replicate, averaged over pairs of different replicates; one replicate is its own
/// pair. A replicate that was drawn several times is not paired with itself.
class PairMean {
 public:
  explicit PairMean(std::span<double const> weights) : weights_(weights) {
    for (double const v : weights) {
      sum_ += v;
      squares_ += v * v;
    }
  }
  template <class First, class Second>
  [[nodiscard]] double of(First const& a, Second const& b) const {
    if (weights_.size() == 1) return a(0) * b(0);
    double sum_a = 0, sum_b = 0, same = 0;
    for (std::size_t r = 0; r < weights_.size(); ++r) {
      double const v = weights_[r], x = a(r), y = b(r);
      sum_a += v * x;
      sum_b += v * y;
      same += v * v * (x * y);
    }
    return (sum_a * sum_b - same) / (sum_ * sum_ - squares_);
  }

 private:
  std::span<double const> weights_;
  double sum_ = 0, squares_ = 0;
};

/// What each base point adds, for given weights of the replicates.
struct Products {
  std::vector<double> first, total, second, square;
  std::vector<double> replicate_weights;
};

class Estimator {
 public:
  Estimator(Sampled const& sampled, SaltelliRows const& rows) : sampled_(sampled), rows_(rows) {
    double sum = 0;
    for (double const y : sampled.outputs) sum += y;
    center_ = sampled.outputs.empty() ? 0 : sum / static_cast<double>(sampled.outputs.size());
  }

  [[nodiscard]] std::size_t count() const noexcept {
    std::size_t const d = rows_.dimensions;
    return 2 * d + (rows_.second_order ? d * d : 0);
  }

  [[nodiscard]] Products products(std::vector<double> replicate_weights) const {
    Products made;
    made.replicate_weights = std::move(replicate_weights);
    PairMean const mean(made.replicate_weights);
    std::size_t const d = rows_.dimensions;
    for (std::size_t n = 0; n < rows_.base_points; ++n) {
      auto const a = [&](std::size_t r) { return at(rows_.a(n), r); };
      auto const b = [&](std::size_t r) { return at(rows_.b(n), r); };
      made.square.push_back(mean.of(a, a) + mean.of(b, b));
      for (std::size_t i = 0; i < d; ++i) {
        auto const step = [&](std::size_t r) { return at(rows_.ab(n, i), r) - a(r); };
        made.first.push_back(mean.of(b, step));
        made.total.push_back(mean.of(step, step));
      }
      if (!rows_.second_order) continue;
      double const apart = mean.of(a, b);
      for (std::size_t i = 0; i < d; ++i)
        for (std::size_t j = 0; j < d; ++j) {
          auto const ba = [&](std::size_t r) { return at(rows_.ba(n, i), r); };
          auto const ab = [&](std::size_t r) { return at(rows_.ab(n, j), r); };
          made.second.push_back(j > i ? mean.of(ba, ab) - apart : 0);
        }
    }
    return made;
  }

  /// Indices in the order first, total, second; then mean and variance. NaN where nothing varies.
  [[nodiscard]] std::vector<double> indices(Products const& products, std::span<double const> weights) const {
    std::size_t const d = rows_.dimensions;
    double whole = 0, square = 0;
    std::vector<double> sums(count(), 0);
    std::vector<double> means(sampled_.replicates, 0);
    for (std::size_t n = 0; n < weights.size(); ++n) {
      double const w = weights[n];
      if (w == 0) continue;
      whole += w;
      square += w * products.square[n];
      for (std::size_t i = 0; i < d; ++i) {
        sums[i] += w * products.first[n * d + i];
        sums[d + i] += w * products.total[n * d + i];
      }
      if (rows_.second_order)
        for (std::size_t k = 0; k < d * d; ++k) sums[2 * d + k] += w * products.second[n * d * d + k];
      for (std::size_t r = 0; r < means.size(); ++r) means[r] += w * (at(rows_.a(n), r) + at(rows_.b(n), r));
    }
    auto const mean = [&](std::size_t r) { return means[r] / (2 * whole); };
    double const variance = square / (2 * whole) - PairMean(products.replicate_weights).of(mean, mean);
    double const scale = variance > 0 ? whole * variance : not_known;
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k] /= scale * (k >= d && k < 2 * d ? 2 : 1);
    for (std::size_t i = 0; i < d && rows_.second_order; ++i)
      for (std::size_t j = i + 1; j < d; ++j) sums[2 * d + i * d + j] -= sums[i] + sums[j];
    double all = 0;
    for (std::size_t r = 0; r < means.size(); ++r) all += mean(r) / static_cast<double>(means.size());
    sums.push_back(all + center_);
    sums.push_back(variance);
    return sums;
  }

  [[nodiscard]] SobolIndices shaped(std::vector<double> const& indices) const {
    auto const d = static_cast<std::ptrdiff_t>(rows_.dimensions);
    auto const begin = indices.begin();
    SobolIndices made;
    made.first.assign(begin, begin + d);
    made.total.assign(begin + d, begin + 2 * d);
    if (rows_.second_order) made.second.assign(begin + 2 * d, begin + 2 * d + d * d);
    made.mean = indices[count()];
    made.variance = indices[count() + 1];
    return made;
  }

 private:
  [[nodiscard]] double at(std::size_t point, std::size_t replicate) const noexcept {
    return sampled_.output(point, replicate) - center_;
  }

  Sampled const& sampled_;
  SaltelliRows rows_;
  double center_ = 0;
};

/// How often each of `count` is drawn when as many are drawn; at least two different ones of several.
std::vector<double> drawn_weights(std::uint64_t key, std::uint64_t draw, std::size_t count) {
  std::vector<double> weights(count, 0);
  for (std::uint32_t attempt = 0; attempt < 1000; ++attempt) {
    std::fill(weights.begin(), weights.end(), 0);
    for (std::size_t k = 0; k < count; ++k)
      ++weights[static_cast<std::size_t>(draw_uniform(key, k, static_cast<std::uint32_t>(draw), attempt) *
                                         static_cast<double>(count))];
    if (count == 1 || *std::max_element(weights.begin(), weights.end()) < static_cast<double>(count)) break;
  }
  return weights;
}

using Draws = std::vector<std::vector<double>>;

/// Of one index over the draws in which the measure varies; NaN where these are fewer than nine in ten.
double variance_of(Draws const& draws, std::size_t index) {
  double sum = 0, square = 0, count = 0;
  for (auto const& each : draws)
    if (!std::isnan(each[index])) {
      sum += each[index];
      ++count;
    }
  if (count < 2 || count < 0.9 * static_cast<double>(draws.size())) return not_known;
  for (auto const& each : draws)
    if (!std::isnan(each[index])) square += (each[index] - sum / count) * (each[index] - sum / count);
  return square / (count - 1);
}

/// The sample without one group of replicates after another: replicate r is of group r modulo their number.
struct Jackknife {
  std::vector<Products> left;
  std::vector<double> factors;  ///< of the squared deviation of each, whose sum is the variance (Busing et al. 1999)

  Jackknife(Estimator const& estimator, std::size_t replicates) {
    std::size_t const groups = replicates < fewest_replicates ? 0 : std::min(replicates, most_groups);
    for (std::size_t g = 0; g < groups; ++g) {
      std::vector<double> weights(replicates, 1);
      for (std::size_t r = g; r < replicates; r += groups) weights[r] = 0;
      double const rest = std::accumulate(weights.begin(), weights.end(), 0.0);
      factors.push_back(rest / (static_cast<double>(replicates) - rest) / static_cast<double>(groups));
      left.push_back(estimator.products(std::move(weights)));
    }
  }
  [[nodiscard]] std::size_t groups() const noexcept { return left.size(); }

 private:
  static constexpr std::size_t most_groups = 16;
};

/// Variances of each index by what is drawn or left out.
struct Spread {
  double points = 0, replicates = 0, both = 0;
};

Spread spread_of(std::size_t index, Draws const& of_points, std::vector<Draws> const& changes, Draws const& left,
                 Jackknife const& jackknife) {
  Spread spread{variance_of(of_points, index)};
  double mean = 0;
  for (auto const& each : left) mean += each[index] / static_cast<double>(left.size());
  for (std::size_t g = 0; g < left.size(); ++g) {
    spread.replicates += jackknife.factors[g] * (left[g][index] - mean) * (left[g][index] - mean);
    spread.both += jackknife.factors[g] * variance_of(changes[g], index);
  }
  return spread;
}

/// The columns that the rows AB_1, AB_2 … take from B, as the first base point with different values tells it; empty:
/// none does.
std::vector<std::size_t> exchanged_columns(Sampled const& sampled, SaltelliRows const& rows) {
  for (std::size_t n = 0; n < rows.base_points; ++n) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < rows.dimensions; ++i)
      for (std::size_t d = 0; d < rows.dimensions; ++d)
        if (sampled.columns[d][rows.ab(n, i)] != sampled.columns[d][rows.a(n)]) order.push_back(d);
    std::vector<std::size_t> sorted = order;
    std::sort(sorted.begin(), sorted.end());
    bool const each_once = std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end();
    if (order.size() == rows.dimensions && each_once) return order;
  }
  return {};
}

}  // namespace

void order_as_saltelli(Sampled& sampled) {
  for (bool const second_order : {true, false}) {
    SaltelliRows const rows = rows_of(sampled, second_order);
    if (rows.base_points < 2) continue;
    if (first_stray(sampled, rows) == rows.base_points) return;
    Sampled ordered = sampled;
    std::vector<std::size_t> const order = exchanged_columns(sampled, rows);
    for (std::size_t i = 0; i < order.size(); ++i) {
      ordered.inputs[i] = sampled.inputs[order[i]];
      ordered.columns[i] = sampled.columns[order[i]];
    }
    if (first_stray(ordered, rows) < rows.base_points) continue;
    sampled = std::move(ordered);
    return;
  }
}

SaltelliRows saltelli_rows(Sampled const& sampled, Complaints& complaints) {
  SaltelliRows const with = rows_of(sampled, true), without = rows_of(sampled, false);
  for (SaltelliRows const& rows : {with, without})
    if (rows.base_points > 1 && first_stray(sampled, rows) == rows.base_points) return rows;
  std::size_t const d = sampled.columns.size();
  if (without.base_points < 2 && with.base_points < 2) {
    complaints.add(
        fmt::format("the table has {} points of {} inputs", sampled.points, d),
        sampled.places.empty() ? Place{} : sampled.places.back(),
        fmt::format("a multiple of {} (first and total order) or of {} (second order) was expected, at least "
                    "two base points",
                    d + 2, 2 * d + 2));
    return {};
  }
  SaltelliRows const likely = without.base_points > 1 ? without : with;
  complaints.add(
      "the points are not those of a Saltelli design", sampled.places[likely.a(first_stray(sampled, likely))],
      "A, AB_1, AB_2 … (BA_1, BA_2 …), B were expected from this row on: each AB has one input of B, each BA "
      "one of A");
  return {};
}

SobolIndices sobol_indices(Sampled const& sampled, SaltelliRows const& rows) {
  return sobol_indices(sampled, rows, rows.base_points);
}

SobolIndices sobol_indices(Sampled const& sampled, SaltelliRows const& rows, std::size_t base_points) {
  Estimator const estimator(sampled, rows);
  Products const products = estimator.products(std::vector<double>(sampled.replicates, 1));
  return estimator.shaped(estimator.indices(products, std::vector<double>(base_points, 1)));
}

SobolErrors bootstrap_errors(Sampled const& sampled, SaltelliRows const& rows, std::size_t draws, std::uint64_t seed,
                             int threads) {
  Estimator const estimator(sampled, rows);
  std::uint64_t const key = make_key(seed, 0, Purpose::bootstrap, 0);
  Products const own = estimator.products(std::vector<double>(sampled.replicates, 1));
  Jackknife const jackknife(estimator, sampled.replicates);
  std::size_t const groups = jackknife.groups();
  std::vector<double> const once(rows.base_points, 1);
  Draws of_points(draws), left;
  std::vector<Draws> changes(groups, Draws(draws));
  for (Products const& each : jackknife.left) left.push_back(estimator.indices(each, once));
  parallel_for(draws, threads, [&](std::size_t draw) {
    std::vector<double> const weights = drawn_weights(key, draw, rows.base_points);
    of_points[draw] = estimator.indices(own, weights);
    for (std::size_t g = 0; g < groups; ++g) {
      changes[g][draw] = estimator.indices(jackknife.left[g], weights);
      for (std::size_t k = 0; k < estimator.count(); ++k) changes[g][draw][k] -= of_points[draw][k];
    }
  });
  std::vector<double> errors(estimator.count() + 2, not_known);
  SobolErrors made;
  double const of_points_degrees = static_cast<double>(rows.base_points) - 1;
  for (std::size_t k = 0; k < estimator.count(); ++k) {
    made.degrees.push_back(of_points_degrees);
    if (sampled.replicates > 1 && groups == 0) continue;
    Spread const spread = spread_of(k, of_points, changes, left, jackknife);
    double const variance =
        std::max({spread.points + spread.replicates - spread.both, spread.points, spread.replicates});
    if (std::isnan(spread.points + spread.replicates + spread.both)) continue;
    errors[k] = std::sqrt(variance);
    double const luck = groups > 0 ? spread.replicates * spread.replicates / static_cast<double>(groups - 1) : 0;
    double const parts = spread.points * spread.points / of_points_degrees + luck;
    if (parts > 0) made.degrees[k] = variance * variance / parts;
  }
  made.errors = estimator.shaped(errors);
  return made;
}

}  // namespace hansa
