/// Tests of additive hazards: enumeration, bounds, and what runs away.
#include "inference/additive.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "made_rows.hpp"

namespace {

using namespace hansa::test;
using hansa::FitLink;

/// ln(1 − e^−h) or −h, h = e^(β0) + γ1 x1 + γ2 x2.
double value_of(hansa::Design const& design, double base, double one, double two) {
  double sum = 0;
  for (std::size_t r = 0; r < design.rows(); ++r) {
    auto const row = static_cast<Eigen::Index>(r);
    double const h = base + one * design.x(row, 1) + two * design.x(row, 2);
    sum += design.event[r] != 0 ? std::log(-std::expm1(-h)) : -h;
  }
  return sum;
}

TEST_CASE("the maximum is that of a fine grid") {
  hansa::Design const design = draw({.beta = {-2.5, 0.2, 0.1}, .link = FitLink::additive, .log_linear = 1}, 14);
  hansa::EventHistoryFit const fit = hansa::fit_event_history(design, {.link = FitLink::additive});
  REQUIRE(fit.estimated());
  double const base = std::exp(fit.coefficients[0]), one = fit.coefficients[1], two = fit.coefficients[2];
  CHECK(fit.log_likelihood == doctest::Approx(value_of(design, base, one, two)).epsilon(1e-12));
  double best = -1e300;
  for (double b = 0.002; b < 0.3; b += 0.006)
    for (double g = 0; g < 0.5; g += 0.01)
      for (double k = 0; k < 0.5; k += 0.01) best = std::max(best, value_of(design, b, g, k));
  CHECK(fit.log_likelihood >= best);
  CHECK(fit.log_likelihood < best + 0.05);
}

TEST_CASE("what would be negative lies on its bound, without error and with a limit above") {
  // adoption becomes rarer with the last column
  MadeModel model{.cities = 300, .beta = {-1.5, 0.3, 0}, .link = FitLink::additive, .log_linear = 1};
  hansa::Design design = draw(model, 15);
  for (std::size_t r = 0; r < design.rows(); ++r)
    if (design.event[r] != 0) design.x(static_cast<Eigen::Index>(r), 2) *= 0.2;
  hansa::EventHistoryFit const fit = hansa::fit_event_history(design, {.link = FitLink::additive});
  REQUIRE(fit.estimated());
  CHECK(fit.boundary == std::vector<std::size_t>{2});
  CHECK(fit.coefficients[2] == 0);
  CHECK(fit.covariance.row(2).cwiseAbs().maxCoeff() == 0);
  CHECK(fit.clustered.col(2).cwiseAbs().maxCoeff() == 0);
  CHECK(fit.lower[2] == 0);
  CHECK(fit.upper[2] > 0);
  CHECK(fit.notes.size() == 1);
  // the other coefficients are those without the column
  hansa::Design less = design;
  less.x = design.x.leftCols(2);
  less.names.pop_back();
  hansa::EventHistoryFit const without = hansa::fit_event_history(less, {.link = FitLink::additive});
  CHECK((fit.coefficients.head(2) - without.coefficients).cwiseAbs().maxCoeff() < 1e-9);
  CHECK((fit.covariance.topLeftCorner(2, 2) - without.covariance).cwiseAbs().maxCoeff() < 1e-9);
  // at the limit above, the rest maximised, the likelihood has fallen by z²/2
  double best = -1e300;
  for (double b = 0.05; b < 0.4; b += 0.002)
    for (double g = 0; g < 0.6; g += 0.004) best = std::max(best, value_of(design, b, g, fit.upper[2]));
  CHECK(2 * (fit.log_likelihood - best) == doctest::Approx(1.96 * 1.96).epsilon(0.01));
}

TEST_CASE("without a baseline, one pressure has the closed form of a share") {
  // h = γ in every row: 1 − e^−γ = 3/10
  hansa::Design const design = rows_of(std::vector<std::vector<double>>(10, {1}), {1, 1, 1, 0, 0, 0, 0, 0, 0, 0});
  hansa::EventHistoryFit const fit = hansa::fit_event_history(design, {.link = FitLink::additive});
  REQUIRE(fit.estimated());
  CHECK(fit.coefficients[0] == doctest::Approx(-std::log(0.7)).epsilon(1e-10));
  // Var = p/((1 − p) n), by the derivative of −ln(1 − p)
  CHECK(fit.covariance(0, 0) == doctest::Approx(0.3 / 0.7 / 10).epsilon(1e-9));
}

TEST_CASE("an adoption that nothing explains is told") {
  hansa::Design const design = rows_of({{1}, {0}, {1}, {1}}, {1, 1, 0, 0});
  hansa::EventHistoryFit const fit = hansa::fit_event_history(design, {.link = FitLink::additive});
  CHECK(fit.failure.find("has chance 0") != std::string::npos);
  CHECK(fit.separated == std::vector<hansa::Index>{1});
}

TEST_CASE("a pressure that only adopters ever felt runs away, and is named") {
  hansa::Design design = draw({.beta = {-1.5, 0.2}, .link = FitLink::additive, .log_linear = 1}, 16);
  for (std::size_t r = 0; r < design.rows(); ++r)
    if (design.event[r] == 0) design.x(static_cast<Eigen::Index>(r), 1) = 0;
  hansa::EventHistoryFit const fit = hansa::fit_event_history(design, {.link = FitLink::additive});
  CHECK(fit.separation == hansa::Separation::quasi_complete);
  CHECK(fit.separating == std::vector<std::size_t>{1});
  CHECK_FALSE(fit.estimated());
}

TEST_CASE("a baseline that is not needed runs to 0, and is named") {
  // adoption only under pressure, and about as often as pressure is high
  Uniform uniform(4);
  std::vector<std::vector<double>> x;
  std::vector<int> event;
  for (int k = 0; k < 400; ++k) {
    double const pressure = k % 2 == 0 ? 0 : 0.5;
    x.push_back({1, pressure});
    event.push_back(pressure > 0 && uniform() < 0.4);
  }
  hansa::Design design = rows_of(x, event);
  design.log_linear = 1;
  hansa::EventHistoryFit const fit = hansa::fit_event_history(design, {.link = FitLink::additive});
  CHECK_FALSE(fit.estimated());
  CHECK(fit.separating == std::vector<std::size_t>{0});
  CHECK(fit.failure.find("runs to 0") != std::string::npos);
}

TEST_CASE("negative pressures are refused by name, row and value") {
  hansa::Design design = rows_of({{1, 2}, {1, -0.5}, {1, 1}}, {1, 0, 1});
  design.log_linear = 1;
  hansa::EventHistoryFit const fit = hansa::fit_event_history(design, {.link = FitLink::additive});
  CHECK(fit.failure.find("'x1' is -0.5 in row 2") != std::string::npos);
}

}  // namespace
