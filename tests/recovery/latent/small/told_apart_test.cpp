/// Histories of imitation and of learning with equal mean curves: a few of them, told apart by the default summaries.
#include <doctest/doctest.h>

#include "recovery/latent/latent.hpp"

using namespace hansa::test;

TEST_CASE("small calibrations tell most histories of learning from those of imitation") {
  Picked const picked = pick("curve, exposure_at_adoption, moran", 12, 60, 4);  // there are no groups
  MESSAGE(picked.right << " of 12, mean probability " << picked.certain);
  CHECK(picked.right >= 9);  // where a coin is tossed: one of 14 such sets; the hundred of the slow suite say more
  CHECK(picked.certain > 0.55);
}
