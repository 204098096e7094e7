/// Compares, and counts the comparisons.
#include "cases.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <doctest/doctest.h>

namespace hansa::exact {

namespace {

constexpr double family_level = 1e-6;
constexpr int most_cases = 800;  ///< no more tests than this are made; checked below

}  // namespace

void check_fit(test::Texts const& texts, std::map<test::Outcome, double> const& law, Reading const& reading) {
  static int cases_made = 0;
  CAPTURE(texts.yaml);
  double sum = 0;
  for (auto const& [outcome, chance] : law) sum += chance;
  REQUIRE(sum == doctest::Approx(1).epsilon(1e-9));
  auto const question = test::ask(texts);
  test::GoodnessOfFit const fit = test::goodness_of_fit(law, simulate(*question, replicates, reading));
  CHECK(fit.impossible == "");
  CHECK(fit.p_value > family_level / most_cases);
  REQUIRE(++cases_made <= most_cases);
}

void check_law(std::string const& policies, std::map<test::Outcome, double> const& law, Reading const& reading,
               std::string const& adoptions) {
  test::Texts texts = world_with(policies);
  if (!adoptions.empty()) texts.files["adoptions.csv"] = adoptions;
  check_fit(texts, law, reading);
}

Chance additive() {
  return [](int, double h, double) { return -std::expm1(-h); };
}

Chance linear() {
  return [](int, double p, double) { return std::min(p, 1.0); };
}

Chance settled(std::function<double(int, double)> const& distribution) {
  Chance const later = threshold(distribution);
  return
      [later](int city, double eta, double highest) { return std::isinf(highest) ? 0.0 : later(city, eta, highest); };
}

double over_normal(std::function<double(double)> const& f) {
  constexpr int half = 400;
  constexpr double width = 9.0 / half;
  double sum = 0;
  for (int k = -half; k <= half; ++k) sum += f(k * width) * std::exp(-0.5 * k * k * width * width);
  return sum * width / std::sqrt(2 * std::numbers::pi);
}

double normal_below(double x, double mean, double sd) {
  return std::erfc((mean - x) / sd / std::numbers::sqrt2) / 2;
}

double ways(int k, int n) {
  return std::round(std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1)));
}

test::Outcome curve_of(History const& history) {
  return history.policies[0].adopters;
}

}  // namespace hansa::exact
