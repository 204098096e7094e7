/// Tests of design/morris_effects: effects by hand, by an independent loop, and of known functions.
#include "design/morris_effects.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "functions.hpp"
#include "samples.hpp"

using namespace hansa;
using namespace hansa::testing;

namespace {

MorrisSteps steps_in(Sampled const& sampled) {
  Complaints complaints;
  MorrisSteps steps = morris_steps(sampled, complaints);
  complaints.throw_if_any();
  return steps;
}

/// Means of effects as the papers have them, by going through the rows of each trajectory.
struct Slow {
  double mu = 0, mu_star = 0, sigma = 0;
};
Slow slow(Sampled const& sampled, std::size_t input, bool radial) {
  std::size_t const block = sampled.columns.size() + 1;
  double low = 1e300, high = -1e300;
  for (double const x : sampled.columns[input]) {
    low = std::min(low, x);
    high = std::max(high, x);
  }
  std::vector<double> effects;
  for (std::size_t row = 0; row < sampled.points; ++row) {
    if (row % block == 0) continue;
    std::size_t const before = radial ? row - row % block : row - 1;
    double const x = (sampled.columns[input][row] - low) / (high - low);
    double const from = (sampled.columns[input][before] - low) / (high - low);
    if (x != from) effects.push_back((sampled.mean(row) - sampled.mean(before)) / (x - from));
  }
  Slow made;
  auto const n = static_cast<double>(effects.size());
  for (double const each : effects) {
    made.mu += each / n;
    made.mu_star += std::fabs(each) / n;
  }
  for (double const each : effects) made.sigma += (each - made.mu) * (each - made.mu) / (n - 1);
  made.sigma = std::sqrt(made.sigma);
  return made;
}

}  // namespace

TEST_CASE("effects of a linear function are its slopes over the whole range") {
  UnitColumns columns = morris_points(keys_of(3), 30, 4);
  for (double& each : columns[1]) each = 10 + 4 * each;
  Sampled const sampled = sampled_of(columns, [](auto const& x) { return 2 * x[0] - 3 * x[1] + 0 * x[2]; });
  MorrisEffects const effects = morris_effects(sampled, steps_in(sampled));
  CHECK(std::fabs(effects.mu[0] - 2) < 1e-12);
  CHECK(std::fabs(effects.mu[1] + 12) < 1e-12);
  CHECK(std::fabs(effects.mu_star[1] - 12) < 1e-12);
  CHECK(effects.mu_star[2] == 0);
  CHECK(effects.sigma[1] < 1e-10);
  CHECK(std::isnan(effects.sigma_without_noise[0]));
}

TEST_CASE("effects of a sample are those of the published estimators") {
  for (bool const radial : {false, true}) {
    UnitColumns const columns = radial ? radial_points(keys_of(6), 40) : morris_points(keys_of(6), 40, 6);
    Luck const luck = [](std::size_t k, std::size_t r) { return normal_luck(9, k, r); };
    Sampled const sampled = sampled_of(columns, g_function, 3, luck);
    MorrisSteps const steps = steps_in(sampled);
    CHECK(steps.radial == radial);
    CHECK(steps.blocks == 40);
    MorrisEffects const found = morris_effects(sampled, steps);
    for (std::size_t i = 0; i < 6; ++i) {
      Slow const own = slow(sampled, i, radial);
      CHECK(std::fabs(found.mu[i] - own.mu) < 1e-10);
      CHECK(std::fabs(found.mu_star[i] - own.mu_star) < 1e-10);
      CHECK(std::fabs(found.sigma[i] - own.sigma) < 1e-10);
    }
  }
}

TEST_CASE("noise is taken off the spread of effects") {
  // The true effects of a linear function do not spread at all; those of its noisy means do.
  Luck const luck = [](std::size_t k, std::size_t r) { return normal_luck(2, k, r) + 5 * normal_luck(3, 0, r); };
  Sampled const sampled = sampled_of(
      morris_points(keys_of(2), 400, 4), [](auto const& x) { return x[0]; }, 8, luck);
  MorrisEffects const effects = morris_effects(sampled, steps_in(sampled));
  CHECK(effects.sigma[0] > 0.6);  // sqrt(2 / 8) / (2 / 3) = 0.75
  CHECK(effects.sigma_without_noise[0] < 0.35);
}

TEST_CASE("the error of an effect is the spread of samples") {
  double sum = 0, square = 0, errors = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    Sampled const sampled = sampled_of(morris_points(keys_of(3, seed), 50, 4), ishigami);
    MorrisEffects const effects = morris_effects(sampled, steps_in(sampled));
    sum += effects.mu_star[0];
    square += effects.mu_star[0] * effects.mu_star[0];
    errors += effects.mu_star_error[0] / 60;
  }
  double const spread = std::sqrt((square - sum * sum / 60) / 59);
  CHECK(errors > 0.7 * spread);  // the sd of 60 has an error of 9 %: beyond these bounds with chance below 1e-3
  CHECK(errors < 1.45 * spread);
}

TEST_CASE("the error of an effect counts luck once") {
  // With luck of single runs alone the spread of samples is that of the effects' means; drawing trajectories and
  // replicates at once would take it for three times as much variance.
  for (double const common : {0.0, 4.0}) {
    double sum = 0, square = 0, errors = 0;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
      UnitColumns columns = morris_points(keys_of(3, seed), 40, 4);
      UnitColumns const x = columns;
      Luck const luck = [&](std::size_t k, std::size_t r) {
        return normal_luck(2 * seed, k, r) + common * x[0][k] * normal_luck(2 * seed + 1, 0, r);
      };
      Sampled const sampled = sampled_of(
          std::move(columns), [](auto const& u) { return 30 * u[0]; }, 8, luck);
      MorrisEffects const effects = morris_effects(sampled, steps_in(sampled));
      sum += effects.mu_star[0];
      square += effects.mu_star[0] * effects.mu_star[0];
      errors += effects.mu_star_error[0] * effects.mu_star_error[0] / 100;
    }
    double const spread = (square - sum * sum / 100) / 99;
    CHECK(errors >
          0.6 * spread);  // the variance of 100 has an error of 14 %: beyond these bounds with chance below 1e-2
    CHECK(errors < 1.6 * spread);
  }
}

TEST_CASE("steps that change nothing have no effect, and an input that never changes is refused") {
  UnitColumns columns = radial_points(keys_of(2), 40);
  for (double& each : columns[0]) each = each < 0.5 ? 0 : 1;
  Sampled const sampled = sampled_of(columns, [](auto const& x) { return 3 * x[0] + x[1]; });
  MorrisSteps const steps = steps_in(sampled);
  CHECK(steps.radial);
  CHECK(steps.steps.size() < 80);
  CHECK(steps.steps.size() > 40);
  MorrisEffects const effects = morris_effects(sampled, steps);
  CHECK(std::fabs(effects.mu[0] - 3) < 1e-12);
  columns[0].assign(columns[0].size(), 1.0);
  Complaints complaints;
  (void)morris_steps(sampled_of(columns, g_function), complaints);
  REQUIRE(complaints.size() == 1);
  CHECK(format(complaints.errors()[0]) == "t.csv: input 'x1' changes in 0 steps, two were expected at least");
}

TEST_CASE("tables that are no Morris design are refused with their place") {
  Sampled sampled = sampled_of(morris_points(keys_of(3), 8, 4), g_function);
  sampled.columns[0][6] += 0.5;
  Complaints complaints;
  (void)morris_steps(sampled, complaints);
  REQUIRE(complaints.size() == 1);
  CHECK(format(complaints.errors()[0]).find("the points are not those of a Morris design") != std::string::npos);
  sampled.points = 31;
  Complaints others;
  (void)morris_steps(sampled, others);
  REQUIRE(others.size() == 1);
  CHECK(format(others.errors()[0]).find("the table has 31 points of 3 inputs, a multiple of 4") != std::string::npos);
}
