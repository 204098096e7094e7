/// Predictions of later years, against chances and scores worked out by hand.
#include "inference/forecast.hpp"

#include <cmath>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "five_cities.hpp"
#include "support/says.hpp"

namespace hansa {

namespace {

using hansa::test::says;

/// A hub that adopted before, 200 cities that observe it and 200 that do not; of 2000, 40 and 20 of them adopt, of
/// 2001, 20 and 10. One that does not observe the hub observes an adopter of 2000, and adopts in 2001.
test::Texts half_observe_hub(std::string const& fit = "fit: {until: 2000}\n") {
  test::Texts texts;
  texts.yaml =
      "hansa: 1\ntime: {start: 2000, end: 2001}\ncities: {file: cities.csv}\n"
      "networks: {sister: {file: ties.csv, directed: true}}\npolicies:\n  led:\n    rule: logit\n    baseline: -2\n"
      "    adopters: {file: led.csv}\n    mechanisms:\n"
      "      imitation: {exposure: {network: sister}, strength: 1}\n" +
      fit;
  std::string cities = "id,country\nhub,X\n", led = "city,year\nhub,1999\n", ties = "source,target\nc250,c399\n";
  for (int i = 0; i < 400; ++i) {
    cities += fmt::format("c{:03},{}\n", i, i < 390 ? (i % 2 == 0 ? "X" : "Y") : "Z");
    if (i < 200) ties += fmt::format("hub,c{:03}\n", i);
    if (i < 40 || (i >= 250 && i < 270)) led += fmt::format("c{:03},2000\n", i);
    if ((i >= 40 && i < 60) || (i >= 270 && i < 279) || i == 399) led += fmt::format("c{:03},2001\n", i);
  }
  texts.files = {{"cities.csv", cities}, {"ties.csv", ties}, {"led.csv", led}};
  return texts;
}

Forecast forecast_of(test::Posed const& posed) {
  return forecast(posed.fit, {PolicyId{0}}, fit_policies(posed.fit, {PolicyId{0}}), standard_catalogue());
}

std::string complaints_of_forecast(test::Texts const& texts, std::vector<std::string> const& settings = {}) {
  test::Posed const posed = test::pose(texts, settings);
  Complaints complaints;
  check_forecast(posed.fit, complaints);
  try {
    complaints.throw_if_any();
  } catch (Error const& error) {
    return error.what();
  }
  return "";
}

ComparedPredictions const& compared(Forecast const& found, std::string const& own, std::string const& reference) {
  for (ComparedPredictions const& each : found.one_step.comparisons) {
    if (each.own == own && each.reference == reference) return each;
  }
  FAIL("not compared");
  return found.one_step.comparisons.front();
}

}  // namespace

TEST_CASE("later decisions have the fit's odds, and the exposure of the year before") {
  Forecast const found = forecast_of(test::pose(half_observe_hub()));
  CHECK(found.from == 2001);
  CHECK(found.until == 2001);
  CHECK(found.one_step.trials == 340);
  CHECK(found.one_step.events == 30);
  CHECK(found.one_step.cities == 340);
  CHECK(found.left_out == std::vector<std::string>{"imitation"});
  CHECK(found.failed.empty());
  // Chance 0.2 for the 160 that observe the hub and for the one that observes the adopter of 2000; 0.1 for 179.
  REQUIRE(found.one_step.calibration.groups.size() == 2);
  CHECK(found.one_step.calibration.groups[0].trials == 179);
  CHECK(found.one_step.calibration.groups[0].expected == doctest::Approx(17.9).epsilon(1e-9));
  CHECK(found.one_step.calibration.groups[0].observed == 9);
  CHECK(found.one_step.calibration.groups[1].trials == 161);
  CHECK(found.one_step.calibration.groups[1].expected == doctest::Approx(32.2).epsilon(1e-9));
  CHECK(found.one_step.calibration.groups[1].observed == 21);
  double const log_score = -(21 * std::log(0.2) + 140 * std::log(0.8) + 9 * std::log(0.1) + 170 * std::log(0.9)) / 340;
  double const brier = (21 * 0.64 + 140 * 0.04 + 9 * 0.81 + 170 * 0.01) / 340;
  REQUIRE(found.one_step.scores);
  CHECK(found.one_step.scores->log == doctest::Approx(log_score).epsilon(1e-9));
  CHECK(found.one_step.scores->brier == doctest::Approx(brier).epsilon(1e-9));
}

TEST_CASE("without networks and with the baseline alone, all have the share of adopters") {
  Forecast const found = forecast_of(test::pose(half_observe_hub()));
  REQUIRE(found.one_step.comparisons.size() == 3);
  double const share = 60. / 400;
  double const log_score = -(30 * std::log(share) + 310 * std::log(1 - share)) / 340;
  for (char const* const reference : {"baseline alone", "without networks"}) {
    ScoreComparison const& comparison = compared(found, "model", reference).comparison;
    CHECK(comparison.reference.log == doctest::Approx(log_score).epsilon(1e-9));
    CHECK(comparison.reference.brier == doctest::Approx((30 * 0.7225 + 310 * 0.0225) / 340).epsilon(1e-9));
    CHECK(comparison.log.mean == doctest::Approx(found.one_step.scores->log - log_score).epsilon(1e-8));
  }
  CHECK(std::fabs(compared(found, "without networks", "baseline alone").comparison.log.mean) < 1e-12);
}

TEST_CASE("a fixed effect of countries is carried on, and what it does not know is not scored") {
  test::Posed const posed = test::pose(half_observe_hub("fit: {until: 2000, fixed_effects: [country]}\n"));
  Forecast const found = forecast_of(posed);
  REQUIRE(found.one_step.scores);
  CHECK(found.one_step.trials == 330);  // all ten of Z, where nobody adopted in 2000, are gone
  CHECK(found.one_step.events == 29);
  CHECK(says(found.notes, "10 later rows are of countries without an estimate"));
  // Of a fit with an intercept for each country, expectations follow country by country.
  FittedPolicies const fitted = fit_policies(posed.fit, {PolicyId{0}});
  Eigen::VectorXd const& b = fitted.report.fit.coefficients;
  REQUIRE(fitted.observed.design.names == std::vector<std::string>{"baseline", "country_Y", "imitation"});
  auto const chance = [](double eta) { return 1 / (1 + std::exp(-eta)); };
  double const expected =
      80 * (chance(b[0] + b[2]) + chance(b[0] + b[1] + b[2])) + 85 * (chance(b[0]) + chance(b[0] + b[1]));
  double sum = 0;
  for (CalibrationGroup const& each : found.one_step.calibration.groups) sum += each.expected;
  CHECK(sum == doctest::Approx(expected).epsilon(1e-9));
}

TEST_CASE("what failed is named, and never scored") {
  // Everybody who observes the hub adopts in 2000, nobody else.
  test::Texts texts = half_observe_hub();
  texts.files["led.csv"] = "city,year\nhub,1999\nc300,2001\n";
  for (int i = 0; i < 200; ++i) texts.files["led.csv"] += fmt::format("c{:03},2000\n", i);
  Forecast const found = forecast_of(test::pose(texts));
  CHECK_FALSE(found.one_step.scores);
  CHECK(found.one_step.calibration.groups.empty());
  REQUIRE(found.failed.size() == 1);
  CHECK(found.failed[0].name == "model");
  CHECK(found.failed[0].failure.find("separation") != std::string::npos);
  REQUIRE(found.one_step.comparisons.size() == 1);
  CHECK(found.one_step.comparisons[0].own == "without networks");
  CHECK(found.one_step.trials == 200);
  CHECK(found.one_step.events == 1);
}

TEST_CASE("adoptions whose interval the end of the fit divides") {
  // b: 2001 to 2005, middle after 2002; c: 2001 to 2003, middle 2002.
  std::string const led = "city,after,year\nd,,1999\na,,2000\nb,2000,2005\nc,2000,2003\n";
  Forecast const found = forecast_of(test::pose(test::five_texts(led), {"fit.until=2002"}));
  CHECK(found.one_step.trials == 1 + 3);  // b is one, e has the years 2003 to 2005
  CHECK(found.one_step.events == 1);
  CHECK(says(found.notes, "1 adoption of an interval from before 2003 until after its middle"));
  CHECK(says(found.notes, "1 adoption of an interval with the middle before 2003"));
}

TEST_CASE("what cannot be carried on is refused with its reason") {
  CHECK(complaints_of_forecast(half_observe_hub()) == "");
  CHECK(complaints_of_forecast(half_observe_hub(""), {}).find("no decision after 2001 is left") != std::string::npos);
  CHECK(complaints_of_forecast(half_observe_hub("fit: {until: 2000, fixed_effects: [period]}\n"))
            .find("fixed effects of periods") != std::string::npos);
  CHECK(complaints_of_forecast(half_observe_hub(), {"policies.led.trend={periods: {2000: 1}}"})
            .find("the trend of 'led' by periods") != std::string::npos);
  CHECK(says(complaints_of_forecast(half_observe_hub(), {"policies.led.abandonment={hazard: 0.1}"}),
             "cities leave 'led', and predictions are of its adoption alone"));
  CHECK(
      says(complaints_of_forecast(half_observe_hub("fit: {until: 2000}\ninterventions: [{at: 2001, name: later, push: "
                                                   "{policy: led, strength: 1, cities: [c001]}}]\n")),
           "'later' pushes 'led', whose decisions are to be fitted"));
}

TEST_CASE("of mechanisms without a network nothing is left out") {
  test::Texts texts = half_observe_hub();
  texts.yaml.replace(texts.yaml.find("exposure: {network: sister}"), 27, "log_adopters: {pool: {same: country}}");
  Forecast const found = forecast_of(test::pose(texts));
  CHECK(found.left_out.empty());
  CHECK(says(found.notes, "no mechanism names a network"));
  CHECK(found.one_step.comparisons.size() + found.failed.size() <= 2);
  texts.yaml.replace(texts.yaml.find("log_adopters: {pool: {same: country}}"), 37,
                     "exposure: {pool: {network: sister}}");
  CHECK(forecast_of(test::pose(texts)).left_out == std::vector<std::string>{"imitation"});
}

}  // namespace hansa
