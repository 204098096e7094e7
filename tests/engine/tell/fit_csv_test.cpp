/// Reports of fits as CSV.
#include <algorithm>
#include <limits>
#include <sstream>

#include <doctest/doctest.h>

#include "engine/tell/fit_reports.hpp"
#include "io/csv.hpp"
#include "tell/fit_report.hpp"

using namespace hansa;

TEST_CASE("one row a term, and blanks where nothing was estimated") {
  std::vector<FitReport> reports = {test::fitted_report(), test::separated_report()};
  reports[1].subject.name = "led, \"new\"";
  reports[0].terms[0].lower = -std::numeric_limits<double>::infinity();
  Complaints complaints;
  std::string const text = fit_csv(reports);
  Table const table = parse_csv(text, "fits.csv", complaints);
  CHECK(complaints.empty());
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  REQUIRE(lines.size() == 5);
  auto const commas = [](std::string const& line) { return std::count(line.begin(), line.end(), ','); };
  CHECK(commas(lines[0]) == 15);
  CHECK(lines[1] == "bikes,cloglog,expected,baseline,estimated,-3.25,0.2,0.3,-10.833,1e-27,-inf,-2.662,,,,");
  CHECK(lines[2] ==
        "bikes,cloglog,expected,sister_cities,estimated,1.5,0.5,0.6,2.5,0.0124,0.324,2.676,0.0421,0.0171,0.0138,"
        "derivative");
  CHECK(lines[3] == "\"led, \"\"new\"\"\",logit,expected,baseline,not estimated,,,,,,,,,,,");
  CHECK(lines[4] == "\"led, \"\"new\"\"\",logit,expected,sister_cities,separating,,,,,,,,,,,");
}

TEST_CASE("an effect without a column is a row of its own, and a missing error is blank") {
  std::vector<FitReport> reports = {test::fitted_report()};
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  reports[0].effects.push_back({no_column, Change::derivative, 0.0625, nan, nan, nan, nan, nan, "wealth"});
  std::string const text = fit_csv(reports);
  CHECK(text.ends_with("\nbikes,cloglog,expected,wealth,effect,,,,,,,,0.0625,,,derivative\n"));
}
