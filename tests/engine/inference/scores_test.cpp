/// Log and Brier scores by hand.
#include "inference/scores.hpp"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "engine/inference/observed_rows.hpp"

using namespace hansa;

TEST_CASE("scores are means over trials") {
  Scores const scores = scores_of({{0.5, 0.2, 0.9}, {1, 0, 0}, {0, 1, 2}});
  CHECK(scores.log == doctest::Approx(-(std::log(0.5) + std::log(0.8) + std::log(0.1)) / 3).epsilon(1e-14));
  CHECK(scores.brier == doctest::Approx((0.25 + 0.04 + 0.81) / 3).epsilon(1e-14));
  CHECK(std::isnan(scores_of({}).log));
  CHECK(scores_of({{1, 0}, {1, 0}, {0, 1}}).log == 0);
  CHECK(scores_of({{0, 0}, {1, 0}, {0, 1}}).log == std::numeric_limits<double>::infinity());
}

TEST_CASE("the difference to a reference has an error clustered by city") {
  Trials const own{{0.6, 0.1, 0.3, 0.2}, {1, 0, 1, 0}, {5, 5, 2, 8}};
  std::vector<double> const reference = {0.3, 0.3, 0.3, 0.3};
  ScoreComparison const found = compare_scores(own, reference);
  CHECK(found.trials == 4);
  CHECK(found.events == 2);
  CHECK(found.cities == 3);
  // Brier: 0.16 - 0.49, 0.01 - 0.09, 0, 0.04 - 0.09
  double const mean = (-0.33 - 0.08 - 0.05) / 4;
  double const of_5 = -0.41 - 2 * mean, of_2 = -mean, of_8 = -0.05 - mean;
  CHECK(found.brier.mean == doctest::Approx(mean).epsilon(1e-13));
  double const error = std::sqrt(1.5 * (of_5 * of_5 + of_2 * of_2 + of_8 * of_8)) / 4;
  CHECK(found.brier.error == doctest::Approx(error).epsilon(1e-13));
  CHECK(found.brier.z == doctest::Approx(mean / error).epsilon(1e-12));
  CHECK(found.brier.p == doctest::Approx(std::erfc(std::fabs(mean / error) / std::sqrt(2))).epsilon(1e-12));
  CHECK(found.brier.skill ==
        doctest::Approx(1 - 0.7 / 1.16).epsilon(1e-13));  // sums 0.16+0.01+0.49+0.04, 0.49·2+0.09·2
  CHECK(found.own.brier == doctest::Approx(0.7 / 4).epsilon(1e-14));
  double const log = -(std::log(0.6 / 0.3) + std::log(0.9 / 0.7) + std::log(0.8 / 0.7)) / 4;
  CHECK(found.log.mean == doctest::Approx(log).epsilon(1e-13));
}

TEST_CASE("a prediction does not differ from itself, one city has no error, and lengths must agree") {
  Trials const own{{0.6, 0.1}, {1, 0}, {1, 2}};
  ScoreComparison const same = compare_scores(own, own.chance);
  CHECK(same.log.mean == 0);
  CHECK(same.log.p == 1);
  CHECK(same.log.skill == 0);
  Trials alone = own;
  alone.city = {1, 1};
  CHECK(std::isnan(compare_scores(alone, std::vector<double>{0.5, 0.5}).log.error));
  CHECK_THROWS_AS((void)compare_scores(own, std::vector<double>{0.5}), Error);
}

TEST_CASE("log scores of trials keep their digits where chances round to 0 or 1") {
  Design design = test::rows_of({{"one", {1, 1, 1, 1, 1, 1}}, {"x", {0, 50, -900, 1, 2, 3}}}, {0, 0, 1, 0, 0, 1});
  design.spell = {-1, -1, -1, 0, 0, 0};
  Eigen::VectorXd const coefficients = Eigen::Vector2d(-1, 1);
  std::vector<double> const cloglog = trial_log_scores(design, FitLink::cloglog, coefficients);
  REQUIRE(cloglog.size() == 4);  // the last three rows are one trial
  CHECK(cloglog[0] == doctest::Approx(std::exp(-1.0)).epsilon(1e-14));
  CHECK(cloglog[1] == doctest::Approx(std::exp(49.0)).epsilon(1e-13));  // a chance of 1 would make it infinite
  CHECK(cloglog[2] == doctest::Approx(901).epsilon(1e-13));             // and one of 0
  double const hazards = 1 + std::exp(1.0) + std::exp(2.0);
  CHECK(cloglog[3] == doctest::Approx(-std::log1p(-std::exp(-hazards))).epsilon(1e-13));
  std::vector<double> const logit = trial_log_scores(design, FitLink::logit, coefficients);
  CHECK(logit[1] == doctest::Approx(49).epsilon(1e-13));
  design.log_linear = 1;
  design.x(1, 1) = 3;
  design.x(2, 1) = 4;
  std::vector<double> const additive = trial_log_scores(design, FitLink::additive, coefficients);
  CHECK(additive[1] == doctest::Approx(std::exp(-1.0) + 3).epsilon(1e-14));
  CHECK(additive[2] == doctest::Approx(-std::log1p(-std::exp(-std::exp(-1.0) - 4))).epsilon(1e-13));
}

TEST_CASE("paired differences of scores are those of the predictions that they are of") {
  Trials own;
  own.chance = {0.2, 0.4, 0.7, 0.1};
  own.event = {0, 1, 1, 0};
  own.city = {0, 0, 1, 2};
  std::vector<double> const other = {0.3, 0.3, 0.5, 0.2};
  std::vector<double> a, b;
  for (std::size_t t = 0; t < 4; ++t) {
    a.push_back(-std::log(own.event[t] != 0 ? own.chance[t] : 1 - own.chance[t]));
    b.push_back(-std::log(own.event[t] != 0 ? other[t] : 1 - other[t]));
  }
  ScoreDifference const found = paired_difference(a, b, own.city), wanted = compare_scores(own, other).log;
  CHECK(found.mean == doctest::Approx(wanted.mean).epsilon(1e-13));
  CHECK(found.error == doctest::Approx(wanted.error).epsilon(1e-13));
  CHECK(found.skill == doctest::Approx(wanted.skill).epsilon(1e-13));
}
