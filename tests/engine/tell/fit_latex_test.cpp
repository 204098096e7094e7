/// Reports of fits for LaTeX.
#include <algorithm>
#include <limits>

#include <doctest/doctest.h>

#include "engine/tell/fit_reports.hpp"
#include "tell/fit_report.hpp"

using namespace hansa;

namespace {

std::size_t count(std::string const& text, std::string_view what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("a table for each fit, with the characters that LaTeX would read as commands spelled out") {
  std::vector<FitReport> reports = {test::fitted_report(), test::separated_report()};
  reports[0].subject.title = "50 % & $more\\ {x} ~ #1^2";
  std::string const text = fit_latex(reports);
  CHECK(count(text, "\\begin{table}") == 2);
  CHECK(count(text, "\\end{table}") == 2);
  CHECK(count(text, "\\toprule") == 2);
  CHECK(count(text, "\\bottomrule") == 2);
  CHECK(text.find("50 \\% \\& \\$more\\textbackslash{} \\{x\\} \\textasciitilde{} \\#1\\textasciicircum{}2: bikes "
                  "(cloglog)") != std::string::npos);
  CHECK(text.find("\\label{tab:fit-bikes}") != std::string::npos);
  CHECK(text.find("sister\\_cities & $1.500$ & $0.5000$ & $0.6000$ & $2.50$ & $0.0124$ & $0.3240$ to $2.676$ \\\\") !=
        std::string::npos);
  CHECK(text.find("95 \\% interval (Wald)") != std::string::npos);
  CHECK(text.find("Log-likelihood & $-120.50$") != std::string::npos);
  CHECK(text.find("Not estimated: sister\\_cities separates") != std::string::npos);
  CHECK(count(text, "{") == count(text, "}"));
}

TEST_CASE("each row of terms has as many cells as the table has columns") {
  FitReport report = test::fitted_report();
  for (int const clustered : {1, 0}) {
    if (clustered == 0) report.fit.clustered.resize(0, 0);
    std::string const text = fit_latex({&report, 1});
    std::size_t const begin = text.find("{tabular}{") + 10;
    std::size_t const columns = text.find('}', begin) - begin;
    CHECK(columns == (clustered == 1 ? 7 : 6));
    std::size_t const row = text.find("    sister");
    std::string const line = text.substr(row, text.find('\n', row) - row);
    CHECK(static_cast<std::size_t>(std::count(line.begin(), line.end(), '&')) == columns - 1);
  }
}

TEST_CASE("small numbers are in powers of ten, and no number is a dash") {
  FitReport report = test::fitted_report();
  report.terms[0].estimate = -1.25e-9;
  report.terms[0].lower = -std::numeric_limits<double>::infinity();
  report.terms[1].z = report.terms[1].p = std::numeric_limits<double>::quiet_NaN();
  std::string const text = fit_latex({&report, 1});
  CHECK(text.find("$-1.250 \\cdot 10^{-9}$") != std::string::npos);
  CHECK(text.find("$-\\infty$ to $-2.662$") != std::string::npos);
  CHECK(text.find("$0.6000$ & -- & -- & $0.3240$") != std::string::npos);
}
