/// Predictions of later years in words and as a tree.
#include "tell/forecast_report.hpp"

#include <doctest/doctest.h>

#include "support/says.hpp"

using namespace hansa;

namespace {

using hansa::test::says;

Forecast scored() {
  Forecast forecast;
  forecast.from = 2015;
  forecast.until = 2018;
  forecast.one_step.trials = 800;
  forecast.one_step.events = 30;
  forecast.one_step.cities = 90;
  forecast.left_out = {"neighbours", "sisters"};
  forecast.one_step.scores = Scores{0.15, 0.034};
  forecast.one_step.calibration.groups = {{0.01, 0.02, 400, 6.5, 4}, {0.03, 0.2, 400, 29.25, 26}};
  ComparedPredictions compared{"model", "baseline alone", {}};
  compared.comparison.own = {0.15, 0.034};
  compared.comparison.reference = {0.16, 0.035};
  forecast.one_step.comparisons = {compared};
  forecast.failed = {{"without networks", "'experience' is 0 in every row"}};
  forecast.free_running.trials = 90;
  forecast.free_running.events = 28;
  forecast.free_running.cities = 90;
  forecast.replicates = 1000;
  forecast.notes = {"the trend goes on as it was fitted"};
  return forecast;
}

}  // namespace

TEST_CASE("a forecast is told with its scores, its calibration, and what failed") {
  std::string const text = forecast_text(scored());
  CHECK(text.starts_with("one step ahead, 2015 to 2018: 800 trials of 90 cities, 30 events\n"));
  CHECK(says(text, "without neighbours, sisters\n"));
  CHECK(says(text, "\nfree-running, 2015 to 2018: 90 trials of 90 cities, 28 events\n"));
  CHECK(says(text, "from 1000 simulations"));
  CHECK(says(text, "model against baseline alone"));
  CHECK(says(text, "\n  0.03000 to 0.2000 "));
  CHECK(says(text, " 29.25        26\n"));
  CHECK(says(text, "not estimated, and not scored: without networks: 'experience' is 0 in every row\n"));
  CHECK(says(text, "note: the trend goes on as it was fitted\n"));
}

TEST_CASE("the tree of a forecast has the same numbers") {
  Node const tree = forecast_tree(scored());
  CHECK(tree.find("one_step")->find("events")->text == "30");
  CHECK(tree.find("one_step")->find("log")->text == "0.15");
  CHECK(tree.find("free_running")->find("events")->text == "28");
  CHECK(tree.find("without")->items.size() == 2);
  CHECK(tree.find("one_step")->find("calibration")->find("groups")->items.at(1).find("observed")->text == "26");
  CHECK(tree.find("one_step")->find("comparisons")->items.at(0).find("reference")->text == "baseline alone");
  CHECK(tree.find("failed")->items.at(0).find("name")->text == "without networks");
}

TEST_CASE("without estimates nothing is scored") {
  Forecast forecast = scored();
  forecast.one_step.scores.reset();
  forecast.one_step.calibration = {};
  forecast.one_step.comparisons.clear();
  CHECK_FALSE(says(forecast_text(forecast), "score  "));
  CHECK_FALSE(says(forecast_text(forecast), "calibration"));
  Node const tree = forecast_tree(forecast);
  CHECK(tree.find("one_step")->find("log")->form == Node::Form::null);
  CHECK(tree.find("one_step")->find("calibration")->form == Node::Form::null);
}
