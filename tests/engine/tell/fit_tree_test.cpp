/// Reports of fits as a tree.
#include <limits>

#include <doctest/doctest.h>

#include "engine/tell/fit_reports.hpp"
#include "io/json.hpp"
#include "tell/fit_report.hpp"

using namespace hansa;

TEST_CASE("the tree has the numbers of the report by term") {
  std::vector<FitReport> const reports = {test::fitted_report(), test::separated_report()};
  Node const tree = fit_tree(reports);
  CHECK(tree.find("failed")->text == "1");
  Node const& fit = *tree.find("fits")->find("bikes");
  CHECK(fit.find("rule")->text == "cloglog");
  CHECK(fit.find("information")->text == "expected");
  CHECK(fit.find("coef")->find("sister_cities")->text == "1.5");
  CHECK(fit.find("se")->find("baseline")->text == "0.2");
  CHECK(fit.find("se_cluster")->find("baseline")->text == "0.3");
  CHECK(fit.find("clusters")->text == "98");
  CHECK(fit.find("clusters_second") == nullptr);
  CHECK(fit.find("errors")->text == "clustered");
  CHECK(fit.find("log_likelihood")->text == "-120.5");
  CHECK(fit.find("aic")->text == "245");
  CHECK(fit.find("bic")->text.starts_with("255.62"));
  CHECK(fit.find("rows")->text == "1500");
  CHECK(fit.find("events")->text == "45");
  CHECK(fit.find("separation")->text == "none");
  CHECK(fit.find("rank")->text == "2");
  CHECK(fit.find("interval")->find("baseline")->items.at(1).text == "-2.662");
  CHECK(fit.find("auc")->find("area")->text == "0.7125");
  CHECK(fit.find("tests")->find("wald")->find("degrees")->text == "1");
  CHECK(fit.find("tests")->find("score")->form == Node::Form::null);
  CHECK(fit.find("marginal_effects")->find("sister_cities")->find("change")->text == "derivative");
  CHECK(fit.find("calibration")->find("groups")->items.size() == 3);
  CHECK(fit.find("interval_censored")->text == "3");
  CHECK(fit.find("groups_without_events")->find("period 2003")->text == "12");
  CHECK(fit.find("failure") == nullptr);
  CHECK(to_json(tree).find("nan") == std::string::npos);
}

TEST_CASE("both numbers of clusters are there, and what has no error is null") {
  std::vector<FitReport> reports = {test::fitted_report()};
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  reports[0].fit.clusters_second = 12;
  reports[0].terms[1] = {"sister_cities", 0, nan, nan, nan, nan, 0, 0.25};
  reports[0].effects[0] = {no_column, Change::derivative, 0.5, nan, nan, nan, nan, nan, "wealth"};
  Node const tree = fit_tree(reports);
  Node const& fit = *tree.find("fits")->find("bikes");
  CHECK(fit.find("clusters_second")->text == "12");
  CHECK(fit.find("se")->find("sister_cities")->form == Node::Form::null);
  CHECK(fit.find("se_cluster")->find("sister_cities")->form == Node::Form::null);
  CHECK(fit.find("marginal_effects")->find("wealth")->find("effect")->text == "0.5");
  CHECK(fit.find("marginal_effects")->find("wealth")->find("p")->form == Node::Form::null);
}

TEST_CASE("with separation there is no coefficient, and terms and cities are named") {
  std::vector<FitReport> const reports = {test::separated_report()};
  Node const tree = fit_tree(reports);
  Node const& fit = *tree.find("fits")->find("led");
  for (char const* const key : {"coef", "se", "se_cluster", "log_likelihood", "aic", "bic", "aliased"}) {
    CAPTURE(key);
    CHECK(fit.find(key) == nullptr);
  }
  CHECK(fit.find("separation")->text == "quasi-complete");
  CHECK(fit.find("separating")->items.at(0).text == "sister_cities");
  CHECK(fit.find("separated_cities")->items.at(0).text == "Lübeck");
  CHECK(fit.find("failure")->text == "sister_cities separates events from the rest");
  CHECK(fit.find("rows")->text == "80");
}

TEST_CASE("collinear terms are named, and without clusters there is no clustered error") {
  FitReport report = test::fitted_report();
  report.fit.clustered.resize(0, 0);
  FitReport aliased = test::separated_report();
  aliased.fit.separation = Separation::none;
  aliased.fit.aliased = {1};
  aliased.fit.rank = 1;
  std::vector<FitReport> const reports = {report, aliased};
  Node const tree = fit_tree(reports);
  CHECK(tree.find("fits")->find("bikes")->find("se_cluster") == nullptr);
  CHECK(tree.find("fits")->find("bikes")->find("errors")->text == "information");
  Node const& fit = *tree.find("fits")->find("led");
  CHECK(fit.find("aliased")->items.at(0).text == "sister_cities");
  CHECK(fit.find("separating") == nullptr);
  CHECK(fit.find("rank")->text == "1");
}
