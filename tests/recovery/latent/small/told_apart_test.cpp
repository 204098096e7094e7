/// Histories of imitation and of learning with equal mean curves: a few of them, told apart by all summaries.
#include <doctest/doctest.h>

#include "recovery/latent/latent.hpp"

using namespace hansa::test;

TEST_CASE("small calibrations tell most histories of learning from those of imitation") {
  Picked const picked = pick("curve, exposure_at_adoption, moran", 8, 60, 3);
  MESSAGE(picked.right << " of 8, mean probability " << picked.certain);
}
