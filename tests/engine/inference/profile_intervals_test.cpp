/// Tests of profile-likelihood intervals: closed forms, and the loss of likelihood at both ends.
#include "inference/profile_intervals.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "inference/event_history.hpp"
#include "made_rows.hpp"

namespace {

using namespace hansa::test;
using hansa::FitLink;
using hansa::Intervals;

constexpr double z95 = 1.959963984540054;

/// The η at which the likelihood of k of n has fallen by z²/2, by bisection.
double end_of_share(double k, double n, double from, double to) {
  auto const value = [&](double eta) { return k * eta - n * std::log1p(std::exp(eta)); };
  double const top = value(std::log(k / (n - k)));
  for (int step = 0; step < 200; ++step) {
    double const middle = 0.5 * (from + to);
    (2 * (top - value(middle)) < z95 * z95 ? from : to) = middle;
  }
  return 0.5 * (from + to);
}

TEST_CASE("an intercept alone has the profile of a share") {
  std::vector<int> event(20, 0);
  event[3] = event[4] = event[9] = 1;
  hansa::Design const design = rows_of(std::vector<std::vector<double>>(20, {1}), event);
  hansa::EventHistoryFit const fit = hansa::fit_event_history(design, {.intervals = Intervals::profile});
  double const top = std::log(3.0 / 17);
  CHECK(fit.lower[0] == doctest::Approx(end_of_share(3, 20, top, top - 10)).epsilon(1e-8));
  CHECK(fit.upper[0] == doctest::Approx(end_of_share(3, 20, top, top + 10)).epsilon(1e-8));
}

TEST_CASE("at each end the likelihood maximised over the rest has fallen by half of z squared") {
  for (FitLink const link : {FitLink::logit, FitLink::cloglog, FitLink::probit}) {
    for (double const level : {0.5, 0.95, 0.999}) {
      hansa::Design const design = draw({.link = link}, 31);
      hansa::EventHistoryFit const fit =
          hansa::fit_event_history(design, {.link = link, .intervals = Intervals::profile, .level = level});
      double const z = hansa::flat::inverse_normal(0.5 + 0.5 * level);
      for (Eigen::Index j = 0; j < 3; ++j) {
        for (double const end : {fit.lower[j], fit.upper[j]}) {
          // the other columns, searched afresh with column j held
          hansa::Sample const sample = hansa::make_sample(design, link, design.x);
          Eigen::VectorXd start = fit.coefficients;
          start[j] = end;
          hansa::Constraints held;
          held.fixed.assign(3, 0);
          held.fixed[static_cast<std::size_t>(j)] = 1;
          auto const found = hansa::maximise([&](auto const& b) { return hansa::evaluate(sample, b); }, start, held);
          CHECK(2 * (fit.log_likelihood - found.there.value) == doctest::Approx(z * z).epsilon(1e-7));
        }
        CHECK(fit.lower[j] < fit.coefficients[j]);
        CHECK(fit.coefficients[j] < fit.upper[j]);
      }
    }
  }
}

TEST_CASE("with many rows profile and Wald intervals meet") {
  hansa::Design const design = draw({.cities = 4000}, 12);
  auto const profile = hansa::fit_event_history(design, {.intervals = Intervals::profile});
  auto const wald = hansa::fit_event_history(design, {});
  for (Eigen::Index j = 0; j < 3; ++j) {
    double const error = std::sqrt(wald.covariance(j, j));
    CHECK(std::fabs(profile.lower[j] - wald.lower[j]) < 0.02 * error);
    CHECK(std::fabs(profile.upper[j] - wald.upper[j]) < 0.02 * error);
    CHECK(wald.upper[j] - wald.lower[j] == doctest::Approx(2 * z95 * error).epsilon(1e-12));
  }
}

TEST_CASE("a profile with Firth's penalty ends also where there is separation") {
  std::vector<std::vector<double>> x;
  std::vector<int> event;
  for (int k = 0; k < 30; ++k) {
    x.push_back({1, k % 2 == 0 ? 1.0 : 0.0});
    event.push_back(k % 2 == 0 && k % 5 == 0);
  }
  hansa::EventHistoryFit const fit =
      hansa::fit_event_history(rows_of(x, event), {.penalty = hansa::Penalty::firth, .intervals = Intervals::profile});
  REQUIRE(fit.estimated());
  CHECK(fit.separation == hansa::Separation::quasi_complete);
  for (Eigen::Index j = 0; j < 2; ++j) {
    CHECK(std::isfinite(fit.lower[j]));
    CHECK(std::isfinite(fit.upper[j]));
    CHECK(fit.lower[j] < fit.coefficients[j]);
    CHECK(fit.upper[j] > fit.coefficients[j]);
  }
}

TEST_CASE("a likelihood that hardly falls has no end") {
  // −1/(1 + e^b): rises from −1 to 0, so that the loss to the left of a far maximum stays below 2
  auto const flat = [](Eigen::VectorXd const& b) {
    double const p = 1 / (1 + std::exp(-b[0]));
    Eigen::MatrixXd const bend = Eigen::MatrixXd::Constant(1, 1, std::max(1e-8, p * (1 - p)));
    return hansa::Evaluation{-(1 - p), Eigen::VectorXd::Constant(1, p * (1 - p)), bend, bend};
  };
  hansa::Maximum best;
  best.at = Eigen::VectorXd::Constant(1, 30);
  best.there = flat(best.at);
  best.on_bound = {0};
  hansa::ProfileQuestion question{.direction = Eigen::VectorXd::Ones(1), .side = -1, .z = z95, .error = 1};
  CHECK(hansa::profile_end(flat, best, question) == -HUGE_VAL);
}

/// A level of no effect beside a pressure that adds: hazards with several peaks and level tails.
hansa::Design pressed_rows(std::uint64_t seed) {
  std::uint64_t state = seed * 77777;
  auto const uniform = [&] {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<double>(state >> 33) / 2147483648.0;
  };
  std::vector<std::vector<double>> x;
  std::vector<int> event;
  for (int i = 0; i < 600; ++i) {
    double const pressure = uniform();
    x.push_back({1, static_cast<double>(i % 2), static_cast<double>(i / 2 % 10), pressure});
    event.push_back(uniform() < 1 - hansa::flat::exp(-0.02 - 0.03 * pressure));
  }
  hansa::Design design = rows_of(x, event);
  design.log_linear = 3;
  return design;
}

/// The least loss with a coefficient held, of searches from several starts.
double least_loss(hansa::Design const& design, hansa::EventHistoryFit const& fit, Eigen::Index column, double value) {
  hansa::Sample const sample = hansa::make_sample(design, FitLink::additive, design.x);
  hansa::Constraints held;
  held.fixed = {0, 0, 0, 0};
  held.fixed[static_cast<std::size_t>(column)] = 1;
  held.nonnegative = {0, 0, 0, 1};
  double best = -HUGE_VAL;
  for (double const baseline : {0., -1., 1., -3., -6.})
    for (double const pressure : {0., 0.05}) {
      Eigen::VectorXd start = fit.coefficients;
      start[0] += baseline;
      start[3] += pressure;
      start[column] = value;
      auto const found =
          hansa::maximise([&](auto const& b) { return hansa::evaluate(sample, b); }, start, held, 1e-14, 1000);
      if (found.converged) best = std::max(best, found.there.value);
    }
  return 2 * (fit.log_likelihood - best);
}

TEST_CASE("of hazards that add only searches that settled say where an interval ends") {
  for (std::uint64_t const seed : {1, 5, 11}) {
    CAPTURE(seed);
    hansa::Design const design = pressed_rows(seed);
    hansa::EventHistoryFit const fit = hansa::fit_event_history(design, {.link = FitLink::additive,
                                                                         .information = hansa::Information::observed,
                                                                         .clusters = {},
                                                                         .intervals = Intervals::profile});
    REQUIRE(fit.estimated());
    if (seed != 1) CHECK(fit.lower[1] == -HUGE_VAL);  // the pressure can do without that level
    for (Eigen::Index j = 0; j < 4; ++j) {
      CAPTURE(j);
      for (double const end : {fit.lower[j], fit.upper[j]}) {
        if (!std::isfinite(end) || (j == 3 && end == 0)) continue;
        CHECK(end != fit.coefficients[j]);
        CHECK(least_loss(design, fit, j, end) == doctest::Approx(z95 * z95).epsilon(1e-5));
      }
    }
  }
}

TEST_CASE("an end that no search finds is unknown, and none is made up") {
  // A quadratic hill that is told, beyond 1, only as a cliff without a slope that is a number.
  auto const cliff = [](Eigen::VectorXd const& b) {
    bool const beyond = std::fabs(b[0]) > 1;
    Eigen::MatrixXd const bend = 0.5 * Eigen::MatrixXd::Identity(2, 2);
    Eigen::VectorXd const slope = beyond ? Eigen::VectorXd::Constant(2, std::nan("")) : Eigen::VectorXd(-0.5 * b);
    return hansa::Evaluation{beyond ? -1e9 : -0.25 * b.squaredNorm(), slope, bend, bend};
  };
  hansa::Maximum best;
  best.at = Eigen::VectorXd::Zero(2);
  best.there = cliff(best.at);
  best.on_bound = {0, 0};
  hansa::ProfileQuestion const question{.direction = Eigen::VectorXd::Unit(2, 0), .side = 1, .z = z95, .error = 1};
  CHECK(std::isnan(hansa::profile_end(cliff, best, question)));
}

}  // namespace
