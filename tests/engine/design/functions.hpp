/// Test functions of sensitivity analysis, with their indices, and samples of them.
#pragma once

#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/random.hpp"
#include "design/sobol_indices.hpp"
#include "design/unit_points.hpp"

namespace hansa::testing {

using Function = std::function<double(std::vector<double> const&)>;

/// Of x uniform in [-π, π]³ (Ishigami & Homma 1990), a = 7, b = 0.1; the argument is in [0, 1]³.
inline double ishigami(std::vector<double> const& u) {
  constexpr double pi = 3.14159265358979323846;
  auto const x = [&](std::size_t k) { return pi * (2 * u[k] - 1); };
  double const second = std::sin(x(1));
  return std::sin(x(0)) + 7 * second * second + 0.1 * x(2) * x(2) * x(2) * x(2) * std::sin(x(0));
}
struct Indices {
  std::vector<double> first, total;
};
inline Indices ishigami_indices() {
  constexpr double pi4 = 97.40909103400244, pi8 = 9488.531016070574;
  double const v1 = 0.5 * (1 + 0.1 * pi4 / 5) * (1 + 0.1 * pi4 / 5), v2 = 49.0 / 8;
  double const v13 = 0.01 * pi8 * (1.0 / 18 - 1.0 / 50), v = v1 + v2 + v13;
  return {{v1 / v, v2 / v, 0}, {(v1 + v13) / v, v2 / v, v13 / v}};
}

/// Sobol's g-function (Saltelli & Sobol' 1995): Π (|4 x - 2| + a) / (1 + a).
inline std::vector<double> const& g_weights() {
  static std::vector<double> const a = {0, 1, 4.5, 9, 99, 99};
  return a;
}
inline double g_function(std::vector<double> const& x) {
  double product = 1;
  for (std::size_t k = 0; k < x.size(); ++k)
    product *= (std::fabs(4 * x[k] - 2) + g_weights()[k]) / (1 + g_weights()[k]);
  return product;
}
inline Indices g_indices() {
  std::vector<double> parts;
  double whole = 1;
  for (double const a : g_weights()) {
    parts.push_back(1 / (3 * (1 + a) * (1 + a)));
    whole *= 1 + parts.back();
  }
  Indices indices;
  for (double const part : parts) {
    indices.first.push_back(part / (whole - 1));
    indices.total.push_back(part * (whole / (1 + part)) / (whole - 1));
  }
  return indices;
}

/// Base points that are independent draws, in the rows of a Saltelli design: what the bootstrap takes them for.
inline UnitColumns independent_saltelli(std::size_t dimensions, std::size_t base_points, bool second_order,
                                        std::uint64_t seed) {
  SaltelliRows const rows{base_points, dimensions, second_order};
  UnitColumns columns(dimensions, std::vector<double>(base_points * rows.stride()));
  for (std::size_t d = 0; d < dimensions; ++d)
    for (std::size_t n = 0; n < base_points; ++n) {
      double const a = draw_uniform(mix64(seed), n, static_cast<std::uint32_t>(d), 0);
      double const b = draw_uniform(mix64(seed), n, static_cast<std::uint32_t>(d), 1);
      columns[d][rows.a(n)] = a;
      columns[d][rows.b(n)] = b;
      for (std::size_t i = 0; i < dimensions; ++i) {
        columns[d][rows.ab(n, i)] = i == d ? b : a;
        if (second_order) columns[d][rows.ba(n, i)] = i == d ? a : b;
      }
    }
  return columns;
}

/// Luck of a replicate at a point, besides what the function says.
using Luck = std::function<double(std::size_t point, std::size_t replicate)>;

inline Sampled sampled_of(UnitColumns columns, Function const& function, std::size_t replicates = 1,
                          Luck const& luck = {}) {
  Sampled sampled;
  sampled.points = columns[0].size();
  sampled.replicates = replicates;
  std::vector<double> x(columns.size());
  for (std::size_t k = 0; k < sampled.points; ++k) {
    for (std::size_t d = 0; d < columns.size(); ++d) x[d] = columns[d][k];
    double const value = function(x);
    for (std::size_t r = 0; r < replicates; ++r) sampled.outputs.push_back(value + (luck ? luck(k, r) : 0));
    sampled.places.push_back({"t.csv", static_cast<int>(k) + 2, 0});
  }
  for (std::size_t d = 0; d < columns.size(); ++d) sampled.inputs.push_back("x" + std::to_string(d + 1));
  sampled.columns = std::move(columns);
  return sampled;
}

/// Standard normal, by seed, point and replicate.
inline double normal_luck(std::uint64_t seed, std::size_t point, std::size_t replicate) {
  std::uint64_t const who[] = {point};
  double z = 0;
  draw_normal(mix64(seed + 1000003), who, static_cast<std::uint32_t>(replicate), {&z, 1});
  return z;
}

}  // namespace hansa::testing
