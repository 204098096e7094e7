/// Models beside one another, as CSV and LaTeX.
#include "tell/fit_comparison.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using namespace hansa;

namespace {

Ranking two_ranked() {
  Ranked best{"sisters_only", "", 2, -100.5, 205, 210.25, 0, 0, 0.625, 1, 1, "none", ChiSquareTest{19, 1, 0.25}};
  Ranked failed;
  failed.name = "all";
  failed.failure = "'x' separates, in 3 cities";
  Ranking ranking{{best, failed}, 1};
  CrossValidationResult found;
  found.leave = LeaveOut::cities;
  found.folds = {{"3 cities", 5, 1, 4, 1}, {"4 cities", 4, 1, 5, 1}};
  found.trials = 9;
  found.events = 2;
  CrossValidated one;
  one.name = "sisters_only";
  one.rank = 1;
  one.sums = Scores{12.5, 3.25};
  one.auc = 0.75;
  one.folds.resize(2);
  CrossValidated other;
  other.name = "all";
  other.failed = 2;
  other.folds = {{"bad", {}}, {"bad", {}}};
  found.models = {one, other};
  found.best = "sisters_only";
  found.baseline = one;
  found.baseline.name = "baseline alone";
  found.baseline.rank = 0;
  ScoreComparison against;
  against.trials = 4;
  against.log.mean = 0.5;
  against.log.error = 0;
  found.baseline.against_best = against;
  ranking.cross_validation = found;
  return ranking;
}

std::vector<std::string> lines_of(std::string const& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0, end; (end = text.find('\n', at)) != text.npos; at = end + 1) {
    lines.push_back(text.substr(at, end - at));
  }
  return lines;
}

}  // namespace

TEST_CASE("a row per model, as many cells as there are columns, blanks for what failed") {
  Ranking const ranking = two_ranked();
  ComparedFits const comparison{"led", "", &ranking};
  std::vector<std::string> const lines = lines_of(comparison_csv({&comparison, 1}));
  REQUIRE(lines.size() == 4);
  CHECK(lines[1] ==
        "led,sisters_only,model,,2,-100.5,205,0,1,0.625,210.25,0,1,none,19,1,0.25,cities,2,0,9,2,12.5,3.25,"
        "0.75,1,,,,");
  CHECK(lines[2] == "led,all,model,\"'x' separates, in 3 cities\",,,,,,,,,,,,,,cities,2,2,9,2,,,,,,,,");
  CHECK(lines[3] == "led,baseline alone,reference,,,,,,,,,,,,,,,cities,2,0,9,2,12.5,3.25,0.75,,2,0,2,2");
  auto const commas = [](std::string const& line) { return std::count(line.begin(), line.end(), ','); };
  CHECK(commas(lines[0]) == commas(lines[1]));
  CHECK(commas(lines[0]) == commas(lines[3]));
  CHECK(commas(lines[0]) + 1 == commas(lines[2]));  // one within quotes
}

TEST_CASE("without cross-validation its cells are blank, and without a ranking those of the ranking") {
  Ranking ranking = two_ranked();
  ranking.cross_validation.reset();
  ComparedFits comparison{"led", "", &ranking};
  CHECK(lines_of(comparison_csv({&comparison, 1})).at(1).ends_with(",0.25,,,,,,,,,,,,,"));
  Ranking validated = two_ranked();
  validated.fits.clear();
  comparison.ranking = &validated;
  CHECK(lines_of(comparison_csv({&comparison, 1})).at(1) ==
        "led,sisters_only,model,,,,,,,,,,,,,,,cities,2,0,9,2,12.5,3.25,0.75,1,,,,");
}

TEST_CASE("a table for a paper, with names as LaTeX can read them") {
  Ranking const ranking = two_ranked();
  ComparedFits const comparison{"led", "50 % lamps", &ranking};
  std::string const text = comparison_latex({&comparison, 1});
  CHECK(text.find("\\caption{50 \\% lamps: led}") != std::string::npos);
  CHECK(text.find("\\begin{tabular}{lrrrrrrrrrr}") != std::string::npos);
  CHECK(text.find("    sisters\\_only & 2 & $-100.50$ & $205.00$ & $0.00$ & $0.625$ & $210.25$ & $0.25") !=
        std::string::npos);
  CHECK(text.find("    all & -- & -- & -- & -- & -- & -- & -- & -- & -- & -- \\\\") != std::string::npos);
  CHECK(text.find("$2.00$ ($2.00$ to $2.00$)") != std::string::npos);
  CHECK(text.find("all: 2 of 2 folds failed.") != std::string::npos);
}
