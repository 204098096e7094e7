/// Weights as whole numbers of one unit.
#include "world/fixed_point.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace hansa {
namespace {

constexpr double largest = std::numeric_limits<std::uint32_t>::max();
constexpr double powers_of_ten[] = {1, 10, 100, 1e3, 1e4, 1e5, 1e6};
constexpr int most_places = 6;

/// The whole number r with r / 10^places == weight: what a decimal of so many places reads as.
std::optional<double> whole(double weight, int places) noexcept {
  double const power = powers_of_ten[places];
  double const rounded = std::nearbyint(weight * power);
  if (!(rounded <= largest) || rounded / power != weight) return std::nullopt;
  return rounded;
}

std::optional<int> decimal_places(std::span<double const> weights) {
  int places = 0;
  for (double weight : weights) {
    while (!whole(weight, places)) {
      if (++places > most_places) return std::nullopt;
    }
  }
  // A weight that was fine with fewer places may have grown too large for more.
  for (double weight : weights) {
    if (!whole(weight, places)) return std::nullopt;
  }
  return places;
}

std::optional<FixedPoint> as_decimals(std::span<double const> weights, std::span<std::size_t const> first) {
  std::optional<int> const places = decimal_places(weights);
  if (!places) return std::nullopt;
  FixedPoint result{1 / powers_of_ten[*places], {}};
  for (std::size_t k = 0; k + 1 < first.size(); ++k) {
    double sum = 0;  // of whole numbers below 2^53: exact, or far too large
    for (std::size_t row = first[k]; row < first[k + 1]; ++row) sum += *whole(weights[row], *places);
    if (sum > largest) return std::nullopt;
    result.weights.push_back(static_cast<std::uint32_t>(sum));
  }
  return result;
}

/// Rounds to the power of two that puts the largest into [2^23, 2^24).
FixedPoint as_binary(std::span<double const> weights) {
  double top = 0;
  for (double weight : weights) top = std::max(top, weight);
  // The smallest unit is that of the smallest double.
  int const exponent = std::max(std::ilogb(top) - 23, -1074);
  FixedPoint result{std::ldexp(1.0, exponent), {}};
  result.weights.reserve(weights.size());
  for (double weight : weights) {
    result.weights.push_back(static_cast<std::uint32_t>(std::nearbyint(std::ldexp(weight, -exponent))));
  }
  return result;
}

}  // namespace

FixedPoint to_fixed_point(std::span<double const> weights, std::span<std::size_t const> first) {
  if (std::optional<FixedPoint> decimals = as_decimals(weights, first)) return std::move(*decimals);
  std::vector<double> sums;
  for (std::size_t k = 0; k + 1 < first.size(); ++k) {
    double sum = 0;
    for (std::size_t row = first[k]; row < first[k + 1]; ++row) sum += weights[row];
    sums.push_back(std::min(sum, std::numeric_limits<double>::max()));
  }
  return as_binary(sums);
}

FixedPoint to_fixed_point(std::span<double const> weights) {
  std::optional<int> const places = decimal_places(weights);
  if (!places) return as_binary(weights);
  FixedPoint result{1 / powers_of_ten[*places], {}};
  result.weights.reserve(weights.size());
  for (double weight : weights) result.weights.push_back(static_cast<std::uint32_t>(*whole(weight, *places)));
  return result;
}

}  // namespace hansa
