/// Tests of sandwich covariances by hand.
#include "inference/covariance.hpp"

#include <Eigen/LU>
#include <cmath>
#include <string>

#include <doctest/doctest.h>

#include "made_rows.hpp"

namespace {

using namespace hansa::test;
using hansa::ErrorCluster;

hansa::RowMatrix const scores = (hansa::RowMatrix(4, 1) << 1, 2, -4, 3).finished();
Eigen::MatrixXd const bread = Eigen::MatrixXd::Constant(1, 1, 0.5);

TEST_CASE("one way: squares of the sums of clusters, with factor G/(G-1)") {
  // clusters {1, 2}, {−4}, {3}: 9 + 16 + 9 = 34, times 3/2, times 1/4
  hansa::Clustered const found = hansa::clustered_covariance(scores, bread, {{7, 7, 2, 9}});
  CHECK(found.clusters == 3);
  CHECK(found.covariance(0, 0) == doctest::Approx(34 * 1.5 / 4).epsilon(1e-15));
}

TEST_CASE("two ways: the sum of both less that of the intersection, each with its own factor") {
  // first: 34·3/2; second {1, −4}, {2, 3}: (9 + 25)·2; intersection, all alone: 30·4/3
  hansa::Clustered const found = hansa::clustered_covariance(scores, bread, {{7, 7, 2, 9}, {0, 1, 0, 1}});
  CHECK(found.covariance(0, 0) == doctest::Approx((34 * 1.5 + 34 * 2 - 30 * 4.0 / 3) / 4).epsilon(1e-15));
  CHECK_FALSE(found.mended);
}

TEST_CASE("a negative two-way variance becomes 0 and is told") {
  // sums of clusters vanish both ways, but not in the intersection
  hansa::RowMatrix const balanced = (hansa::RowMatrix(4, 1) << 1, -1, -1, 1).finished();
  hansa::Clustered const found = hansa::clustered_covariance(balanced, bread, {{0, 0, 1, 1}, {0, 1, 0, 1}});
  CHECK(found.mended);
  CHECK(found.covariance(0, 0) == 0);
}

/// Two scores in rows that are told apart two ways, so that the sum less the intersection has both signs.
hansa::RowMatrix indefinite_scores() {
  return (hansa::RowMatrix(6, 2) << 1, 2, -1, 1.5, -1, -2, 1, -1.5, 0.5, 0.3, 0.4, -0.2).finished();
}

TEST_CASE("a two-way covariance with negative eigenvalues is mended though its variances are positive") {
  std::vector<std::vector<std::int64_t>> const groups = {{0, 0, 1, 1, 2, 3}, {0, 1, 0, 1, 2, 3}};
  Eigen::MatrixXd const slices = (Eigen::MatrixXd(2, 2) << 1, 1, 0.2, 1).finished();
  auto const one = [&](std::vector<std::int64_t> const& codes) {
    return hansa::clustered_covariance(indefinite_scores(), slices, {codes}).covariance;
  };
  Eigen::MatrixXd const plain = one(groups[0]) + one(groups[1]) - one({0, 1, 2, 3, 4, 5});
  REQUIRE(plain.diagonal().minCoeff() > 0);
  REQUIRE(plain.determinant() < 0);
  hansa::Clustered const found = hansa::clustered_covariance(indefinite_scores(), slices, groups);
  CHECK(found.mended);
  // of two eigenvalues the larger one is left, with its direction
  CHECK(std::fabs(found.covariance.determinant()) < 1e-12);
  double const half = 0.5 * plain.trace();
  CHECK(found.covariance.trace() ==
        doctest::Approx(half + std::sqrt(half * half - plain.determinant())).epsilon(1e-12));
  CHECK((plain * found.covariance - found.covariance * plain).cwiseAbs().maxCoeff() < 1e-12);
}

TEST_CASE("units of a covariate do not pass for a negative eigenvalue") {
  hansa::RowMatrix wide = indefinite_scores();
  for (Eigen::Index r = 0; r < wide.rows(); ++r) wide(r, 1) = 1e8 * (wide(r, 0) * wide(r, 0) + 0.3);
  hansa::Clustered const found =
      hansa::clustered_covariance(wide, Eigen::MatrixXd::Identity(2, 2), {{0, 0, 1, 1, 2, 2}, {0, 1, 2, 3, 4, 5}});
  CHECK_FALSE(found.mended);
}

TEST_CASE("one cluster has no clustered errors") {
  CHECK(hansa::clustered_covariance(scores, bread, {{1, 1, 1, 1}}).covariance.size() == 0);
  CHECK(hansa::clustered_covariance(scores, bread, {{1, 2, 3, 4}, {1, 1, 1, 1}}).covariance.size() == 0);
}

TEST_CASE("clusters come from the design; cities of unknown country stand alone") {
  hansa::Design design = rows_of({{1}, {1}, {1}}, {0, 1, 0});
  design.country = {4, -1, -1};
  design.period = {2000, 2001, 2001};
  CHECK(hansa::cluster_code(design, 1, ErrorCluster::city) == 1);
  CHECK(hansa::cluster_code(design, 2, ErrorCluster::period) == 2001);
  CHECK(hansa::cluster_code(design, 0, ErrorCluster::country) == 4);
  CHECK(hansa::cluster_code(design, 1, ErrorCluster::country) != hansa::cluster_code(design, 2, ErrorCluster::country));
}

TEST_CASE("HC0 and HC1 of an intercept alone are the variance of a share") {
  // p = 1/4 of 8: Σ(y − p)² = np(1 − p), information np(1 − p): both slices of bread leave 1/(np(1 − p))
  hansa::Design const design = rows_of(std::vector<std::vector<double>>(8, {1}), {1, 1, 0, 0, 0, 0, 0, 0});
  hansa::EventHistoryFit const fit = hansa::fit_event_history(design, {.clusters = {}});
  double const hc0 = hansa::heteroskedastic_covariance(design, fit, hansa::HeteroskedasticFactor::hc0)(0, 0);
  double const hc1 = hansa::heteroskedastic_covariance(design, fit, hansa::HeteroskedasticFactor::hc1)(0, 0);
  CHECK(hc0 == doctest::Approx(1 / 1.5).epsilon(1e-12));
  CHECK(hc1 == doctest::Approx(8 / 1.5 / 7).epsilon(1e-12));
  CHECK(fit.clustered.size() == 0);
}

TEST_CASE("clustering by rows is HC0 with factor n/(n-1), and cities sum over their rows") {
  hansa::Design const design = draw({}, 4);
  hansa::EventHistoryFit const by_city = hansa::fit_event_history(design, {});
  hansa::Design alone = design;
  for (std::size_t r = 0; r < alone.rows(); ++r) alone.city[r] = static_cast<hansa::Index>(r);
  hansa::EventHistoryFit const by_row = hansa::fit_event_history(alone, {});
  Eigen::MatrixXd const hc0 = hansa::heteroskedastic_covariance(design, by_row, hansa::HeteroskedasticFactor::hc0);
  auto const n = static_cast<double>(design.rows());
  CHECK((by_row.clustered - n / (n - 1) * hc0).cwiseAbs().maxCoeff() < 1e-14);
  CHECK(by_city.clusters == 60);
  CHECK((by_city.clustered - by_row.clustered).cwiseAbs().maxCoeff() > 1e-4);
}

}  // namespace
