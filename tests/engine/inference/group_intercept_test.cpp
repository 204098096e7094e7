/// Tests of the integrated intercept of groups against brute force on a fine grid, and of its derivatives.
#include "inference/group_intercept.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "inference/event_history.hpp"
#include "made_rows.hpp"

namespace {

using namespace hansa::test;
using hansa::FitLink;

hansa::Design design_for(FitLink link, int spell_percent = 0, std::size_t cities = 12) {
  MadeModel model{.cities = cities, .years = 6, .link = link, .city_sd = 1.2, .spell_percent = spell_percent};
  if (link == FitLink::additive) model.beta[2] = 0.15;
  model.log_linear = link == FitLink::additive ? 2 : 0;
  return draw(model, 21);
}

/// Σ_city ln ∫ L(u) φ(u/σ)/σ du by the trapezoidal rule, which is exact to many digits for such integrands.
double by_brute_force(hansa::Design const& design, FitLink link, Eigen::VectorXd const& b, double sd) {
  hansa::Sample const sample = hansa::make_sample(design, link, design.x);
  hansa::Predictors const at = hansa::predict(sample, b);
  double total = 0;
  for (hansa::Index city = 0; city < 12; ++city) {
    std::vector<std::size_t> units;
    for (std::size_t u = 0; u < sample.units(); ++u)
      if (design.city[sample.begin[u]] == city) units.push_back(u);
    double sum = 0;
    double const step = 0.02;
    for (double z = -12; z <= 12; z += step)
      sum += step * std::exp(hansa::shift_terms(sample, at, units, sd * z).value - 0.5 * z * z);
    total += std::log(sum / std::sqrt(2 * 3.14159265358979323846));
  }
  return total;
}

TEST_CASE("quadrature agrees with brute force") {
  for (FitLink const link : every_link) {
    for (int const percent : {0, 70}) {
      hansa::Design const design = design_for(link, percent);
      Eigen::VectorXd const b = (Eigen::VectorXd(3) << -1.1, 0.4, 0.2).finished();
      for (double const sd : {0.05, 0.8, 2.5}) {
        Eigen::VectorXd at(4);
        at << b, std::log(sd);
        double const expected = by_brute_force(design, link, b, sd);
        hansa::Sample const sample = hansa::make_sample(design, link, design.x);
        // the wider the law of the intercept beside what a city tells, the less normal is what is integrated
        int const many = sd < 1 ? 25 : 80;
        CHECK(hansa::GroupIntercept(sample, design.city, many)(at).value == doctest::Approx(expected).epsilon(1e-8));
        double const tolerance = sd < 1 ? 1e-6 : 5e-4;
        CHECK(hansa::GroupIntercept(sample, design.city, 15)(at).value == doctest::Approx(expected).epsilon(tolerance));
      }
    }
  }
}

TEST_CASE("gradient and information are those of differences") {
  for (FitLink const link : every_link) {
    for (int const percent : {0, 70}) {
      hansa::Design const design = design_for(link, percent);
      hansa::GroupIntercept intercept(hansa::make_sample(design, link, design.x), design.city, 41);
      Eigen::VectorXd const at = (Eigen::VectorXd(4) << -1.1, 0.4, 0.2, -0.3).finished();
      hansa::Evaluation const here = intercept(at);
      for (Eigen::Index k = 0; k < 4; ++k) {
        Eigen::VectorXd const step = 1e-4 * Eigen::VectorXd::Unit(4, k);
        hansa::Evaluation const low = intercept(at - step), high = intercept(at + step);
        CHECK(here.gradient[k] == doctest::Approx((high.value - low.value) / 2e-4).epsilon(1e-5).scale(0.1));
        Eigen::VectorXd const bend = (low.gradient - high.gradient) / 2e-4;
        CHECK((here.observed.row(k).transpose() - bend).cwiseAbs().maxCoeff() <
              1e-5 * here.observed.cwiseAbs().maxCoeff());
      }
      hansa::RowMatrix const scores = intercept.scores(at);
      CHECK(scores.rows() == 12);
      CHECK((scores.colwise().sum().transpose() - here.gradient).cwiseAbs().maxCoeff() < 1e-8);
    }
  }
}

TEST_CASE("the gradient is that of the quadrature, also with too few points") {
  for (FitLink const link : every_link) {
    for (int const percent : {0, 70}) {
      hansa::Design const design = design_for(link, percent);
      hansa::GroupIntercept intercept(hansa::make_sample(design, link, design.x), design.city, 5);
      Eigen::VectorXd const at = (Eigen::VectorXd(4) << -1.1, 0.4, 0.2, 0.9).finished();
      Eigen::VectorXd const gradient = intercept(at).gradient;
      for (Eigen::Index k = 0; k < 4; ++k) {
        Eigen::VectorXd const step = 1e-4 * Eigen::VectorXd::Unit(4, k);
        double const slope = (intercept(at + step).value - intercept(at - step).value) / 2e-4;
        CHECK(std::fabs(gradient[k] - slope) < 1e-6 * gradient.cwiseAbs().maxCoeff());
      }
    }
  }
}

TEST_CASE("a city decides on several policies with one intercept") {
  // the same twelve cities twice, as two policies: not the sum of two fits
  hansa::Design const once = design_for(FitLink::logit);
  hansa::Design twice = once;
  twice.x.conservativeResize(2 * once.x.rows(), Eigen::NoChange);
  twice.x.bottomRows(once.x.rows()) = once.x;
  for (std::size_t r = 0; r < once.rows(); ++r) {
    twice.event.push_back(once.event[r]);
    twice.spell.push_back(-1);
    twice.policy.push_back(1);
    twice.city.push_back(once.city[r]);
    twice.period.push_back(once.period[r]);
  }
  Eigen::VectorXd const at = (Eigen::VectorXd(4) << -1.1, 0.4, 0.2, 0.1).finished();
  hansa::GroupIntercept intercept(hansa::make_sample(twice, FitLink::logit, twice.x), twice.city, 25);
  CHECK(intercept.groups().size() == 12);
  CHECK(intercept(at).value ==
        doctest::Approx(by_brute_force(twice, FitLink::logit, at.head(3), std::exp(0.1))).epsilon(1e-8));
}

TEST_CASE("a fit finds the standard deviation, within three of its errors") {
  for (FitLink const link : {FitLink::logit, FitLink::cloglog, FitLink::probit}) {
    // decisions of one city on many policies tell its intercept
    MadeModel const model{.cities = 3000, .years = 1, .beta = {-1, 0.5}, .link = link, .city_sd = 0};
    hansa::Design design = draw(model, 8);
    Uniform uniform(9);
    for (std::size_t r = 0; r < design.rows(); ++r) design.city[r] = static_cast<hansa::Index>(r / 20);
    double shift = 0;
    for (std::size_t r = 0; r < design.rows(); ++r) {
      if (r % 20 == 0) shift = 0.9 * uniform.normal();
      design.event[r] =
          uniform() < 1 - std::exp(-made_hazard(model, {1, design.x(static_cast<Eigen::Index>(r), 1)}, shift));
    }
    hansa::EventHistoryFit const fit = hansa::fit_event_history(design, {.link = link, .city_intercept = true});
    REQUIRE(fit.estimated());
    REQUIRE(fit.city_sd);
    REQUIRE(fit.covariance.rows() == 3);
    CHECK(fit.information == hansa::Information::observed);
    CHECK(fit.parameters == 3);
    double const error = std::sqrt(fit.covariance(2, 2));
    CHECK(error < 0.2);
    CHECK(std::fabs(std::log(*fit.city_sd / 0.9)) < 3 * error);
    CHECK(std::fabs(fit.coefficients[1] - 0.5) < 3 * std::sqrt(fit.covariance(1, 1)));
    CHECK(fit.clustered.rows() == 3);
    CHECK(fit.clusters == 150);
    hansa::EventHistoryFit const without = hansa::fit_event_history(design, {.link = link});
    CHECK(fit.log_likelihood > without.log_likelihood + 5);
  }
}

TEST_CASE("where each city decides once and for all its years, no standard deviation is found, and that is said") {
  // half of the cities always decide, half never: the wider the law of the intercept, the likelier
  std::vector<std::vector<double>> x(40, {1});
  std::vector<int> event;
  for (int k = 0; k < 40; ++k) event.push_back(k < 20);
  hansa::Design design = rows_of(x, event);
  for (std::size_t r = 0; r < 40; ++r) design.city[r] = static_cast<hansa::Index>(r / 5);
  hansa::EventHistoryFit const fit = hansa::fit_event_history(design, {.city_intercept = true});
  CHECK(fit.failure.find("does not settle") != std::string::npos);
  CHECK_FALSE(fit.city_sd);
  CHECK(fit.coefficients.size() == 0);
}

TEST_CASE("where cities do not differ the standard deviation is 0, and all else as without") {
  hansa::Design const design = draw({.cities = 200, .years = 10}, 2);
  hansa::EventHistoryFit const without = hansa::fit_event_history(design, {});
  hansa::EventHistoryFit const fit = hansa::fit_event_history(design, {.city_intercept = true});
  REQUIRE(fit.estimated());
  REQUIRE(fit.city_sd);
  CHECK(*fit.city_sd == 0);
  CHECK(fit.coefficients == without.coefficients);
  CHECK(fit.log_likelihood == without.log_likelihood);
  CHECK(fit.covariance.row(3).cwiseAbs().maxCoeff() == 0);
  CHECK(fit.clustered.rows() == 4);
  REQUIRE(fit.notes.size() == 1);
  CHECK(fit.notes[0].find("standard deviation of the city intercept is 0") != std::string::npos);
}

}  // namespace
