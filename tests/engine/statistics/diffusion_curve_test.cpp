/// Tests of statistics/diffusion_curve: by hand on three and five cities.
#include "statistics/diffusion_curve.hpp"

#include <doctest/doctest.h>

#include "engine/statistics/three_cities.hpp"

using namespace hansa;
using namespace hansa::test;
using Convention = CurveStatistic::Convention;

TEST_CASE("hazards divide by who is at risk, and by all in the other convention") {
  Adoptions some = adopted_in({2001, 2002, not_in_time}, 3);
  some.entry[2] = 3;
  DiffusionCurve const curve = diffusion_curve(some, Convention::at_risk);
  CHECK(curve.adopters == std::vector<double>{1, 2, 2});
  CHECK(curve.share[1] == doctest::Approx(2 / 3.0));
  CHECK(std::isnan(curve.rate[0]));
  CHECK(curve.rate[1] == 1);
  CHECK(curve.rate[2] == 0);
  CHECK(curve.hazard == std::vector<double>{0.5, 1, 0});
  DiffusionCurve const peer = diffusion_curve(some, Convention::netdiffuser);
  CHECK(peer.rate == std::vector<double>{0, 1, 0});
  CHECK(peer.hazard == std::vector<double>{0, 0.5, 0});
}

TEST_CASE("cities that are not covered count in no curve") {
  Adoptions some = adopted_in({2001, 2002, not_in_time}, 2);
  some.covered[0] = 0;
  DiffusionCurve const curve = diffusion_curve(some, Convention::at_risk);
  CHECK(curve.adopters == std::vector<double>{0, 1});
  CHECK(curve.share == std::vector<double>{0, 0.5});
}

TEST_CASE("survival, its error and the cumulative hazard by hand") {
  Adoptions const five = adopted_in({2001, 2002, 2002, not_in_time, not_in_time}, 3);
  SurvivalEstimates const found = survival_estimates(five);
  CHECK(found.at_risk == std::vector<double>{5, 4, 2});
  CHECK(found.events == std::vector<double>{1, 2, 0});
  CHECK(found.survival[1] == doctest::Approx(0.8 * 0.5));
  CHECK(found.error[1] == doctest::Approx(0.4 * std::sqrt(1 / 20.0 + 2 / 8.0)));
  CHECK(found.cumulative_hazard[2] == doctest::Approx(0.2 + 0.5));
}

TEST_CASE("late entry, exits and earlier adopters change who is at risk") {
  Adoptions five = adopted_in({1999, 2002, 2002, not_in_time, not_in_time}, 3);
  five.entry[1] = 2;
  five.exit[3] = 1;
  SurvivalEstimates const found = survival_estimates(five);
  CHECK(found.at_risk == std::vector<double>{3, 3, 1});
  CHECK(found.events == std::vector<double>{0, 2, 0});
  five.exit[4] = 2;
  CHECK(survival_estimates(five).at_risk[2] == 0);
  CHECK(survival_estimates(five).survival[2] == doctest::Approx(1 / 3.0));
}

TEST_CASE("where all at risk adopt there is no error") {
  SurvivalEstimates const found = survival_estimates(adopted_in({2001, 2002}, 2));
  CHECK(found.survival[1] == 0);
  CHECK(std::isnan(found.error[1]));
  CHECK(found.cumulative_hazard[1] == 1.5);
}

TEST_CASE("periods run from the first adoption, also before time begins") {
  CHECK(adoptions_by_period(adopted_in({1999, 2001, 2001}, 2)) == std::vector<double>{1, 0, 2, 0});
  CHECK(adoptions_by_period(adopted_in({not_in_time}, 2)).empty());
}
