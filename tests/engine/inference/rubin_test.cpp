/// Rubin's rules on numbers that can be followed by hand.
#include "inference/rubin.hpp"

#include <doctest/doctest.h>

using namespace hansa;

namespace {

Eigen::VectorXd vector_of(double a, double b) {
  return (Eigen::VectorXd(2) << a, b).finished();
}

Eigen::MatrixXd matrix_of(double a, double b, double c) {
  return (Eigen::MatrixXd(2, 2) << a, b, b, c).finished();
}

}  // namespace

TEST_CASE("means, within, between and total") {
  std::vector<Eigen::VectorXd> const estimates = {vector_of(1, 0), vector_of(2, 1), vector_of(3, -1)};
  std::vector<Eigen::MatrixXd> const covariances = {matrix_of(1, 0, 4), matrix_of(2, 0.5, 4), matrix_of(3, 1, 4)};
  CombinedEstimates const found = combine(estimates, covariances, 60);
  CHECK(found.sets == 3);
  CHECK(found.estimates.isApprox(vector_of(2, 0)));
  CHECK(found.within.isApprox(matrix_of(2, 0.5, 4)));
  CHECK(found.between.isApprox(matrix_of(1, -0.5, 1)));  // off by (−1, 0), (0, 1), (1, −1)
  CHECK(found.total.isApprox(matrix_of(2 + 4. / 3, 0.5 - 2. / 3, 4 + 4. / 3)));
  // λ = (4/3)/(10/3) = 0.4; ν = 2/0.16 = 12.5; νobs = 61/63·60·0.6 = 34.857; together 9.2005
  CHECK(found.degrees[0] == doctest::Approx(12.5 * (61. / 63 * 36) / (12.5 + 61. / 63 * 36)).epsilon(1e-13));
  double const ratio = 4. / 3 / 2;
  CHECK(found.missing[0] == doctest::Approx((ratio + 2 / (found.degrees[0] + 3)) / (ratio + 1)).epsilon(1e-13));
}

TEST_CASE("equal data sets add nothing, and a single one tells no spread") {
  std::vector<Eigen::VectorXd> const estimates(4, vector_of(1, 2));
  std::vector<Eigen::MatrixXd> const covariances(4, matrix_of(1, 0.25, 9));
  CombinedEstimates const found = combine(estimates, covariances, 100);
  CHECK(found.total.isApprox(covariances[0]));
  CHECK(found.missing[0] == 0);
  CHECK(found.degrees[0] == doctest::Approx(101. / 103 * 100));
  CombinedEstimates const single = combine(std::span(estimates).first(1), std::span(covariances).first(1), 100);
  CHECK(single.total.isApprox(covariances[0]));
  CHECK(single.between.isZero());
  std::vector<std::size_t> const both = {0, 1};
  CHECK_FALSE(combined_wald_test(single, both));
}

TEST_CASE("the test of several coefficients is that of Li, Raghunathan and Rubin") {
  std::vector<Eigen::VectorXd> const estimates = {vector_of(1, 2), vector_of(2, 1), vector_of(3, 3), vector_of(2, 2)};
  std::vector<Eigen::MatrixXd> const covariances(4, matrix_of(1, 0, 4));
  CombinedEstimates const found = combine(estimates, covariances, 100);
  std::vector<std::size_t> const both = {0, 1};
  std::optional<FTest> const test = combined_wald_test(found, both);
  REQUIRE(test);
  double const ratio = 1.25 * (2. / 3 + 2. / 3 / 4) / 2;
  CHECK(test->statistic == doctest::Approx((4 + 1) / (2 * (1 + ratio))));
  double const part = 1 + (1 - 2. / 6) / ratio;
  CHECK(test->below == doctest::Approx(4 + 2 * part * part));
  CHECK(test->p == doctest::Approx(0.26).epsilon(0.5));
  std::vector<std::size_t> const first = {0};
  std::optional<FTest> const one = combined_wald_test(found, first);
  REQUIRE(one);
  double const r = 1.25 * 2. / 3;
  CHECK(one->below == doctest::Approx(3 * 2 * (1 + 1 / r) * (1 + 1 / r) / 2));  // of M = 4, 3 (1 + 1/r)²
}

TEST_CASE("without variance within there is no test") {
  std::vector<Eigen::VectorXd> const estimates = {vector_of(1, 2), vector_of(2, 1)};
  std::vector<Eigen::MatrixXd> const covariances(2, matrix_of(1, 0, 0));
  std::vector<std::size_t> const both = {0, 1};
  CHECK_FALSE(combined_wald_test(combine(estimates, covariances, 10), both));
}
