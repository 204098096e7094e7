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

/// Probability that no tie of those who adopted in the step before passes anything on.
double no_tie_passes(View const& view) {
  double product = 1;
  for (auto const& [source, weight] : sources_of(view.city)) {
    if (view.times[static_cast<std::size_t>(source)] == view.t - 1) product *= 1 - std::min(1.0, 0.3 * weight);
  }
  return product;
}

Formula in_share(double baseline, double strength) {
  return [=](View const& view) { return baseline + strength * view.share(); };
}

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

std::vector<RuleOfShare> rules_of_share() {
  std::string const mechanism = "mechanisms: {m: {exposure: {network: ties}, strength: ";
  return {
      {"rule: logit, baseline: -0.7, " + mechanism + "0.9}}", in_share(-0.7, 0.9), logit()},
      {"rule: cloglog, baseline: -1.2, " + mechanism + "0.9}}", in_share(-1.2, 0.9), cloglog()},
      {"rule: additive, baseline: -1.6094379124341003, " + mechanism + "0.3}}", in_share(0.2, 0.3), additive()},
      {"rule: linear, baseline: 0.2, " + mechanism + "0.3}}", in_share(0.2, 0.3), linear()},
      {"rule: cascade, " + mechanism + "0.3}}", no_tie_passes, [](int, double none, double) { return 1 - none; }},
      {"rule: threshold, threshold: {uniform: [-0.25, 1.25]}, " + mechanism + "0.9}}", in_share(0, 0.9),
       threshold([](int, double x) { return std::min(1.0, std::max(0.0, (x + 0.25) / 1.5)); })},
  };
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
