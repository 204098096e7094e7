/// How numbers of a fit are rounded.
#include "tell/fit_words.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "engine/tell/fit_reports.hpp"

using namespace hansa;

TEST_CASE("four digits, whatever the size") {
  CHECK(four_digits(1.5) == "1.500");
  CHECK(four_digits(-0.0123449) == "-0.01234");
  CHECK(four_digits(1234.4) == "1234");
  CHECK(four_digits(123456.7) == "123457");
  CHECK(four_digits(9.9996) == "10.00");
  CHECK(four_digits(4.5e12) == "4.500e+12");
  CHECK(four_digits(1e-7) == "1.000e-07");
  CHECK(four_digits(-0.0) == "0.000");
  CHECK(four_digits(std::nan("")) == "–");
  CHECK(four_digits(-HUGE_VAL) == "-∞");
}

TEST_CASE("a p is told to four decimals") {
  CHECK(p_words(0.05) == "0.0500");
  CHECK(p_words(1) == "1.0000");
  CHECK(p_words(0.00009) == "<0.0001");
  CHECK(p_words(std::nan("")) == "–");
  CHECK(test_words({7.5, 2, 0.0235}) == "χ²(2) = 7.50, p = 0.0235");
  CHECK(test_words({75, 2, 1e-16}) == "χ²(2) = 75.00, p < 0.0001");
}

TEST_CASE("a range without ends is a dash") {
  CHECK(range_words(0.1, 0.3) == "0.1000 to 0.3000");
  CHECK(range_words(-HUGE_VAL, 2) == "-∞ to 2.000");
  CHECK(range_words(std::nan(""), 2) == "– to 2.000");
  CHECK(range_words(std::nan(""), std::nan("")) == "–");
}

TEST_CASE("intervals of the likelihood beside errors by clusters are told apart") {
  FitReport report = test::fitted_report();
  CHECK(interval_remark(report).empty());
  report.options.intervals = Intervals::profile;
  CHECK(interval_remark(report) == "intervals are those of the likelihood, which knows nothing of clusters");
  report.fit.clustered.resize(0, 0);
  CHECK(interval_remark(report).empty());
}

TEST_CASE("errors are told by their clusters") {
  FitReport report = test::fitted_report();
  report.options.clusters = {ErrorCluster::city, ErrorCluster::period};
  report.fit.information = Information::observed;
  report.fit.clusters_second = 12;
  CHECK(error_words(report) == "clustered by city and period (98 and 12 clusters), observed information");
  CHECK(link_word(FitLink::additive) == "additive");
  CHECK(separation_word(Separation::quasi_complete) == "quasi-complete");
}
