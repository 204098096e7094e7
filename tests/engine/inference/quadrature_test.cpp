/// Tests of Gauss-Hermite quadrature against moments of the normal law and published nodes.
#include "inference/quadrature.hpp"

#include <cmath>

#include <doctest/doctest.h>

namespace {

double weight(hansa::Quadrature const& rule, std::size_t k) {
  return std::exp(rule.log_weights[k] - rule.nodes[k] * rule.nodes[k]);
}

TEST_CASE("five points are those of Abramowitz & Stegun (1964), table 25.10") {
  hansa::Quadrature const rule = hansa::gauss_hermite(5);
  double const nodes[] = {-2.020182870456086, -0.958572464613819, 0, 0.958572464613819, 2.020182870456086};
  double const weights[] = {0.01995324205905, 0.3936193231522, 0.9453087204829, 0.3936193231522, 0.01995324205905};
  REQUIRE(rule.nodes.size() == 5);
  for (std::size_t k = 0; k < 5; ++k) {
    CHECK(rule.nodes[k] == doctest::Approx(nodes[k]).epsilon(1e-14));
    CHECK(weight(rule, k) == doctest::Approx(weights[k]).epsilon(1e-12));
  }
}

TEST_CASE("n points integrate polynomials of degree 2n - 1 exactly") {
  for (int const points : {1, 2, 3, 8, 15, 40, 99, 200}) {
    hansa::Quadrature const rule = hansa::gauss_hermite(points);
    double moment = std::sqrt(3.14159265358979323846);
    for (int power = 0; power < 2 * points && power <= 20; power += 2) {
      double sum = 0;
      for (std::size_t k = 0; k < rule.nodes.size(); ++k) sum += weight(rule, k) * std::pow(rule.nodes[k], power);
      CHECK(sum == doctest::Approx(moment).epsilon(1e-12));
      moment *= 0.5 * (power + 1);
    }
    for (std::size_t k = 1; k < rule.nodes.size(); ++k) CHECK(rule.nodes[k] > rule.nodes[k - 1]);
  }
}

}  // namespace
