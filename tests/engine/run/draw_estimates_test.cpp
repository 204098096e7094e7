/// Tests of run/draw_estimates: draws have the distribution of the estimates, are keyed, and stay where they can be.
#include "run/draw_estimates.hpp"

#include <cmath>
#include <string>

#include <doctest/doctest.h>

#include "base/error.hpp"

namespace {

using hansa::cholesky;
using hansa::Draw;
using hansa::EstimateDraws;
using hansa::Estimates;

Estimates three(std::vector<double> covariance, std::string link = "logit") {
  return {.name = "led",
          .terms = {"baseline", "peers", "rivals"},
          .paths = {{"policies.led.baseline"},
                    {"policies.led.mechanisms.peers.strength"},
                    {"policies.led.mechanisms.rivals.strength"}},
          .values = {-5, 0.5, 2},
          .covariance = std::move(covariance),
          .link = std::move(link)};
}

std::vector<double> const correlated{4, 1.2, -0.6, 1.2, 1, 0.1, -0.6, 0.1, 0.25};

TEST_CASE("the root is that of a matrix worked by hand") {
  CHECK(cholesky({4, 2, 2, 5}, 2) == std::vector<double>{2, 0, 1, 2});
  CHECK(cholesky({9}, 1) == std::vector<double>{3});
  CHECK(cholesky({}, 0).empty());
}

TEST_CASE("directions without variance stay, negative variances have no root") {
  CHECK(cholesky({4, 2, 2, 1}, 2) == std::vector<double>{2, 0, 1, 0});
  CHECK(cholesky({0, 0, 0, 1}, 2) == std::vector<double>{0, 0, 0, 1});
  CHECK(cholesky({0, 0.5, 0.5, 1}, 2).empty());
  CHECK(cholesky({-1}, 1).empty());
  CHECK(cholesky({1, 2, 2, 1}, 2).empty());
  double const unknown = std::nan("");
  CHECK(cholesky({unknown}, 1).empty());
}

TEST_CASE("mean and covariance of many draws are those of the estimates") {
  // 20,000 draws: a mean has a standard error of sd/141, a covariance one of at most sd·sd/100. 9 comparisons at 4.5
  // standard errors: a false alarm in 15,000 seeds.
  EstimateDraws const draws(three(correlated), 11);
  constexpr int count = 20000;
  std::vector<double> sum(3, 0), squares(9, 0);
  for (int r = 0; r < count; ++r) {
    Draw const draw = draws.draw(r);
    CHECK(draw.redrawn == 0);
    for (std::size_t i = 0; i < 3; ++i) {
      sum[i] += draw.values[i] - draws.estimates().values[i];
      for (std::size_t j = 0; j < 3; ++j)
        squares[i * 3 + j] +=
            (draw.values[i] - draws.estimates().values[i]) * (draw.values[j] - draws.estimates().values[j]);
    }
  }
  for (std::size_t i = 0; i < 3; ++i) {
    double const sd = std::sqrt(correlated[i * 4]);
    CHECK(std::fabs(sum[i] / count) < 4.5 * sd / std::sqrt(count));
    for (std::size_t j = 0; j < 3; ++j)
      CHECK(std::fabs(squares[i * 3 + j] / count - correlated[i * 3 + j]) <
            4.5 * sd * std::sqrt(correlated[j * 4]) * std::sqrt(2.0 / count));
  }
}

TEST_CASE("a draw is keyed by seed, replicate, fit and term") {
  EstimateDraws const draws(three(correlated), 11), same(three(correlated), 11), other(three(correlated), 12);
  CHECK(draws.draw(3).values == same.draw(3).values);
  CHECK(draws.draw(3).values != draws.draw(4).values);
  CHECK(draws.draw(3).values != other.draw(3).values);
  Estimates renamed = three(correlated);
  renamed.name = "solar";
  CHECK(draws.draw(3).values != EstimateDraws(renamed, 11).draw(3).values);
  // A term keeps its own number when another joins.
  Estimates alone = three({4, 0, 0, 0, 1, 0, 0, 0, 1}), one{};
  one.name = "led";
  one.terms = {"peers"};
  one.paths = {{"policies.led.mechanisms.peers.strength"}};
  one.values = {0.5};
  one.covariance = {1};
  CHECK(EstimateDraws(alone, 11).draw(3).values[1] == EstimateDraws(one, 11).draw(3).values[0]);
}

TEST_CASE("strengths that add hazards and standard deviations are never below 0") {
  EstimateDraws const draws(three(correlated, "additive"), 5);
  CHECK(draws.is_bounded());
  CHECK_FALSE(EstimateDraws(three(correlated), 5).is_bounded());
  int redrawn = 0;
  bool below = false;
  for (int r = 0; r < 2000; ++r) {
    Draw const draw = draws.draw(r);
    redrawn += draw.redrawn;
    REQUIRE(draw.values[1] >= 0);
    REQUIRE(draw.values[2] >= 0);
    below = below || draw.values[0] < -5;
  }
  CHECK(below);
  // P(N(0.5, 1) < 0) is 0.31: so many of the tries fail. 0.31/0.69 · 2000 = 897, sd 36; five of them each way.
  CHECK(redrawn > 717);
  CHECK(redrawn < 1077);
  Estimates sd = three({1, 0, 0, 0, 1, 0, 0, 0, 1});
  sd.paths[1] = {"policies.led.frailty.city"};
  EstimateDraws const bounded(sd, 5);
  for (int r = 0; r < 500; ++r) REQUIRE(bounded.draw(r).values[1] >= 0);
}

TEST_CASE("logarithms are drawn jointly with the others, and draws out of range are made again") {
  Estimates estimates = three(correlated);
  estimates.scales = {{}, {true, 0, hansa::DrawScale{}.most}, {}};
  EstimateDraws const draws(estimates, 11), plain(three(correlated), 11);
  // The covariance is on the estimates' own scale: of the logarithm of 0.5 it is 1/0.25, with the others it is c/0.5.
  constexpr int count = 20000;
  double mean = 0, square = 0, with_baseline = 0;
  for (int r = 0; r < count; ++r) {
    std::vector<double> const values = draws.draw(r).values;
    REQUIRE(values[1] > 0);
    double const log = std::log(values[1] / 0.5);
    mean += log;
    square += log * log;
    with_baseline += log * (values[0] + 5);
    CHECK(values[0] == plain.draw(r).values[0]);
  }
  // As above: 4.5 standard errors.
  CHECK(std::fabs(mean / count) < 4.5 * 2 / std::sqrt(count));
  CHECK(std::fabs(square / count - 4) < 4.5 * 4 * std::sqrt(2.0 / count));
  CHECK(std::fabs(with_baseline / count - 2.4) < 4.5 * 2 * 2 * std::sqrt(2.0 / count));
  estimates.scales[1] = {true, 0.25, 1};
  EstimateDraws const cut(estimates, 11);
  CHECK(cut.is_bounded());
  int redrawn = 0;
  for (int r = 0; r < 500; ++r) {
    Draw const draw = cut.draw(r);
    redrawn += draw.redrawn;
    REQUIRE(draw.values[1] >= 0.25);
    REQUIRE(draw.values[1] <= 1);
  }
  CHECK(redrawn > 500);
}

TEST_CASE("logarithms too wide for numbers are made again, and what stands on a bound without variance is drawn") {
  // A logarithm with a standard deviation of 400 leaves the numbers (beyond 709 or -745) in one of 14 draws.
  Estimates estimates = three({1, 0, 0, 0, 200 * 200, 0, 0, 0, 0});
  estimates.scales = {{}, {true, 0, hansa::DrawScale{}.most}, {false, 2, 3}};
  EstimateDraws const draws(estimates, 11);
  int redrawn = 0;
  for (int r = 0; r < 500; ++r) {
    Draw const draw = draws.draw(r);
    redrawn += draw.redrawn;
    REQUIRE(std::isfinite(draw.values[1]));
    REQUIRE(draw.values[1] > 0);
    REQUIRE(draw.values[2] == 2);
  }
  CHECK(redrawn > 0);
  estimates.covariance[4] = 400 * 400;
  CHECK_THROWS_WITH_AS(EstimateDraws(estimates, 11),
                       doctest::Contains("the error of 'peers' of 'led' is so wide that it cannot be drawn"),
                       hansa::Error);
}

TEST_CASE("what cannot be drawn is told") {
  CHECK_THROWS_WITH_AS(EstimateDraws(three({1, 2, 0, 2, 1, 0, 0, 0, 1}), 1),
                       doctest::Contains("the covariance of the estimates of 'led' is not that of a distribution"),
                       hansa::Error);
  Estimates below = three({1, 0, 0, 0, 1e-6, 0, 0, 0, 1}, "additive");
  below.values[1] = -1;
  CHECK_THROWS_WITH_AS((void)EstimateDraws(below, 1).draw(0),
                       "of 1000 draws from the estimates of 'led' all had a parameter where it cannot be",
                       hansa::Error);
}

}  // namespace
