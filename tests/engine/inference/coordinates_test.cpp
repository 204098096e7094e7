/// Tests of orthonormal coordinates: the columns come back, and combinations are named.
#include "inference/coordinates.hpp"

#include <doctest/doctest.h>

#include "made_rows.hpp"

namespace {

using namespace hansa::test;
using hansa::FitLink;

TEST_CASE("q is orthonormal and the transform brings the columns back") {
  hansa::Design const design = draw({}, 7);
  hansa::Coordinates const c = hansa::orthonormal(design, FitLink::logit);
  REQUIRE(c.aliased.empty());
  Eigen::MatrixXd const gram = c.q.transpose() * c.q / static_cast<double>(design.rows());
  CHECK((gram - Eigen::MatrixXd::Identity(3, 3)).cwiseAbs().maxCoeff() < 1e-14);
  CHECK((design.x * c.transform - c.q).cwiseAbs().maxCoeff() < 1e-13);
}

TEST_CASE("powers of years stay independent, although they are all but collinear") {
  std::vector<std::vector<double>> x;
  std::vector<int> event;
  for (int k = 0; k < 400; ++k) {
    double const year = 1998 + k % 23;
    x.push_back({1, year, year * year, year * year * year});
    event.push_back(k % 3 == 0);
  }
  hansa::Coordinates const c = hansa::orthonormal(rows_of(x, event), FitLink::logit);
  REQUIRE(c.aliased.empty());
  Eigen::MatrixXd const gram = c.q.transpose() * c.q / 400;
  CHECK((gram - Eigen::MatrixXd::Identity(4, 4)).cwiseAbs().maxCoeff() < 1e-13);
}

TEST_CASE("a combination is named with what it is made of") {
  Uniform uniform(3);
  std::vector<std::vector<double>> x;
  std::vector<int> event;
  for (int k = 0; k < 50; ++k) {
    double const a = uniform.normal(), b = uniform.normal();
    x.push_back({1, a, b, 3 - 2 * b, 0, a * b, 1e6 * a * b + 1e3 * a});
    event.push_back(k % 2);
  }
  hansa::Coordinates const c = hansa::orthonormal(rows_of(x, event), FitLink::cloglog);
  REQUIRE(c.aliased.size() == 3);
  CHECK(c.aliased[0].column == 3);
  CHECK(c.aliased[0].of == std::vector<std::size_t>{0, 2});
  CHECK(c.aliased[1].column == 4);
  CHECK(c.aliased[1].of.empty());
  CHECK(c.aliased[2].column == 6);
  CHECK(c.aliased[2].of == std::vector<std::size_t>{1, 5});
}

TEST_CASE("columns that add to a hazard are scaled, not turned") {
  hansa::Design const design = draw({.beta = {-2, 0.3, 0.2, 0.1}, .link = FitLink::additive, .log_linear = 2}, 5);
  hansa::Coordinates const c = hansa::orthonormal(design, FitLink::additive);
  REQUIRE(c.aliased.empty());
  for (Eigen::Index k = 2; k < 4; ++k) {
    for (Eigen::Index j = 0; j < 4; ++j) CHECK((c.transform(j, k) != 0) == (j == k));
    CHECK(c.q.col(k).minCoeff() >= 0);
    CHECK(c.q.col(k).squaredNorm() == doctest::Approx(static_cast<double>(design.rows())));
  }
  CHECK((design.x * c.transform - c.q).cwiseAbs().maxCoeff() < 1e-13);
}

TEST_CASE("dot sums what a plain loop sums") {
  for (std::size_t n : {0u, 1u, 7u, 8u, 9u, 100u}) {
    std::vector<double> x(n), y(n);
    double sum = 0;
    for (std::size_t k = 0; k < n; ++k) sum += (x[k] = static_cast<double>(k)) * (y[k] = 3 - static_cast<double>(k));
    CHECK(hansa::dot(x.data(), y.data(), n) == sum);
  }
}

}  // namespace
