/// Tests of measures/between_draws: variances by hand, the law of what is drawn, nothing where nothing is drawn.
#include "measures/between_draws.hpp"

#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "base/random.hpp"

using namespace hansa;

namespace {

std::vector<Moments> draws_of(std::vector<std::vector<double>> const& values) {
  std::vector<Moments> made;
  for (auto const& draw : values) {
    made.emplace_back();
    for (double const each : draw) made.back().add(each);
  }
  return made;
}

/// A normal number by twelve uniform ones.
double normal(std::uint64_t key, std::uint64_t who) {
  double sum = -6;
  for (std::uint32_t k = 0; k < 12; ++k) sum += draw_uniform(key, who, k);
  return sum;
}

/// So many draws of N(10, between²), each with eight values that luck moves by N(0, within²).
std::vector<Moments> nested(std::uint64_t count, double between, double within, std::uint64_t seed) {
  std::vector<std::vector<double>> values;
  for (std::uint64_t d = 0; d < count; ++d) {
    auto& draw = values.emplace_back();
    double const mean = 10 + between * normal(seed, d);
    for (std::uint64_t k = 0; k < 8; ++k) draw.push_back(mean + within * normal(seed + 1, 8 * d + k));
  }
  return draws_of(values);
}

}  // namespace

TEST_CASE("two draws of three by hand") {
  // Means 2 and 6 about 4; within 2 + 2 over 4 degrees of freedom: MSW = 1. MSB = 3 · (4 + 4)/1 = 24. n₀ = 3.
  BetweenDraws const found = between_draws(draws_of({{1, 2, 3}, {5, 6, 7}}));
  double const between = (24.0 - 1.0) / 3.0;
  CHECK(found.share == doctest::Approx(between / (between + 1)));
  // The means scatter by 8, of which 23/3 lies between draws.
  double const towards = std::sqrt(between / 8.0);
  CHECK(found.median == doctest::Approx(4));
  CHECK(found.low == doctest::Approx(4 + towards * (-2 + 0.05 * 4)));
  CHECK(found.high == doctest::Approx(4 + towards * (2 - 0.05 * 4)));
  CHECK(std::isnan(found.share_error));  // one draw is left
}

TEST_CASE("unequal draws by hand") {
  // N = 6, means 1 (2 of them), 4 (3), 7 (1), mean of all 3.5; within 2 + 2 over 3; between 2·6.25 + 3·0.25 + 12.25.
  BetweenDraws const found = between_draws(draws_of({{0, 2}, {3, 4, 5}, {7}}));
  double const within = 4.0 / 3.0, mean_square = 25.5 / 2, n0 = (6 - 14.0 / 6) / 2;
  double const between = (mean_square - within) / n0;
  CHECK(found.share == doctest::Approx(between / (between + within)));
  CHECK(found.share_error > 0);
}

TEST_CASE("draws that lie no further apart than luck lets them have no width") {
  BetweenDraws const found = between_draws(draws_of({{1, 3}, {0, 4}, {2, 2}}));
  CHECK(found.share == 0);
  CHECK(found.low == 2);
  CHECK(found.high == 2);
  BetweenDraws const equal = between_draws(draws_of({{5, 5}, {5, 5}}));
  CHECK((equal.low == 5 && equal.high == 5));
  CHECK(std::isnan(equal.share));
}

TEST_CASE("too few draws, or none with two values, tell nothing") {
  CHECK(std::isnan(between_draws(draws_of({{1, 2, 3}})).low));
  CHECK(std::isnan(between_draws(draws_of({{1}, {2}, {3}})).share));
  CHECK(std::isnan(between_draws({}).median));
}

TEST_CASE("the law of the draws is found below luck, and the share within four of its errors") {
  // Luck moves single values twice as far as draws do. Quantiles of 2000 draws of a standard deviation of 3 lie within
  // 0.6 of those of the law but for fewer than 1e-5 of seeds (standard error of the 5 % quantile: 0.15 of luckless
  // draws, times 1.3 for what is left of luck).
  for (std::uint64_t const seed : {11U, 23U, 47U}) {
    BetweenDraws const found = between_draws(nested(2000, 3, 6, seed));
    CHECK(std::fabs(found.low - (10 - 1.645 * 3)) < 0.9);
    CHECK(std::fabs(found.high - (10 + 1.645 * 3)) < 0.9);
    CHECK(std::fabs(found.median - 10) < 0.6);
    CHECK(std::fabs(found.share - 0.2) < 4.5 * found.share_error);
    CHECK(found.share_error < 0.03);
  }
  CHECK(between_draws(nested(2000, 3, 0, 5)).share == doctest::Approx(1));
}

TEST_CASE("the error of the share is that of many repetitions") {
  Moments shares, errors;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    BetweenDraws const found = between_draws(nested(100, 3, 6, 1000 + 2 * seed));
    shares.add(found.share);
    errors.add(found.share_error);
  }
  // The standard deviation of 200 shares is known to 5 %, one in 1e-5 beyond 22 %.
  CHECK(errors.mean() == doctest::Approx(std::sqrt(shares.variance())).epsilon(0.25));
  CHECK(std::fabs(shares.mean() - 0.2) < 0.015);
}
