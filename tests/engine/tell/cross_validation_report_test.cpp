/// Scores of what was left out, in words and as a tree.
#include "tell/cross_validation_report.hpp"

#include <doctest/doctest.h>

using namespace hansa;

namespace {

ScoreComparison differs(double mean, double error) {
  ScoreComparison made;
  made.trials = 100;
  made.log.mean = mean;
  made.log.error = error;
  made.log.p = 0.01;
  return made;
}

CrossValidated model(std::string name, std::size_t rank, double log, std::optional<ScoreComparison> against = {}) {
  CrossValidated made;
  made.name = std::move(name);
  made.rank = rank;
  made.sums = Scores{log, log / 4};
  made.folds = {{"", {log / 2, log / 8}}, {"", {log / 2, log / 8}}};
  made.against_best = std::move(against);
  return made;
}

CrossValidationResult three_models() {
  CrossValidationResult made;
  made.leave = LeaveOut::years;
  made.folds = {{"2001", 50, 10, 40, 8}, {"2002", 90, 18, 60, 9}};
  made.trials = 100;
  made.events = 17;
  made.cities = 60;
  made.models = {model("far", 3, 60, differs(0.2, 0.05)), model("best", 1, 40),
                 model("near", 2, 42, differs(0.02, 0.05))};
  CrossValidated failed;
  failed.name = "failed";
  failed.failed = 1;
  failed.folds = {{"'x' separates", {}}, {"", {20, 5}}};
  made.models.push_back(failed);
  made.baseline = model("baseline alone", 0, 70, differs(0.3, 0.05));
  made.best = "best";
  return made;
}

}  // namespace

TEST_CASE("differences of means are those of sums, with an interval") {
  SummedDifference const found = summed_log_difference(differs(0.2, 0.05));
  CHECK(found.sum == doctest::Approx(20));
  CHECK(found.error == doctest::Approx(5));
  CHECK(found.lower == doctest::Approx(20 - 5 * 1.959964).epsilon(1e-6));
  CHECK(found.upper == doctest::Approx(20 + 5 * 1.959964).epsilon(1e-6));
}

TEST_CASE("the best is named, with what it cannot be told from, and one chance for all") {
  CHECK(best_words(three_models()) ==
        "'best' predicts best; it cannot be told from 'near'; it predicts better than the baseline alone");
  CrossValidationResult worse = three_models();
  worse.baseline.against_best = differs(-0.3, 0.05);
  CHECK(best_words(worse).find("it predicts worse than the baseline alone") != std::string::npos);
  CrossValidationResult one = three_models();
  one.models = {one.models[1]};
  CHECK(best_words(one) == "'best' predicts better than the baseline alone");
  one.baseline.against_best = differs(0.01, 0.05);
  CHECK(best_words(one) == "'best' cannot be told from the baseline alone");
  one.best.clear();
  CHECK(best_words(one).find("none that predicts best") != std::string::npos);
}

TEST_CASE("the table tells every model, and why one has no score") {
  std::string const text = cross_validation_text(three_models());
  CHECK(text.find("cross-validated, years predicted from those before in 2 folds: 100 decisions of 60 cities, 17 "
                  "adoptions\n") == 0);
  CHECK(text.find("20.00 (10.20 to 29.80)") != std::string::npos);
  CHECK(text.find("failed: 1 of 2 folds failed, so that it has no score and no rank") != std::string::npos);
  CHECK(text.find("without 2001: 'x' separates") != std::string::npos);
  CHECK(text.find("predicted 2002: fitted to 90 rows with 18 adoptions, scored on 60 decisions with 9") !=
        std::string::npos);
}

TEST_CASE("the tree has sums, ranks and folds, and nothing of a model with a failed fold") {
  Node const tree = cross_validation_tree(three_models());
  CHECK(tree.find("leave")->text == "years");
  CHECK(tree.find("best")->text == "best");
  Node const& models = *tree.find("models");
  CHECK(models.items.at(0).find("against_best")->find("log_difference")->text == "20");
  CHECK(models.items.at(1).find("rank")->text == "1");
  CHECK(models.items.at(1).find("against_best")->form == Node::Form::null);
  CHECK(models.items.at(3).find("log")->form == Node::Form::null);
  CHECK(models.items.at(3).find("folds")->items.at(0).find("failure")->text == "'x' separates");
  CHECK(models.items.at(3).find("folds")->items.at(1).find("log")->text == "20");
  CHECK(tree.find("baseline")->find("rank")->form == Node::Form::null);
}
