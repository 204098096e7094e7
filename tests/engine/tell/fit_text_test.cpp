/// A fit's report for a terminal.
#include <limits>
#include <sstream>

#include <doctest/doctest.h>

#include "engine/tell/fit_reports.hpp"
#include "tell/fit_report.hpp"
#include "tell/text_table.hpp"

using namespace hansa;

namespace {

bool tells(std::string const& text, std::string_view words) {
  bool const found = text.find(words) != std::string::npos;
  if (!found) MESSAGE("not said: ", std::string(words), "\n", text);
  return found;
}

}  // namespace

TEST_CASE("the table has every number by its name") {
  std::string const text = fit_text(test::fitted_report());
  CHECK(text.starts_with("Bike share: fit of bikes\n"));
  CHECK(tells(text, "cloglog: 1500 rows of 100 cities, 45 events, 1998 to 2014"));
  CHECK(tells(text, "1 source of unknown status left out of exposure"));
  CHECK(tells(text, "period 2003 has no event: 12 rows left out"));
  CHECK(tells(text, "clustered s.e."));
  CHECK(tells(text, "95 % interval (Wald)"));
  CHECK(tells(text, "  sister_cities     1.500  0.5000          0.6000    2.50   0.0124"));
  CHECK(tells(text, "<0.0001"));
  CHECK(tells(text, "errors: clustered by city (98 clusters), expected information; z and p from the clustered ones"));
  CHECK(tells(text, "log-likelihood -120.50 (baselines alone -130.25), 2 parameters, AIC 245.00, BIC 255.63"));
  CHECK(tells(text, "McFadden's R² 0.0749, Tjur's R² 0.0312, AUC 0.7125 (s.e. 0.0400, DeLong)"));
  CHECK(tells(text, "likelihood ratio χ²(1) = 19.50, p < 0.0001; Wald χ²(1) = 6.25, p = 0.0124"));
  CHECK(tells(text, "average marginal effects on the chance of an event in a year, errors by the delta method"));
  CHECK(tells(text, "a unit more (derivative)"));
  CHECK(tells(text, "0.02100 to 0.05000     600            20.25        22"));
  CHECK(tells(text, "Hosmer & Lemeshow χ²(1) = 0.40, p = 0.5270"));
  CHECK(tells(text, "log score 0.08030, Brier score 0.02710"));
  CHECK(tells(text, "note: 3 adoptions enter with all the years"));
  CHECK_FALSE(text.find("warning") != std::string::npos);
}

TEST_CASE("a fit that failed says why, and shows no estimate") {
  std::string const text = fit_text(test::separated_report());
  CHECK(tells(text, "not estimated: sister_cities separates events from the rest"));
  CHECK(tells(text, "warning: quasi-complete separation: sister_cities, in Lübeck"));
  CHECK(text.find("estimate ") == std::string::npos);
  CHECK(text.find("AIC") == std::string::npos);
}

TEST_CASE("what is not there is not shown, and what is no number is a dash") {
  FitReport report = test::fitted_report();
  report.fit.clustered.resize(0, 0);
  for (TermReport& each : report.terms) each.cluster_error.reset();
  report.terms[1].z = report.terms[1].p = std::numeric_limits<double>::quiet_NaN();
  report.terms[1].upper = std::numeric_limits<double>::infinity();
  report.fit.city_sd = 0.75;
  report.intercept = InterceptReport{};
  report.intercept->sd = 0.75;
  report.intercept->interval = {{0.5, 1.125}};
  report.effects.clear();
  report.options.intervals = Intervals::profile;
  std::string const text = fit_text(report);
  CHECK(text.find("clustered s.e.") == std::string::npos);
  CHECK(tells(text, "errors: from the expected information, not clustered; z and p from them"));
  CHECK(tells(text, "95 % interval (profile)"));
  CHECK(tells(text, "0.3240 to ∞"));
  CHECK(text.find("nan") == std::string::npos);
  CHECK(text.find("inf") == text.find("information"));
  CHECK(tells(text, "standard deviation of the city intercept 0.7500 (95 %: 0.5000 to 1.125)"));
  CHECK(text.find("marginal") == std::string::npos);
}

TEST_CASE("what an effect and an error are of is said") {
  FitReport report = test::fitted_report();
  report.effects[0].change = Change::difference;
  CHECK(tells(fit_text(report), "1 against 0"));
  report.subject.alternatives = {{0, 1}};
  CHECK(tells(fit_text(report), "against the reference"));
  report.fit.separation = Separation::quasi_complete;
  std::string text = fit_text(report);
  for (std::size_t at = text.find("\n    "); at != std::string::npos; at = text.find("\n    "))
    text.replace(at, 5, " ");
  CHECK(tells(text, "z and p from the information alone"));
}

TEST_CASE("what has no error has dashes") {
  FitReport report = test::fitted_report();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  report.terms[1] = {"sister_cities", 0, nan, nan, nan, nan, 0, 0.25};
  report.effects[0] = {1, Change::derivative, 0, nan, nan, nan, nan, nan};
  report.options.intervals = Intervals::profile;
  std::string text = fit_text(report);
  CHECK(text.find("0.000 to 0.2500") != std::string::npos);
  CHECK(text.find("nan") == std::string::npos);
  CHECK(text.find("– to") == std::string::npos);
  for (std::size_t at = text.find("\n    "); at != std::string::npos; at = text.find("\n    "))
    text.replace(at, 5, " ");
  CHECK(tells(text, "which knows nothing of clusters"));
}

TEST_CASE("an effect without a column has the name of its covariate") {
  FitReport report = test::fitted_report();
  report.effects.push_back({no_column, Change::derivative, 0.0625, 0.03125, 2, 0.0455, 0.001, 0.124, "wealth"});
  CHECK(tells(fit_text(report), "wealth"));
  CHECK(tells(fit_text(report), "0.06250"));
}

TEST_CASE("lines end within a terminal") {
  FitReport report = test::separated_report();
  report.warnings.push_back(std::string(20, 'w') + std::string(30, ' ') +
                            "words that go on and on, and on and on, and on "
                            "until nobody knows where they began, and further still");
  std::istringstream lines(fit_text(report) + fit_text(test::fitted_report()));
  for (std::string line; std::getline(lines, line);) CHECK(display_width(line) <= 100);
}
