/// Tests of study/power_rates: limits, interpolation and counts by hand.
#include "study/power_rates.hpp"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

Hypothesis hypothesis(std::string name, std::vector<std::string> const& mechanisms) {
  Hypothesis made{std::move(name), {}, {}};
  for (std::string const& each : mechanisms) made.mechanisms.push_back({each, {}});
  return made;
}

/// Hypotheses `none` and `talk` of one fit; talk at sizes 0 and 2. Row: adoptions, [end, aic, bic], [end, aic, bic, p,
/// estimate].
struct Small {
  PowerStudy study;
  PowerSpec spec;
  explicit Small(std::int64_t histories) {
    spec.effects.push_back({{"policies.led.mechanisms.talk.strength", {}}, "led", "talk", {0, 2}});
    spec.levels = 2;
    study.hypotheses = {hypothesis("none", {}), hypothesis("talk", {"talk"})};
    study.cells = {{PowerCell::From::hypothesis, 0, 0, "none", {0}, 0},
                   {PowerCell::From::hypothesis, 1, 0, "talk 0", {0}, 0},
                   {PowerCell::From::hypothesis, 1, 1, "talk 2", {2}, 0}};
    study.fits = {{"led", {PolicyId{0}}, {"led"}, 0, {{{}, 1}, {{"talk"}, 4}}}};
    study.width = 9;
    study.histories = histories;
    study.observed = {std::nullopt};
    study.rows.assign(3 * static_cast<std::size_t>(histories) * study.width, none);
    study.made.assign(3 * static_cast<std::size_t>(histories), 0);
  }
  void put(std::size_t cell, std::int64_t history, std::vector<double> const& row) {
    auto const at = cell * static_cast<std::size_t>(study.histories) + static_cast<std::size_t>(history);
    std::copy(row.begin(), row.end(), study.rows.begin() + static_cast<std::ptrdiff_t>(at * study.width));
    study.made[at] = 1;
  }
};

}  // namespace

TEST_CASE("limits of a share are Wilson's") {
  Rate const rate{15, 60};
  CHECK(rate.value() == 0.25);
  CHECK(rate.error() == doctest::Approx(std::sqrt(0.25 * 0.75 / 60)));
  CHECK(rate.lower() == doctest::Approx(0.157764).epsilon(1e-5));
  CHECK(rate.upper() == doctest::Approx(0.372326).epsilon(1e-5));
  CHECK(Rate{0, 20}.lower() == 0);
  CHECK(Rate{0, 20}.upper() == doctest::Approx(0.161125).epsilon(1e-5));
  CHECK(Rate{20, 20}.upper() == 1);
  CHECK(std::isnan(Rate{}.value()));
  CHECK(std::isnan(Rate{}.upper()));
}

TEST_CASE("a power is reached between sizes, and curves that fall are pooled first") {
  Reached const between = reached({{0, 0.05}, {1, 0.5}, {2, 0.9}}, 0.8);
  CHECK(between.where == Reached::Where::at);
  CHECK(between.size == doctest::Approx(1.75));
  CHECK(reached({{1, 0.85}, {2, 0.9}}, 0.8).where == Reached::Where::below);
  CHECK(reached({{1, 0.1}, {2, 0.79}}, 0.8).where == Reached::Where::beyond);
  CHECK(reached({{1, 0.1}, {2, 0.79}}, 0.8).size == 2);
  CHECK(reached({}, 0.8).where == Reached::Where::beyond);
  // 0.9 and 0.5 become 0.7 both, from which 1.0 is reached at two thirds.
  Reached const pooled = reached({{0, 0.1}, {1, 0.9}, {2, 0.5}, {3, 1.0}}, 0.8);
  CHECK(pooled.where == Reached::Where::at);
  CHECK(pooled.size == doctest::Approx(2 + 1.0 / 3));
}

TEST_CASE("tests, choices and ends are counted, and what failed is in no share") {
  Small small(4);
  // Simulated from talk 2: found twice of three tests, once below 0; one fit separates.
  small.put(2, 0, {9, 0, 20, 21, 0, 10, 12, 0.01, 2.5});
  small.put(2, 1, {8, 0, 20, 21, 0, 19, 23, 0.04, -1.0});
  small.put(2, 2, {7, 0, 20, 21, 0, 22, 24, 0.70, 0.6});
  small.put(2, 3, {6, 0, 20, 21, 1, none, none, none, none});
  // Simulated from none: found once of two; one simulation failed, one was not run.
  small.put(0, 0, {4, 0, 10, 11, 0, 12, 14, 0.9, 0.1});
  small.put(0, 1, {4, 0, 10, 11, 0, 8, 12, 0.03, 0.8});
  small.put(0, 2, std::vector<double>(9, none));
  std::vector<FitRates> const all = rates_of(small.study, small.spec);
  REQUIRE(all.size() == 1);
  REQUIRE(all[0].cells.size() == 3);
  CellRates const& talk = all[0].cells[2];
  CHECK(talk.histories == 4);
  CHECK(talk.adoptions == 7.5);
  CHECK(talk.undecided == 1);
  CHECK(talk.fitted[0].by_aic == 1);
  CHECK(talk.fitted[1].by_aic == 2);
  CHECK(talk.fitted[0].by_bic == 2);
  CHECK(talk.fitted[1].by_bic == 1);
  CHECK_FALSE(talk.fitted[0].holds);
  CHECK(talk.fitted[1].holds);
  CHECK(talk.fitted[1].ends == std::array<std::int64_t, 4>{3, 1, 0, 0});
  EffectRate const& found = talk.fitted[1].effects[0];
  CHECK(found.size == 2);
  CHECK(found.found.found == 2);
  CHECK(found.found.of == 3);
  CHECK(found.positive.found == 1);
  CHECK(found.mean == doctest::Approx(0.7));
  CellRates const& nothing = all[0].cells[0];
  CHECK(nothing.histories == 2);
  CHECK(nothing.fitted[1].holds);  // an effect too many is no mistake
  CHECK(nothing.fitted[1].effects[0].size == 0);
  CHECK(nothing.fitted[1].effects[0].found.value() == 0.5);
  CHECK(all[0].cells[1].histories == 0);
}

TEST_CASE("two hypotheses are told apart where the true one has the lower AIC, and equals count half") {
  Small small(2);
  small.put(0, 0, {4, 0, 10, 11, 0, 12, 14, 0.9, 0.1});   // right
  small.put(0, 1, {4, 0, 10, 11, 0, 10, 12, 0.2, 0.8});   // equal
  small.put(2, 0, {8, 0, 20, 21, 0, 19, 23, 0.04, 1.0});  // right
  small.put(2, 1, {6, 0, 20, 21, 2, none, none, none, none});
  std::vector<FitRates> const all = rates_of(small.study, small.spec);
  REQUIRE(all[0].told_apart.size() == 2);  // none against talk at each of its two levels
  ToldApart const& told = all[0].told_apart[1];
  CHECK(told.first == 0);
  CHECK(told.second == 2);
  CHECK(told.right.found == 2.5);
  CHECK(told.right.of == 3);
  CHECK(told.undecided == 1);
  CHECK(told.adoptions == 5.5);
}

TEST_CASE("the smallest effect is looked for where there are several sizes") {
  Small small(10);
  for (std::int64_t k = 0; k < 10; ++k) {
    small.put(1, k, {5, 0, 10, 11, 0, 12, 14, k < 1 ? 0.01 : 0.5, 0.1});
    small.put(2, k, {9, 0, 20, 21, 0, 12, 14, k < 9 ? 0.01 : 0.5, 2.0});
  }
  std::vector<FitRates> const all = rates_of(small.study, small.spec);
  REQUIRE(all[0].detectable.size() == 1);
  DetectableEffect const& found = all[0].detectable[0];
  CHECK(found.mechanism == "talk");
  CHECK(found.effect.where == Reached::Where::at);
  CHECK(found.effect.size == doctest::Approx(1.75));  // from 0.1 at 0 to 0.9 at 2
  CHECK(found.lower.size < found.effect.size);
  CHECK(found.upper.where == Reached::Where::beyond);  // the lower limit of 9 of 10 is 0.6
}
