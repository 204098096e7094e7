/// Dates drawn within intervals, and fits combined over them.
#include "inference/imputed_fit.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "five_cities.hpp"

namespace hansa {

namespace {

/// 60 cities in a ring of three sources each, of which every third adopts within a known interval.
test::Texts ring(std::string const& fit, bool backwards = false) {
  test::Texts texts;
  texts.yaml =
      "hansa: 1\ntime: {start: 2000, end: 2011}\ncities: {file: cities.csv}\n"
      "networks: {sister: {file: ties.csv, directed: true}}\npolicies:\n  led:\n    rule: logit\n    baseline: -2\n"
      "    adopters: {file: led.csv}\n    mechanisms: {peers: {exposure: {network: sister}, strength: 1}}\n" +
      fit;
  std::vector<std::string> cities, ties, led;
  for (int i = 0; i < 60; ++i) {
    cities.push_back(fmt::format("c{:02},{}\n", i, i % 7));
    for (int const k : {1, 2, 5}) ties.push_back(fmt::format("c{:02},c{:02}\n", (i + k) % 60, i));
    int const year = 2001 + (i * 5 + i / 7) % 13;
    if (year > 2010) continue;
    led.push_back(i % 3 == 0 ? fmt::format("c{:02},{},{}\n", i, year - 2, year + 1)
                             : fmt::format("c{:02},,{}\n", i, year));
  }
  if (backwards) {
    for (auto* rows : {&cities, &ties, &led}) std::reverse(rows->begin(), rows->end());
  }
  auto const joined_up = [](std::string text, std::vector<std::string> const& rows) {
    for (std::string const& each : rows) text += each;
    return text;
  };
  texts.files = {{"cities.csv", joined_up("id,size\n", cities)},
                 {"ties.csv", joined_up("source,target\n", ties)},
                 {"led.csv", joined_up("city,after,year\n", led)}};
  return texts;
}

std::string complaints_of_ring(std::vector<std::string> const& settings) {
  try {
    (void)test::pose(ring(""), settings);
  } catch (Error const& error) {
    return error.what();
  }
  return "";
}

/// The step of a city's adoption, by its id; 0 where it has none.
std::int32_t step_of(test::Posed const& posed, ObservedHistory const& history, std::string const& id) {
  for (DatedEvent const& each : history.events)
    if (posed.fit.world->cities.id[each.event.city] == id && each.event.sign > 0) return each.step;
  return 0;
}

}  // namespace

TEST_CASE("dates that can be are the years of the interval in which the city was at risk") {
  // d left what it had adopted in 2002, and adopted again after that; e: 2004 to beyond the end
  test::Posed const posed = test::pose(test::five_texts(
      "city,after,year,left\nb,,1995,\nd,,2001,2002\nd,2002,2005,\nc,2003,2004,\ne,2003,2009,\na,1990,1995,\n"));
  std::vector<UnknownDate> const dates = unknown_dates(posed.fit);
  REQUIRE(dates.size() == 2);
  CHECK(posed.fit.world->cities.id[dates[0].city] == "d");
  CHECK(dates[0].episode == 1);
  CHECK(dates[0].labels == std::vector<std::int32_t>{2003, 2004, 2005});
  CHECK(dates[1].labels == std::vector<std::int32_t>{2004, 2005, 2006, 2007, 2008, 2009});
  DateChances const sure = {{0, 1, 0}, {0, 0, 0, 0, 0, 1}};
  std::vector<ObservedHistory> const histories = completed_histories(posed.fit, dates, sure, 0);
  CHECK(histories[0].intervals.empty());
  CHECK(step_of(posed, histories[0], "e") == 0);  // 2009 is after the end of time
  auto const again = std::find_if(histories[0].events.begin(), histories[0].events.end(), [&](DatedEvent const& each) {
    return each.event.city == dates[0].city && each.event.episode == 1;
  });
  REQUIRE(again != histories[0].events.end());
  CHECK(again->label == 2004);
  CHECK(again->step == 5);
  CHECK(std::is_sorted(histories[0].events.begin(), histories[0].events.end(),
                       [](DatedEvent const& a, DatedEvent const& b) { return a.step < b.step; }));
}

TEST_CASE("an interval without end in sight is refused, not drawn from") {
  test::Posed const posed = test::pose(test::five_texts("city,after,year\nb,,1995\nc,-900000000,2004\n"));
  CHECK_THROWS_WITH_AS(unknown_dates(posed.fit), doctest::Contains("too many to draw one of them"), Error);
}

TEST_CASE("chances of dates are those of deciding first in each year, and even where no row tells") {
  test::Posed const posed = test::pose(ring("fit: {imputations: 5}\n"));
  std::vector<UnknownDate> const dates = unknown_dates(posed.fit);
  ObservedDesign const observed = design_of(posed.fit, {PolicyId{0}});
  Eigen::VectorXd const b = (Eigen::VectorXd(2) << -1.0, 0).finished();
  DateChances const chances = date_chances(dates, observed.design, FitLink::logit, b);
  double const p = 1 / (1 + std::exp(1.0));
  std::size_t told = 0;
  for (std::size_t k = 0; k < dates.size(); ++k) {
    REQUIRE(chances[k].size() == dates[k].labels.size());
    if (dates[k].labels.front() < 2000) {
      CHECK(chances[k][0] == doctest::Approx(1. / static_cast<double>(chances[k].size())));
      continue;
    }
    ++told;
    REQUIRE(chances[k].size() == 3);
    double const sum = p + p * (1 - p) + p * (1 - p) * (1 - p);
    CHECK(chances[k][0] == doctest::Approx(p / sum));
    CHECK(chances[k][2] == doctest::Approx(p * (1 - p) * (1 - p) / sum));
  }
  CHECK(told > 5);
}

TEST_CASE("dates are drawn with their chances") {
  // 2000 draws of each date: a share is off by more than four of its errors in 1 of 10,000 checks
  test::Posed const posed = test::pose(ring("fit: {imputations: 5}\n"));
  std::vector<UnknownDate> dates = unknown_dates(posed.fit);
  dates.resize(3);
  DateChances const chances(3, {0.5, 0.2, 0.3});
  std::map<std::int32_t, double> first;
  for (std::uint64_t set = 0; set < 2000; ++set) {
    std::vector<ObservedHistory> const histories = completed_histories(posed.fit, dates, chances, set);
    first[step_of(posed, histories[0], posed.fit.world->cities.id[dates[1].city]) + 1999] += 1;
  }
  for (std::size_t k = 0; k < 3; ++k) {
    double const share = first[dates[1].labels[k]] / 2000, chance = chances[1][k];
    CHECK(std::fabs(share - chance) < 4 * std::sqrt(chance * (1 - chance) / 2000));
  }
}

TEST_CASE("neither threads nor the order of rows change a bit") {
  std::string const fit = "fit: {imputations: 6}\n";
  test::Posed const posed = test::pose(ring(fit)), turned = test::pose(ring(fit, true));
  FittedPolicies const one = fit_policies(posed.fit, {PolicyId{0}}, 1);
  FittedPolicies const many = fit_policies(posed.fit, {PolicyId{0}}, 4);
  FittedPolicies const other = fit_policies(turned.fit, {PolicyId{0}}, 2);
  REQUIRE(one.report.fit.estimated());
  for (FittedPolicies const* each : {&many, &other}) {
    CHECK(each->report.fit.coefficients == one.report.fit.coefficients);
    CHECK(each->report.fit.covariance == one.report.fit.covariance);
    CHECK(each->report.fit.clustered == one.report.fit.clustered);
  }
}

TEST_CASE("the combined fit is that of Rubin's rules on the completed histories") {
  test::Posed const posed = test::pose(ring("fit: {imputations: 8, cluster: none}\n"));
  FittedPolicies const fitted = fit_policies(posed.fit, {PolicyId{0}});
  FitReport const& report = fitted.report;
  REQUIRE(report.fit.estimated());
  REQUIRE(report.imputations);
  ImputationReport const& told = *report.imputations;
  CHECK(told.asked == 8);
  CHECK(told.fitted == 8);
  CHECK(told.dates == unknown_dates(posed.fit).size());
  REQUIRE(told.terms.size() == 2);
  for (std::size_t k = 0; k < 2; ++k) {
    ImputedTerm const& each = told.terms[k];
    CHECK(report.terms[k].error ==
          doctest::Approx(std::sqrt(each.within * each.within + 1.125 * each.between * each.between)).epsilon(1e-12));
    CHECK(each.between > 0);
    CHECK(each.missing > 0);
    CHECK(each.missing < 1);
    CHECK(report.terms[k].upper > report.terms[k].estimate + 1.96 * report.terms[k].error);  // Student's t
  }
  CHECK_FALSE(report.likelihood_ratio);
  CHECK_FALSE(report.wald);
  CHECK(told.wald);
  CHECK_FALSE(report.roc);
  CHECK(report.subject.notes.back().find("not combined") != std::string::npos);
  // near what the likelihood says that sums up over the intervals
  test::Posed const summed = test::pose(ring("fit: {cluster: none}\n"));
  EventHistoryFit const without = fit_policies(summed.fit, {PolicyId{0}}).report.fit;
  for (Eigen::Index k = 0; k < 2; ++k)
    CHECK(std::fabs(report.fit.coefficients[k] - without.coefficients[k]) < 2 * std::sqrt(without.covariance(k, k)));
}

TEST_CASE("a single imputation is warned of, and without intervals there is nothing to impute") {
  test::Posed const single = test::pose(ring("fit: {imputations: 1}\n"));
  FitReport const report = fit_policies(single.fit, {PolicyId{0}}).report;
  REQUIRE(report.fit.estimated());
  bool const warned = std::any_of(report.warnings.begin(), report.warnings.end(), [](std::string const& each) {
    return each.find("single completed data set") != std::string::npos;
  });
  CHECK(warned);
  CHECK(report.imputations->terms[0].between == 0);
  test::Texts texts = ring("fit: {imputations: 4}\n");
  std::string& led = texts.files["led.csv"];
  for (std::size_t at = led.find(",20"); at != std::string::npos; at = led.find(",20", at + 1))
    if (led[at + 5] == ',') led.erase(at + 1, 4);  // the column `after`
  for (std::size_t at = led.find(",1999,"); at != std::string::npos; at = led.find(",1999,")) led.erase(at + 1, 4);
  test::Posed const dated = test::pose(texts);
  FitReport const plain = fit_policies(dated.fit, {PolicyId{0}}).report;
  REQUIRE(plain.fit.estimated());
  CHECK_FALSE(plain.imputations);
  CHECK(plain.subject.notes.back().find("nothing is imputed") != std::string::npos);
  CHECK(plain.fit.log_likelihood < 0);
}

TEST_CASE("a first fit without estimates is the end, and says why") {
  test::Texts texts = ring("fit: {imputations: 4}\n");
  texts.files["led.csv"] = "city,after,year\nc01,2001,2004\n";  // whom nobody sees adopt before
  test::Posed const posed = test::pose(texts);
  FitReport const report = fit_policies(posed.fit, {PolicyId{0}}).report;
  CHECK_FALSE(report.fit.estimated());
  CHECK(report.fit.failure.find("first fit") != std::string::npos);
}

TEST_CASE("what imputations do not go with is refused, with the reason") {
  auto const says = [](std::vector<std::string> settings, std::string const& what) {
    settings.push_back("fit.imputations=5");
    return complaints_of_ring(settings).find(what) != std::string::npos;
  };
  CHECK(complaints_of_ring({"fit.imputations=5"}) == "");
  CHECK(says({"fit.intervals=profile"}, "profiles of the likelihood"));
  CHECK(says({"policies.led.frailty.city=1"}, "city intercept"));
  CHECK(says({"fit.cross_validation.leave=cities"}, "cross-validated"));
}

}  // namespace hansa
