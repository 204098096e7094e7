/// Tests of calibration/population and calibration/priors.
#include "calibration/population.hpp"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

SweptParameter parameter(std::string const& path, Distribution::Law law, std::vector<double> const& numbers) {
  SweptParameter made;
  made.path.name = path;
  made.keys = {"policies", "led", path};
  made.distribution.law = law;
  made.distribution.numbers = numbers;
  return made;
}

Priors two_priors() {
  CalibrateSpec spec;
  spec.parameters = {parameter("a", Distribution::Law::uniform, {0, 1}),
                     parameter("b", Distribution::Law::integer, {1, 3})};
  return {spec, Scenario{}};
}

}  // namespace

TEST_CASE("the effective size of equal weights is their number, and of a single one 1") {
  CHECK(effective_size(std::vector<double>{0.25, 0.25, 0.25, 0.25}) == 4);
  CHECK(effective_size(std::vector<double>{0, 1, 0}) == 1);
  CHECK(effective_size(std::vector<double>{}) == 0);
}

TEST_CASE("a weighted quantile is the smallest value with so much weight up to it") {
  std::vector<double> const weights = {0.1, 0.6, 0.3};
  CHECK(weighted_quantile({3, 1, 2}, weights, 0.5) == 1);
  CHECK(weighted_quantile({3, 1, 2}, weights, 0.7) == 2);
  CHECK(weighted_quantile({3, 1, 2}, weights, 1) == 3);
  CHECK(std::isnan(weighted_quantile({}, {}, 0.5)));
}

TEST_CASE("parameters have their priors' quantiles") {
  Priors const priors = two_priors();
  CHECK(priors.value(0, 0) == doctest::Approx(0.5));
  CHECK(priors.value(0, 1.959963984540054) == doctest::Approx(0.975));
  CHECK(priors.value(0, 1e3) <= 1);
  CHECK(priors.value(0, -1e3) >= 0);
  CHECK(priors.value(1, -1) == 1);
  CHECK(priors.value(1, 0) == 2);
  CHECK(priors.value(1, 1) == 3);
}

TEST_CASE("proposals of a kernel, with their weights, have the moments of the prior") {
  Priors const priors = two_priors();
  // A population that is far from the prior: weights must bring its proposals back.
  Population from;
  Kernel const first(priors, 7);
  for (std::int64_t k = 0; k < 300; ++k) {
    Proposal const each = first.propose(0, k);
    from.hypothesis.push_back(0);
    from.z.push_back(0.5 + 0.8 * each.z[0]);
    from.z.push_back(-0.3 + 0.9 * each.z[1] + 0.4 * each.z[0]);
    from.weight.push_back(1.0 / 300);
  }
  Kernel const kernel(priors, 7, from);
  double weights = 0, squares_of_weights = 0;
  double sums[2] = {0, 0}, squares[2] = {0, 0}, product = 0;
  constexpr std::int64_t count = 40000;
  for (std::int64_t k = 0; k < count; ++k) {
    Proposal const each = kernel.propose(1, k);
    double const weight = kernel.weight(each);
    weights += weight;
    squares_of_weights += weight * weight;
    for (std::size_t d = 0; d < 2; ++d) {
      sums[d] += weight * each.z[d];
      squares[d] += weight * each.z[d] * each.z[d];
    }
    product += weight * each.z[0] * each.z[1];
  }
  // Four standard errors with the effective number of draws.
  double const error = 4 / std::sqrt(weights * weights / squares_of_weights);
  CHECK(std::fabs(weights / count - 1) < error);  // of normalised densities the mean weight is 1
  for (std::size_t d = 0; d < 2; ++d) {
    CHECK(std::fabs(sums[d] / weights) < error);
    CHECK(std::fabs(squares[d] / weights - 1) < 2 * error);
  }
  CHECK(std::fabs(product / weights) < error);
}

TEST_CASE("a proposal is a function of seed, generation and number") {
  Priors const priors = two_priors();
  Kernel const one(priors, 7), same(priors, 7), other(priors, 8);
  CHECK(one.propose(0, 3).z == same.propose(0, 3).z);
  CHECK(one.propose(0, 3).z != one.propose(0, 4).z);
  CHECK(one.propose(0, 3).z != one.propose(1, 3).z);
  CHECK(one.propose(0, 3).z != other.propose(0, 3).z);
}
