/// ROC areas against counting of all pairs.
#include "inference/discrimination.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "base/random.hpp"

using namespace hansa;

namespace {

/// Area and its error by the definition: every event beside every other.
RocArea by_pairs(Trials const& trials) {
  std::vector<double> events, others;
  for (std::size_t i = 0; i < trials.size(); ++i) (trials.event[i] != 0 ? events : others).push_back(trials.chance[i]);
  auto const beats = [](double x, double y) { return x > y ? 1.0 : x == y ? 0.5 : 0.0; };
  auto const mean_square = [](std::vector<double> const& values, double mean) {
    double sum = 0;
    for (double const v : values) sum += (v - mean) * (v - mean);
    return sum / static_cast<double>(values.size() - 1) / static_cast<double>(values.size());
  };
  std::vector<double> of_event(events.size()), of_other(others.size());
  double area = 0;
  for (std::size_t i = 0; i < events.size(); ++i) {
    for (std::size_t j = 0; j < others.size(); ++j) {
      double const won = beats(events[i], others[j]);
      of_event[i] += won / static_cast<double>(others.size());
      of_other[j] += won / static_cast<double>(events.size());
      area += won / static_cast<double>(events.size() * others.size());
    }
  }
  return {area, std::sqrt(mean_square(of_event, area) + mean_square(of_other, area))};
}

}  // namespace

TEST_CASE("ties count half") {
  // Of six pairs the events win four, tie one and lose one.
  Trials const trials{{0.9, 0.4, 0.4, 0.2, 0.5}, {1, 1, 0, 0, 0}, {0, 1, 2, 3, 4}};
  std::optional<RocArea> const found = roc_area(trials);
  REQUIRE(found);
  CHECK(found->area == doctest::Approx(4.5 / 6).epsilon(1e-14));
}

TEST_CASE("area and DeLong's error are those of all pairs") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Trials trials;
    std::size_t const n = 5 + seed * 7;
    for (std::size_t i = 0; i < n; ++i) {
      double const chance = std::floor(draw_uniform(seed, i, 0) * 12) / 12;  // many ties
      trials.chance.push_back(chance);
      trials.event.push_back(i < 2 || (i > 3 && draw_uniform(seed, i, 1) < chance));
      trials.city.push_back(static_cast<Index>(i));
    }
    RocArea const truth = by_pairs(trials);
    std::optional<RocArea> const found = roc_area(trials);
    REQUIRE(found);
    REQUIRE(found->error);
    CHECK(found->area == doctest::Approx(truth.area).epsilon(1e-12));
    CHECK(*found->error == doctest::Approx(*truth.error).epsilon(1e-10));
  }
}

TEST_CASE("without events, or without others, nothing is told apart") {
  Trials trials{{0.1, 0.2}, {0, 0}, {0, 1}};
  CHECK_FALSE(roc_area(trials));
  CHECK_FALSE(tjur_r2(trials));
  trials.event = {1, 1};
  CHECK_FALSE(roc_area(trials));
  CHECK_FALSE(tjur_r2(trials));
  CHECK_FALSE(roc_area(Trials{}));
  trials.event = {0, 1};
  REQUIRE(roc_area(trials));
  CHECK(roc_area(trials)->area == 1);
  CHECK_FALSE(roc_area(trials)->error);
}

TEST_CASE("Tjur's R² is a difference of mean chances") {
  Trials const trials{{0.9, 0.5, 0.4, 0.2}, {1, 1, 0, 0}, {0, 1, 2, 3}};
  CHECK(*tjur_r2(trials) == doctest::Approx(0.4).epsilon(1e-14));
}
