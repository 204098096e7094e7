/// Tests of links: closed forms, tails, and every derivative against differences.
#include "inference/links.hpp"

#include <cmath>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace {

using hansa::FitLink;

TEST_CASE("Mills' ratio agrees with 40-digit values") {
  std::vector<std::pair<double, double>> const known = {
      {0.0, 1.2533141373155002512},  {0.5, 0.87636445645369234673},  {2.4, 0.36605080868715032737},
      {2.5, 0.35426511132979366678}, {2.6, 0.34316414500586912808},  {4.0, 0.23665238291356067062},
      {8.0, 0.12313196325793229628}, {20., 0.049875925981836783658}, {50., 0.019992009580853567311}};
  for (auto const& [x, ratio] : known) CHECK(std::fabs(hansa::mills_ratio(x) / ratio - 1) < 2e-13);
}

TEST_CASE("log-likelihoods of probit agree with 40-digit values in both tails") {
  std::vector<std::pair<double, double>> const known = {{-30, -454.32124395634319711},
                                                        {-6, -20.736768949974705655},
                                                        {-1.5, -2.705944400823889807},
                                                        {0.3, -0.48141016158848119832},
                                                        {7, -1.2798125438866539645e-12}};
  for (auto const& [x, value] : known) {
    CHECK(std::fabs(hansa::row_terms(FitLink::probit, x, true).value / value - 1) < 2e-13);
    CHECK(hansa::row_terms(FitLink::probit, -x, false).value == hansa::row_terms(FitLink::probit, x, true).value);
  }
}

TEST_CASE("a row adds -h without a decision and ln(1 - e^-h) with one") {
  for (FitLink const link : {FitLink::logit, FitLink::cloglog, FitLink::probit}) {
    for (double eta = -6; eta <= 2.5; eta += 0.37) {
      double const h = hansa::hazard(link, eta).value;
      CHECK(hansa::row_terms(link, eta, false).value == doctest::Approx(-h).epsilon(1e-13));
      CHECK(hansa::row_terms(link, eta, true).value == doctest::Approx(std::log(-std::expm1(-h))).epsilon(1e-12));
      CHECK(hansa::chance(link, eta) == doctest::Approx(1 - std::exp(-h)).epsilon(1e-12));
      CHECK(hansa::predictor_of_chance(link, hansa::chance(link, eta)) == doctest::Approx(eta).epsilon(1e-10));
    }
  }
}

TEST_CASE("derivatives of rows are those of differences") {
  double const step = 1e-5;
  for (FitLink const link : {FitLink::logit, FitLink::cloglog, FitLink::probit}) {
    for (bool const event : {false, true}) {
      for (double eta = -9; eta <= 2.5; eta += 0.43) {
        hansa::RowTerms const low = hansa::row_terms(link, eta - step, event);
        hansa::RowTerms const here = hansa::row_terms(link, eta, event);
        hansa::RowTerms const high = hansa::row_terms(link, eta + step, event);
        CHECK(here.slope == doctest::Approx((high.value - low.value) / (2 * step)).epsilon(1e-6).scale(1e-4));
        CHECK(here.observed == doctest::Approx((low.slope - high.slope) / (2 * step)).epsilon(1e-6).scale(1e-6));
        CHECK(here.change == doctest::Approx((high.expected - low.expected) / (2 * step)).epsilon(1e-6).scale(1e-6));
        double const p = hansa::chance(link, eta);
        double const mean =
            p * hansa::row_terms(link, eta, true).observed + (1 - p) * hansa::row_terms(link, eta, false).observed;
        CHECK(here.expected == doctest::Approx(mean).epsilon(1e-9));
      }
    }
  }
}

TEST_CASE("hazards and their derivatives are those of differences") {
  double const step = 1e-5;
  for (FitLink const link : {FitLink::logit, FitLink::cloglog, FitLink::probit, FitLink::additive}) {
    for (double eta = -5; eta <= 2.5; eta += 0.61) {
      hansa::Hazard const low = hansa::hazard(link, eta - step), high = hansa::hazard(link, eta + step);
      hansa::Hazard const here = hansa::hazard(link, eta);
      CHECK(here.slope == doctest::Approx((high.value - low.value) / (2 * step)).epsilon(1e-7));
      CHECK(here.bend == doctest::Approx((high.slope - low.slope) / (2 * step)).epsilon(1e-7));
    }
  }
}

TEST_CASE("sums of hazards have the derivatives of ln(1 - e^-H)") {
  for (double const sum : {1e-6, 0.01, 0.7, 3.0, 20.0}) {
    double const step = 1e-5 * sum;
    auto const low = hansa::sum_terms(sum - step, true), here = hansa::sum_terms(sum, true),
               high = hansa::sum_terms(sum + step, true);
    CHECK(here.score == doctest::Approx((high.value - low.value) / (2 * step)).epsilon(1e-6));
    CHECK(here.outer == doctest::Approx((low.score - high.score) / (2 * step)).epsilon(1e-6));
    CHECK(here.bend == -here.score);
    CHECK(hansa::sum_terms(sum, false).value == -sum);
  }
}

TEST_CASE("nothing is NaN far out") {
  for (FitLink const link : {FitLink::logit, FitLink::cloglog, FitLink::probit}) {
    for (double const eta : {-1e6, -800.0, -40.0, 6.0, 6.6, 40.0, 800.0, 1e6}) {
      for (bool const event : {false, true}) {
        hansa::RowTerms const t = hansa::row_terms(link, eta, event);
        for (double const x : {t.value, t.slope, t.observed, t.expected, t.change}) CHECK_FALSE(std::isnan(x));
        CHECK(t.value <= 0);
        CHECK(t.expected >= 0);
      }
    }
  }
}

}  // namespace
