/// Tests of the likelihood against its own differences, spells by hand, and Firth's penalty.
#include "inference/likelihood.hpp"

#include <Eigen/LU>
#include <cmath>

#include <doctest/doctest.h>

#include "made_rows.hpp"

namespace {

using namespace hansa::test;
using hansa::FitLink;

hansa::Sample sample_of(FitLink link, int spell_percent) {
  MadeModel model{.link = link, .spell_percent = spell_percent};
  model.beta = {-1.5, 0.5, 0.4, 0.3};
  model.log_linear = link == FitLink::additive ? 2 : 0;
  hansa::Design const design = draw(model, 11);
  return hansa::make_sample(design, link, design.x);
}

Eigen::VectorXd const at = (Eigen::VectorXd(4) << -1.2, 0.3, 0.6, 0.2).finished();

/// Central differences of a function of the coefficients.
template <class Function>
Eigen::VectorXd slope_of(Function const& f, Eigen::VectorXd const& b) {
  Eigen::VectorXd slope(b.size());
  for (Eigen::Index k = 0; k < b.size(); ++k) {
    Eigen::VectorXd const step = 1e-5 * Eigen::VectorXd::Unit(b.size(), k);
    slope[k] = (f(b + step) - f(b - step)) / 2e-5;
  }
  return slope;
}

TEST_CASE("gradient and observed information are those of differences, with and without spells") {
  for (FitLink const link : every_link) {
    for (int const percent : {0, 60}) {
      hansa::Sample const sample = sample_of(link, percent);
      CHECK((sample.units() < sample.rows()) == (percent > 0));
      hansa::Evaluation const here = hansa::evaluate(sample, at);
      Eigen::VectorXd const slope = slope_of([&](auto const& b) { return hansa::evaluate(sample, b).value; }, at);
      CHECK((here.gradient - slope).cwiseAbs().maxCoeff() < 1e-6 * here.gradient.cwiseAbs().maxCoeff());
      for (Eigen::Index k = 0; k < 4; ++k) {
        Eigen::VectorXd const bend =
            slope_of([&](auto const& b) { return hansa::evaluate(sample, b).gradient[k]; }, at);
        CHECK((here.observed.row(k).transpose() + bend).cwiseAbs().maxCoeff() <
              1e-6 * here.observed.cwiseAbs().maxCoeff());
      }
      CHECK((hansa::unit_scores(sample, at).colwise().sum().transpose() - here.gradient).cwiseAbs().maxCoeff() < 1e-10);
    }
  }
}

TEST_CASE("expected information is the mean of outer scores over both outcomes") {
  for (FitLink const link : every_link) {
    hansa::Sample sample = sample_of(link, 60);
    hansa::Evaluation const here = hansa::evaluate(sample, at);
    hansa::RowMatrix const given = hansa::unit_scores(sample, at);
    hansa::Predictors const where = hansa::predict(sample, at);
    Eigen::MatrixXd mean = Eigen::MatrixXd::Zero(4, 4);
    for (std::size_t u = 0; u < sample.units(); ++u) {
      double sum = 0;
      for (std::size_t r = sample.begin[u]; r < sample.begin[u + 1]; ++r)
        sum += hansa::hazard(link, where.eta[r]).value + where.added[r];
      double const p = 1 - std::exp(-sum);
      Eigen::VectorXd const score = given.row(static_cast<Eigen::Index>(u)).transpose();
      // the score of one outcome is that of the other times −(1−p)/p
      double const odds = sample.event[u] != 0 ? p / (1 - p) : (1 - p) / p;
      mean += (sample.event[u] != 0 ? p : 1 - p) * (1 + odds) * score * score.transpose();
    }
    CHECK((here.expected - mean).cwiseAbs().maxCoeff() < 1e-9 * mean.cwiseAbs().maxCoeff());
  }
}

TEST_CASE("a spell is the chance of adopting in any of its rows") {
  hansa::Design design = rows_of({{1, 0}, {1, 1}, {1, 2}, {1, 3}}, {0, 0, 0, 1});
  design.spell = {-1, 5, 5, 5};
  design.city = {0, 0, 0, 0};
  Eigen::VectorXd const b = (Eigen::VectorXd(2) << -1, 0.4).finished();
  for (FitLink const link : {FitLink::logit, FitLink::cloglog, FitLink::probit}) {
    double survived = 1;
    for (int k = 1; k < 4; ++k) survived *= 1 - hansa::chance(link, -1 + 0.4 * k);
    double const expected = std::log(1 - hansa::chance(link, -1)) + std::log(1 - survived);
    CHECK(hansa::evaluate(hansa::make_sample(design, link, design.x), b).value ==
          doctest::Approx(expected).epsilon(1e-13));
  }
}

TEST_CASE("a spell without a decision at its end is so many rows survived") {
  hansa::Design design = rows_of({{1, 0}, {1, 1}, {1, 2}}, {0, 0, 0});
  hansa::Design spells = design;
  spells.spell = {0, 0, 0};
  Eigen::VectorXd const b = (Eigen::VectorXd(2) << -1, 0.4).finished();
  CHECK(hansa::evaluate(hansa::make_sample(spells, FitLink::logit, spells.x), b).value ==
        hansa::evaluate(hansa::make_sample(design, FitLink::logit, design.x), b).value);
}

TEST_CASE("Firth's penalty adds half the log-determinant, and its gradient is that of differences") {
  for (FitLink const link : every_link) {
    for (int const percent : {0, 60}) {
      hansa::Sample const sample = sample_of(link, percent);
      hansa::Evaluation const plain = hansa::evaluate(sample, at);
      hansa::Evaluation const here = hansa::evaluate_firth(sample, at);
      CHECK(here.value == doctest::Approx(plain.value + 0.5 * std::log(plain.expected.determinant())).epsilon(1e-12));
      Eigen::VectorXd const slope = slope_of([&](auto const& b) { return hansa::evaluate_firth(sample, b).value; }, at);
      CHECK((here.gradient - slope).cwiseAbs().maxCoeff() < 1e-6 * plain.gradient.cwiseAbs().maxCoeff());
      hansa::Evaluation const curved = hansa::evaluate_firth_curved(sample, at);
      CHECK(curved.value == here.value);
      for (Eigen::Index k = 0; k < 4; ++k) {
        Eigen::VectorXd const bend =
            slope_of([&](auto const& b) { return hansa::evaluate_firth(sample, b).gradient[k]; }, at);
        CHECK((curved.observed.row(k).transpose() + bend).cwiseAbs().maxCoeff() < 1e-6 * curved.observed.norm());
      }
    }
  }
}

TEST_CASE("a common shift has the derivatives of differences") {
  for (FitLink const link : every_link) {
    hansa::Sample const sample = sample_of(link, 60);
    hansa::Predictors const where = hansa::predict(sample, at);
    std::vector<std::size_t> units;
    for (std::size_t u = 0; u < sample.units(); u += 2) units.push_back(u);
    auto const low = hansa::shift_terms(sample, where, units, 0.3 - 1e-5);
    auto const here = hansa::shift_terms(sample, where, units, 0.3);
    auto const high = hansa::shift_terms(sample, where, units, 0.3 + 1e-5);
    CHECK(here.slope == doctest::Approx((high.value - low.value) / 2e-5).epsilon(1e-6));
    CHECK(here.observed == doctest::Approx((low.slope - high.slope) / 2e-5).epsilon(1e-6));
    CHECK(here.expected > 0);
  }
}

}  // namespace
