/// Likelihood-ratio, Wald and score tests by hand.
#include "inference/hypothesis_tests.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "engine/inference/observed_rows.hpp"

using namespace hansa;

TEST_CASE("the likelihood ratio is twice the difference, on the difference of parameters") {
  EventHistoryFit full = test::fit_with({"baseline", "x", "y"}, {0, 1, 1});
  EventHistoryFit restricted = test::fit_with({"baseline"}, {0});
  full.log_likelihood = -50;
  restricted.log_likelihood = -53;
  std::optional<ChiSquareTest> test = likelihood_ratio_test(full, restricted);
  REQUIRE(test);
  CHECK(test->statistic == doctest::Approx(6));
  CHECK(test->degrees == 2);
  CHECK(test->p == doctest::Approx(std::exp(-3.0)).epsilon(1e-12));
  CHECK_FALSE(likelihood_ratio_test(restricted, full));
  CHECK_FALSE(likelihood_ratio_test(full, test::fit_with({"z"}, {0})));
  CHECK_FALSE(likelihood_ratio_test(full, test::fit_with({"x"}, {0}, FitLink::cloglog)));
  full.penalty = Penalty::firth;
  CHECK_FALSE(likelihood_ratio_test(full, restricted));
  full.penalty = Penalty::none;
  restricted.failure = "no";
  CHECK_FALSE(likelihood_ratio_test(full, restricted));
}

TEST_CASE("a city intercept is tested at the edge of its standard deviation") {
  EventHistoryFit restricted = test::fit_with({"baseline"}, {0});
  EventHistoryFit full = restricted;
  full.city_sd = 0.4;
  full.parameters = 2;
  full.log_likelihood = -50;
  restricted.log_likelihood = -51;
  CHECK(likelihood_ratio_test(full, restricted)->p == doctest::Approx(std::erfc(1.0) / 2).epsilon(1e-12));
  restricted.log_likelihood = -50;
  CHECK(likelihood_ratio_test(full, restricted)->p == 1);
  full.names.push_back("x");
  full.parameters = 3;
  restricted.log_likelihood = -51;
  double const mixed = (std::erfc(1.0) + std::exp(-1.0)) / 2;
  CHECK(likelihood_ratio_test(full, restricted)->p == doctest::Approx(mixed).epsilon(1e-12));
  CHECK_FALSE(is_nested(full, restricted));
}

TEST_CASE("Wald's statistic is the quadratic form of the errors that are reported") {
  EventHistoryFit fit = test::fit_with({"baseline", "x", "y"}, {-3, 2, 1});
  fit.covariance << 1, 0, 0, 0, 4, 1, 0, 1, 1;
  std::vector<std::size_t> const columns = {1, 2};
  // (2 1) (4 1; 1 1)⁻¹ (2 1)ᵀ = (1·4 − 2·1·2 + 4·1) / 3
  std::optional<ChiSquareTest> test = wald_test(fit, columns);
  REQUIRE(test);
  CHECK(test->statistic == doctest::Approx(4.0 / 3).epsilon(1e-13));
  CHECK(test->degrees == 2);
  fit.clustered = 2 * fit.covariance;
  CHECK(wald_test(fit, columns)->statistic == doctest::Approx(2.0 / 3).epsilon(1e-13));
  fit.clustered(1, 2) = fit.clustered(2, 1) = std::sqrt(8.0 * 2.0);  // singular
  CHECK_FALSE(wald_test(fit, columns));
  CHECK(wald_test(fit, std::vector<std::size_t>{1})->statistic == doctest::Approx(0.5).epsilon(1e-13));
  CHECK_FALSE(wald_test(fit, {}));
  fit.failure = "no";
  CHECK_FALSE(wald_test(fit, columns));
}

TEST_CASE("units of the columns do not pass for singularity") {
  EventHistoryFit fit = test::fit_with({"x", "y"}, {1e-9, 1e9});
  fit.covariance << 1e-18, 0, 0, 1e18;
  CHECK(wald_test(fit, std::vector<std::size_t>{0, 1})->statistic == doctest::Approx(2).epsilon(1e-12));
}

TEST_CASE("against a baseline the score test is that of a trend in shares") {
  // Cochran 1954: (Σ (y − ȳ) x)² / (ȳ (1 − ȳ) Σ (x − x̄)²)
  std::vector<double> const x = {0, 1, 2, 0.5, 3, 1, 4, 2};
  std::vector<std::uint8_t> const y = {0, 0, 1, 0, 1, 0, 0, 1};
  Design const design = test::rows_of({{"baseline", std::vector<double>(8, 1.0)}, {"x", x}}, y);
  double const share = 3.0 / 8, mean = 13.5 / 8;
  double score = 0, square = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    score += (y[i] - share) * x[i];
    square += (x[i] - mean) * (x[i] - mean);
  }
  double const truth = score * score / (share * (1 - share) * square);
  std::vector<std::pair<FitLink, double>> const baselines = {
      {FitLink::logit, std::log(share / (1 - share))},
      {FitLink::cloglog, std::log(-std::log1p(-share))},
      {FitLink::probit, -0.31863936396437514},  // Φ⁻¹(3/8)
  };
  for (auto const& [link, baseline] : baselines) {
    CAPTURE(static_cast<int>(link));
    std::optional<ChiSquareTest> const test = score_test(design, test::fit_with({"baseline"}, {baseline}, link));
    REQUIRE(test);
    CHECK(test->statistic == doctest::Approx(truth).epsilon(1e-10));
    CHECK(test->degrees == 1);
  }
}

TEST_CASE("a score test needs columns to be left out, estimates, and information") {
  Design design = test::drawn_rows(2, 40, -1, 0.3, 0.5);
  EventHistoryFit restricted = test::fit_with({"baseline"}, {-1});
  CHECK(score_test(design, restricted));
  CHECK_FALSE(score_test(design, test::fit_with({"baseline", "other"}, {-1, 0})));
  CHECK_FALSE(score_test(design, test::fit_with(design.names, {-1, 0, 0})));
  restricted.penalty = Penalty::firth;
  CHECK_FALSE(score_test(design, restricted));
  restricted.penalty = Penalty::none;
  design.x.col(2) = 2 * design.x.col(1);
  CHECK_FALSE(score_test(design, restricted));
}

TEST_CASE("baselines are the columns that are constant within each policy") {
  Design design =
      test::rows_of({{"baseline_a", {1, 1, 0, 0}}, {"x", {1, 2, 0, 0}}, {"baseline_b", {0, 0, 1, 1}}}, {0, 1, 0, 1});
  design.policy = {0, 0, 1, 1};
  CHECK(baseline_columns(design) == std::vector<std::size_t>{0, 2});
}

TEST_CASE("p of z is two-sided") {
  CHECK(two_sided_p(1.959963984540054) == doctest::Approx(0.05).epsilon(1e-12));
  CHECK(two_sided_p(-1.959963984540054) == doctest::Approx(0.05).epsilon(1e-12));
  CHECK(std::isnan(two_sided_p(std::nan(""))));
}
