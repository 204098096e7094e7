/// The grid, and when a resistance is overcome.
#include "run/settle.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include "base/random.hpp"

using namespace hansa;

TEST_CASE("the grid is a multiple of 2^-44, nearest to the value") {
  for (std::uint64_t k = 0; k < 10'000; ++k) {
    double const v = 64 * draw_uniform(1, k, 0);
    double const g = on_grid(v);
    REQUIRE(g / grid_unit == std::floor(g / grid_unit));
    REQUIRE(std::fabs(g - v) <= grid_unit / 2);
  }
}

TEST_CASE("a city is due at the first step where its hazards add up to its resistance") {
  // Against a loop that subtracts one step at a time.
  std::vector<CityRecord<double>> record(batch_size);
  std::vector<std::int16_t> due(record.size(), no_step);
  std::vector<Index> city(record.size());
  std::vector<double> eta(record.size());
  for (Index k = 0; k < record.size(); ++k) {
    city[k] = k;
    record[k] = {std::fmax(on_grid(-std::log1p(-draw_uniform(2, k, 0))), grid_unit), 0, 0};
    eta[k] = -9 + 9 * draw_uniform(3, k, 0);
  }
  auto const start = record;
  REQUIRE(settle_listed<Link::softplus>(record.data(), due.data(), city.data(), eta.data(), city.size(), 10));
  for (Index k = 0; k < record.size(); ++k) {
    double left = start[k].remaining;
    double const h = on_grid(std::log1p(std::exp(eta[k])));
    std::int32_t step = 10;
    while (left > 0 && step < 32000) {
      left -= h;
      ++step;
    }
    if (due[k] < 32000) REQUIRE(due[k] == step);
  }
}

TEST_CASE("settling in between moves no date") {
  for (Index k = 0; k < 200; ++k) {
    CityRecord<float> once{std::fmax(on_grid(-std::log1p(-draw_uniform(4, k, 0))), grid_unit), 0, 0};
    CityRecord<float> often = once;
    std::int16_t due_once = no_step;
    std::int16_t due_often = no_step;
    Index const city = 0;
    float const eta = static_cast<float>(-8 + 6 * draw_uniform(5, k, 0));
    REQUIRE(settle_listed<Link::exponential>(&once, &due_once, &city, &eta, 1, 0));
    for (std::int32_t step = 0; step < std::min<std::int32_t>(due_once, 300); step += 1 + step % 3) {
      REQUIRE(settle_listed<Link::exponential>(&often, &due_often, &city, &eta, 1, step));
      REQUIRE(due_often == due_once);
    }
  }
}

TEST_CASE("a hazard of 1e-8 a step is consumed, one of 1e-14 is not there, and the cap is 64") {
  CityRecord<double> record{on_grid(1e-6), 0, 0};
  std::int16_t due = no_step;
  Index const city = 0;
  double eta = std::log(1e-8);
  REQUIRE(settle_listed<Link::exponential>(&record, &due, &city, &eta, 1, 0));
  CHECK(due == 100);
  eta = std::log(1e-14);
  REQUIRE(settle_listed<Link::exponential>(&record, &due, &city, &eta, 1, 50));
  CHECK(record.remaining == doctest::Approx(5e-7).epsilon(1e-5));
  CHECK(due == no_step);
  record.remaining = 36;
  eta = 79;
  REQUIRE(settle_listed<Link::softplus>(&record, &due, &city, &eta, 1, 60));
  CHECK(due == 61);
  CHECK(record.hazard == 64);
}

TEST_CASE("predictors that leave nothing to chance are refused, and change nothing") {
  CityRecord<float> record{1, 0.5F, 3};
  std::int16_t due = 7;
  Index const city = 0;
  for (float const eta : {80.5F, -80.5F, std::nanf(""), std::numeric_limits<float>::infinity()}) {
    CHECK_FALSE(settle_listed<Link::softplus>(&record, &due, &city, &eta, 1, 4));
    CHECK(record.since == 3);
    CHECK(due == 7);
  }
  CityRecord<double> trait{0.3, 0, 0};
  double const reached = 0.3;
  CHECK(settle_threshold(&trait, &due, &city, &reached, 1, 4));
  CHECK(due == 5);
  double const infinite = std::numeric_limits<double>::infinity();
  CHECK_FALSE(settle_threshold(&trait, &due, &city, &infinite, 1, 4));
}
