/// A hundred histories of imitation and of learning with equal mean curves: what tells them apart.
#include "recovery/latent/latent.hpp"

#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>

using namespace hansa::test;

TEST_CASE("mean curves of imitation and of learning are alike") {
  std::vector<double> const one = mean_curve(Truth::imitation, 4000), other = mean_curve(Truth::learning, 4000);
  double apart = 0;
  for (std::size_t t = 0; t < one.size(); ++t) apart = std::max(apart, std::fabs(one[t] - other[t]));
  MESSAGE("largest difference of mean curves: " << apart << " of 200 cities");
  CHECK(apart < 3);  // histories differ by ten and more
}

TEST_CASE("the curve alone does not tell learning from imitation") {
  Picked const picked = pick("curve", 100, 200, 6);
  MESSAGE("by the curve: " << picked.right << " of 100, mean probability " << picked.certain);
  CHECK(picked.right >= 35);  // where a coin is tossed, it is beyond these in one of 500 such sets of histories
  CHECK(picked.right <= 65);
}

TEST_CASE("the default summaries tell learning from imitation in at least 80 of 100 histories") {
  Picked const picked = pick("curve, exposure_at_adoption, moran", 100, 200, 6);  // there are no groups
  MESSAGE("by the default summaries: " << picked.right << " of 100, mean probability " << picked.certain);
  CHECK(picked.right >= 80);
}
