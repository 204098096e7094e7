/// Tests of statistics/bass_fit.
#include "statistics/bass_fit.hpp"

#include <cmath>
#include <vector>

#include <doctest/doctest.h>

using namespace hansa;

TEST_CASE("the curve that was drawn is found again") {
  for (double const p : {0.003, 0.03}) {
    for (double const q : {0.2, 0.6}) {
      std::vector<double> x;
      for (int t = 1; t <= 20; ++t) x.push_back(150 * (bass_share(p, q, t) - bass_share(p, q, t - 1)));
      std::optional<BassFit> const fit = fit_bass(x);
      REQUIRE(fit);
      CHECK(fit->p == doctest::Approx(p).epsilon(1e-8));
      CHECK(fit->q == doctest::Approx(q).epsilon(1e-8));
      CHECK(fit->m == doctest::Approx(150).epsilon(1e-8));
      CHECK(fit->p_error < 1e-6);
    }
  }
}

TEST_CASE("the share runs from 0 to 1") {
  CHECK(bass_share(0.03, 0.4, 0) == 0);
  // by hand: e = exp(-0.43), (1 - e)/(1 + 13.33 e)
  double const e = std::exp(-0.43);
  CHECK(bass_share(0.03, 0.4, 1) == doctest::Approx((1 - e) / (1 + 0.4 / 0.03 * e)));
  CHECK(bass_share(0.03, 0.4, 1000) == doctest::Approx(1));
}

TEST_CASE("there is no fit of too little, nor where no minimum lies inside") {
  CHECK_FALSE(fit_bass(std::vector<double>{1, 2, 3}));
  CHECK_FALSE(fit_bass(std::vector<double>{0, 5, 0, 0, 0, 7}));
  CHECK_FALSE(fit_bass(std::vector<double>{1, 2, 4, 8, 16, 32, 64}));  // it only rises: nothing tells m
  CHECK_FALSE(fit_bass(std::vector<double>{}));
}
