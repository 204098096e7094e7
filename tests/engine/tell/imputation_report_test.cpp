/// What was combined over completed data sets, told.
#include "tell/imputation_report.hpp"

#include <doctest/doctest.h>

#include "engine/tell/fit_reports.hpp"
#include "support/says.hpp"
#include "tell/fit_report.hpp"

using namespace hansa;

namespace {

using hansa::test::says;

FitReport combined() {
  FitReport report = test::fitted_report();
  ImputationReport told;
  told.asked = 20;
  told.fitted = 18;
  told.failures = {{"complete separation", 2}};
  told.dates = 12;
  told.evenly = 3;
  told.rows = {1490, 1510};
  told.events = {45, 45};
  told.terms = {{0.2, 0.1, 88.5, 0.25}, {0.5, 0.05, 95.25, 0.0125}};
  told.wald = FTest{5.25, 1, 90.5, 0.0243};
  report.imputations = told;
  return report;
}

}  // namespace

TEST_CASE("the text has where errors are from, and nothing of a likelihood") {
  std::string const text = fit_text(combined());
  CHECK(says(text, "20 completed data sets, of which 18 have estimates; 12 dates drawn in each, 3 with"));
  CHECK(says(text, "1490 to 1510 rows, 45 events"));
  CHECK(says(text, "25.0 %"));
  CHECK(says(text, "Wald F(1, 90.5) = 5.25, p = 0.0243"));
  CHECK_FALSE(says(text, "AIC"));
  CHECK_FALSE(says(text, "AUC"));
}

TEST_CASE("the tree, the rows and the table") {
  std::vector<FitReport> const reports = {combined()};
  Node const tree = fit_tree(reports);
  Node const& fit = *tree.find("fits")->find("bikes");
  CHECK(fit.find("aic") == nullptr);
  CHECK(fit.find("tests") == nullptr);
  REQUIRE(fit.find("imputations") != nullptr);
  CHECK(fit.find("imputations")->find("failures")->find("complete separation")->text == "2");
  CHECK(fit.find("imputations")->find("terms")->find("sister_cities")->find("degrees")->text == "95.25");
  CHECK(fit.find("imputations")->find("wald")->find("degrees_below")->text == "90.5");
  std::string const csv = fit_csv(reports);
  CHECK(says(csv, "marginal_change,se_within,sd_between,degrees,missing_information\n"));
  CHECK(says(csv, ",0.5,0.05,95.25,0.0125\n"));
  std::string const table = fit_latex(reports);
  CHECK(says(table, "Imputations: 20 completed data sets"));
  CHECK_FALSE(says(table, "Log-likelihood"));
}

TEST_CASE("a failure of the whole is told with its counts") {
  FitReport report = test::separated_report();
  report.imputations = ImputationReport{};
  report.imputations->asked = 5;
  report.imputations->dates = 1;
  std::string const text = fit_text(report);
  CHECK(says(text, "not estimated"));
  CHECK(says(text, "5 completed data sets, of which 0 have estimates; 1 date drawn in each"));
}
