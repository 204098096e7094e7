/// Sums over cities in their order, and permutations that are drawn by their numbers.
#include "statistics/moran.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/flat_math.hpp"
#include "base/random.hpp"

namespace hansa {

namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

/// Weight of an entry before rows are made to sum to 1.
double raw_weight(TieRows const& rows, std::size_t entry, MoranWeights const& how) {
  if (!how.weights || how.normalize == TieNorm::count) return 1.0;
  return how.normalize == TieNorm::weight ? rows.unit * rows.weight[entry] : rows.weight[entry];
}

/// The values less their mean; n.
double centred(std::span<std::uint8_t const> among, std::span<double const> values, std::vector<double>& z) {
  double mean = 0, count = 0;
  for (std::size_t i = 0; i < among.size(); ++i) {
    if (among[i] == 0) continue;
    mean += values[i];
    count += 1;
  }
  mean /= count;
  z.assign(among.size(), 0);
  for (std::size_t i = 0; i < among.size(); ++i)
    if (among[i] != 0) z[i] = values[i] - mean;
  return count;
}

/// S0 and Σ v z z.
struct Products {
  double weight = 0, sum = 0;
};

Products products_of(TieRows const& rows, std::span<std::uint8_t const> among, std::span<double const> z,
                     MoranWeights const& how) {
  Products found;
  for (std::size_t i = 0; i < among.size(); ++i) {
    if (among[i] == 0) continue;
    double sum = 0, all = 0;
    for (std::size_t k = rows.first[i]; k < rows.first[i + 1]; ++k) {
      if (!rows.holds(k, how.step) || among[rows.city[k]] == 0) continue;
      double const weight = raw_weight(rows, k, how);
      sum += weight * z[rows.city[k]];
      all += weight;
    }
    if (!(all > 0)) continue;
    bool const shares = how.normalize == TieNorm::share;
    found.sum += shares ? z[i] * sum / all : z[i] * sum;
    found.weight += shares ? 1 : all;
  }
  return found;
}

/// S1 = ½ Σ (v_ij + v_ji)² and S2 = Σ (v_i. + v_.i)².
struct WeightSums {
  double s1 = 0, s2 = 0;
};

/// v of every entry that counts, with the ends (lower, higher) of its pair.
struct Pair {
  Index low, high;
  double weight;
};

WeightSums weight_sums(TieRows const& rows, std::span<std::uint8_t const> among, MoranWeights const& how) {
  std::vector<Pair> pairs;
  std::vector<double> ends(among.size(), 0);
  for (std::size_t i = 0; i < among.size(); ++i) {
    if (among[i] == 0) continue;
    double all = 0;
    std::size_t const begin = pairs.size();
    for (std::size_t k = rows.first[i]; k < rows.first[i + 1]; ++k) {
      if (!rows.holds(k, how.step) || among[rows.city[k]] == 0) continue;
      auto const one = static_cast<Index>(i);
      pairs.push_back({std::min(one, rows.city[k]), std::max(one, rows.city[k]), raw_weight(rows, k, how)});
      all += pairs.back().weight;
    }
    for (std::size_t k = begin; k < pairs.size(); ++k) {
      if (how.normalize == TieNorm::share) pairs[k].weight /= all;
      ends[pairs[k].low] += pairs[k].weight;
      ends[pairs[k].high] += pairs[k].weight;
    }
  }
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](Pair const& a, Pair const& b) { return a.low != b.low ? a.low < b.low : a.high < b.high; });
  WeightSums sums;
  for (std::size_t k = 0; k < pairs.size();) {
    double both = 0;
    std::size_t const begin = k;
    for (; k < pairs.size() && pairs[k].low == pairs[begin].low && pairs[k].high == pairs[begin].high; ++k)
      both += pairs[k].weight;
    sums.s1 += both * both;  // ½ · 2, each pair standing for (i, j) and (j, i)
  }
  for (double const end : ends) sums.s2 += end * end;
  return sums;
}

/// Fisher and Yates's shuffle, keyed by the number of the permutation.
void shuffle(std::vector<double>& values, std::uint64_t key, std::uint32_t number) {
  for (std::size_t left = values.size(); left > 1; --left) {
    double const u = draw_uniform(key, left, number);
    auto const other = std::min(static_cast<std::size_t>(u * static_cast<double>(left)), left - 1);
    std::swap(values[left - 1], values[other]);
  }
}

double permutation_p(TieRows const& rows, std::span<std::uint8_t const> among, std::vector<double> z,
                     MoranWeights const& how, double distance, double expected, double factor,
                     std::int64_t permutations, std::uint64_t key) {
  std::vector<double> own;
  for (std::size_t i = 0; i < among.size(); ++i)
    if (among[i] != 0) own.push_back(z[i]);
  std::int64_t as_far = 1;
  for (std::int64_t m = 0; m < permutations; ++m) {
    std::vector<double> drawn = own;
    shuffle(drawn, key, static_cast<std::uint32_t>(m));
    std::size_t next = 0;
    for (std::size_t i = 0; i < among.size(); ++i)
      if (among[i] != 0) z[i] = drawn[next++];
    double const index = factor * products_of(rows, among, z, how).sum;
    // Orders that are the same but for the order of a sum are as far.
    if (std::fabs(index - expected) >= distance * (1 - 1e-12)) ++as_far;
  }
  return static_cast<double>(as_far) / static_cast<double>(permutations + 1);
}

}  // namespace

std::optional<double> moran_index(TieRows const& rows, std::span<std::uint8_t const> among,
                                  std::span<double const> values, MoranWeights const& weights) {
  std::vector<double> z;
  double const count = centred(among, values, z);
  if (!(count > 1)) return std::nullopt;
  double squares = 0;
  for (double const each : z) squares += each * each;
  Products const found = products_of(rows, among, z, weights);
  if (!(squares > 0) || !(found.weight > 0)) return std::nullopt;
  return count / found.weight * found.sum / squares;
}

MoranTest moran_test(TieRows const& rows, std::span<std::uint8_t const> among, std::span<double const> values,
                     MoranWeights const& weights, std::int64_t permutations, std::uint64_t key) {
  MoranTest test{not_known, not_known, not_known, not_known, not_known};
  std::optional<double> const index = moran_index(rows, among, values, weights);
  if (!index) return test;
  std::vector<double> z;
  double const n = centred(among, values, z);
  double squares = 0, fourths = 0;
  for (double const each : z) {
    squares += each * each;
    fourths += each * each * each * each;
  }
  double const s0 = products_of(rows, among, z, weights).weight;
  test.observed = *index;
  test.expected = -1 / (n - 1);
  double const distance = std::fabs(test.observed - test.expected);
  if (permutations > 0)
    test.p_permutation =
        permutation_p(rows, among, z, weights, distance, test.expected, n / s0 / squares, permutations, key);
  if (n < 4) return test;
  WeightSums const sums = weight_sums(rows, among, weights);
  double const kurtosis = n * fourths / (squares * squares);
  double const first = n * ((n * n - 3 * n + 3) * sums.s1 - n * sums.s2 + 3 * s0 * s0);
  double const second = kurtosis * ((n * n - n) * sums.s1 - 2 * n * sums.s2 + 6 * s0 * s0);
  double const square = (first - second) / ((n - 1) * (n - 2) * (n - 3) * s0 * s0);
  double const variance = square - test.expected * test.expected;
  test.sd = variance > 1e-12 * square ? std::sqrt(variance) : 0;  // less is what rounding leaves of 0
  if (test.sd > 0) test.p = 2 * flat::normal_tail(distance / test.sd);
  return test;
}

}  // namespace hansa
