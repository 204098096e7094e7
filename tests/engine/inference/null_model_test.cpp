/// Tests of the baseline's likelihood against the closed form of shares, and of spells against a fine grid.
#include "inference/null_model.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "made_rows.hpp"

namespace {

using namespace hansa::test;

double of_share(double k, double n) {
  return k * std::log(k / n) + (n - k) * std::log(1 - k / n);
}

TEST_CASE("without spells each policy has its share of adoptions") {
  hansa::Design design = rows_of(std::vector<std::vector<double>>(9, {1}), {1, 0, 0, 0, 1, 1, 0, 0, 0});
  CHECK(hansa::null_log_likelihood(design) == doctest::Approx(of_share(3, 9)).epsilon(1e-14));
  design.policy = {0, 0, 0, 0, 1, 1, 1, 2, 2};
  CHECK(hansa::null_log_likelihood(design) == doctest::Approx(of_share(1, 4) + of_share(2, 3)).epsilon(1e-14));
}

TEST_CASE("spells: the maximum of a fine grid of hazards") {
  hansa::Design design = rows_of(std::vector<std::vector<double>>(9, {1}), {0, 0, 0, 1, 0, 0, 1, 0, 1});
  design.spell = {-1, -1, 0, 0, 1, 1, 1, -1, -1};
  double best = -1e300;
  for (double h = 0.001; h < 2; h += 1e-5)
    best = std::max(best,
                    -3 * h + std::log(-std::expm1(-2 * h)) + std::log(-std::expm1(-3 * h)) + std::log(-std::expm1(-h)));
  CHECK(hansa::null_log_likelihood(design) == doctest::Approx(best).epsilon(1e-9));
}

TEST_CASE("policies that nobody or everybody adopts cost nothing") {
  CHECK(hansa::null_log_likelihood(rows_of({{1}, {1}}, {0, 0})) == 0);
  CHECK(hansa::null_log_likelihood(rows_of({{1}, {1}}, {1, 1})) == 0);
  CHECK(hansa::null_chances(rows_of({{1}, {1}}, {0, 0})).at(0) == 0);
  CHECK(hansa::null_chances(rows_of({{1}, {1}}, {1, 1})).at(0) == 1);
}

TEST_CASE("the chance at the maximum is a policy's share of adoptions") {
  hansa::Design design = rows_of(std::vector<std::vector<double>>(7, {1}), {1, 0, 0, 0, 1, 1, 0});
  design.policy = {0, 0, 0, 0, 1, 1, 1};
  std::map<hansa::Index, double> const chances = hansa::null_chances(design);
  CHECK(chances.at(0) == doctest::Approx(1. / 4).epsilon(1e-14));
  CHECK(chances.at(1) == doctest::Approx(2. / 3).epsilon(1e-14));
}

}  // namespace
