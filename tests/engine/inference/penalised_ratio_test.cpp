/// The penalised likelihood ratio, against maxima found by trying and against the usual one.
#include "inference/penalised_ratio.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "engine/inference/observed_rows.hpp"
#include "inference/build_design.hpp"

using namespace hansa;

namespace {

EventHistoryFit firth(Design const& design) {
  EventHistoryOptions options;
  options.penalty = Penalty::firth;
  options.clusters.clear();
  return fit_event_history(design, options);
}

/// ln L + ln |X'WX| / 2 of a logit with two columns.
double penalised(Design const& design, double a, double b) {
  double value = 0, i[3] = {0, 0, 0};
  for (std::size_t r = 0; r < design.rows(); ++r) {
    auto const row = static_cast<Eigen::Index>(r);
    double const eta = a * design.x(row, 0) + b * design.x(row, 1), p = 1 / (1 + std::exp(-eta));
    value += design.event[r] != 0 ? std::log(p) : std::log1p(-p);
    i[0] += p * (1 - p) * design.x(row, 0) * design.x(row, 0);
    i[1] += p * (1 - p) * design.x(row, 0) * design.x(row, 1);
    i[2] += p * (1 - p) * design.x(row, 1) * design.x(row, 1);
  }
  return value + std::log(i[0] * i[2] - i[1] * i[1]) / 2;
}

}  // namespace

TEST_CASE("separated rows by hand: both maxima with the penalty of the whole design") {
  // x separates: nobody with x = 1 adopted.
  Design const design = test::rows_of({{"x", {1, 1, 1, 0, 0, 0, 0, 0}}, {"baseline", std::vector<double>(8, 1)}},
                                      {0, 0, 0, 1, 0, 1, 0, 1});
  EventHistoryFit const fit = firth(design);
  REQUIRE(fit.estimated());
  CHECK(fit.separation != Separation::none);
  auto const test = penalised_ratio_test(design, fit, {1});
  REQUIRE(test);
  CHECK(test->degrees == 1);
  double within = -1e9, whole = penalised(design, fit.coefficients[0], fit.coefficients[1]);
  for (int k = -300000; k <= 300000; ++k) within = std::max(within, penalised(design, 0, k * 1e-5));
  CHECK(test->statistic == doctest::Approx(2 * (whole - within)).epsilon(1e-8));
  CHECK(test->statistic > 1);
  // Its own penalty would say something else, and change with the units of the column.
  Design scaled = design;
  scaled.x.col(0) *= 1000;
  auto const same = penalised_ratio_test(scaled, firth(scaled), {1});
  REQUIRE(same);
  CHECK(same->statistic == doctest::Approx(test->statistic).epsilon(1e-9));
}

TEST_CASE("with many rows it is near the usual likelihood ratio") {
  Design const design = test::drawn_rows(21, 800, -2, 0.3, 0.4);
  EventHistoryFit const fit = firth(design);
  EventHistoryOptions plain;
  plain.clusters.clear();
  auto const usual =
      likelihood_ratio_test(fit_event_history(design, plain), fit_event_history(with_columns(design, {0}), plain));
  auto const test = penalised_ratio_test(design, fit, {0});
  REQUIRE(test);
  REQUIRE(usual);
  CHECK(test->degrees == 2);
  CHECK(test->statistic == doctest::Approx(usual->statistic).epsilon(0.02));
  CHECK(test->p == doctest::Approx(usual->p).epsilon(0.2));
}

TEST_CASE("without a penalty, or without a restriction, there is no test") {
  Design const design = test::drawn_rows(22, 60, -1, 0.3, 0.4);
  EventHistoryOptions plain;
  CHECK_FALSE(penalised_ratio_test(design, fit_event_history(design, plain), {0}));
  CHECK_FALSE(penalised_ratio_test(design, firth(design), {0, 1, 2}));
  CHECK_FALSE(penalised_ratio_test(design, firth(design), {}));
}
