/// A fit's report from drawn decisions: what follows agrees with the parts that it is made of.
#include "inference/fit_report.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "engine/inference/observed_rows.hpp"

using namespace hansa;

namespace {

FitSubject subject() {
  FitSubject subject;
  subject.name = "bikes";
  subject.policies = {"bikes"};
  subject.effects = {1, 2};
  for (int c = 0; c < 400; ++c) subject.cities.push_back("c" + std::to_string(c));
  return subject;
}

bool has_warning(FitReport const& report, std::string_view words) {
  for (std::string const& each : report.warnings) {
    if (each.find(words) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("the three tests of a fit agree with one another where data are plenty") {
  Design const design = test::drawn_rows(1, 400, -2, 0.25, 0.2);
  EventHistoryOptions options;
  options.clusters.clear();
  for (FitLink const link : {FitLink::logit, FitLink::cloglog, FitLink::probit}) {
    CAPTURE(static_cast<int>(link));
    options.link = link;
    FitReport const report = report_of(design, fit_event_history(design, options), options, subject());
    REQUIRE(report.fit.estimated());
    REQUIRE(report.likelihood_ratio);
    REQUIRE(report.wald);
    REQUIRE(report.score);
    CHECK(report.likelihood_ratio->degrees == 2);
    double const ratio = report.likelihood_ratio->statistic;
    CHECK(ratio > 5);
    CHECK(report.wald->statistic == doctest::Approx(ratio).epsilon(0.1));
    CHECK(report.score->statistic == doctest::Approx(ratio).epsilon(0.1));
    double const mcfadden = ratio / (-2 * report.fit.null_log_likelihood);
    CHECK(report.mcfadden_r2 == doctest::Approx(mcfadden).epsilon(1e-10));
    REQUIRE(report.roc);
    CHECK(report.roc->area > 0.5);
    CHECK(*report.tjur_r2 > 0);
    CHECK(report.scores.log == doctest::Approx(-report.fit.log_likelihood / static_cast<double>(design.rows())));
    CHECK(report.effects.size() == 2);
    CHECK(report.cities == 400);
    CHECK(report.warnings.empty());
  }
}

TEST_CASE("of a logit with a baseline as many events are expected as are observed") {
  Design const design = test::drawn_rows(4, 150, -2, 0.5, 0.8);
  EventHistoryOptions const options;
  FitReport const report = report_of(design, fit_event_history(design, options), options, subject());
  double expected = 0;
  std::size_t observed = 0;
  for (CalibrationGroup const& each : report.calibration.groups) {
    expected += each.expected;
    observed += each.observed;
  }
  CHECK(observed == report.fit.events);
  CHECK(expected == doctest::Approx(static_cast<double>(observed)).epsilon(1e-9));
}

TEST_CASE("z, p and Wald's interval are of the clustered errors") {
  Design const design = test::drawn_rows(4, 150, -2, 0.5, 0.8);
  EventHistoryOptions options;
  FitReport const report = report_of(design, fit_event_history(design, options), options, subject());
  REQUIRE(report.terms.size() == 3);
  for (TermReport const& each : report.terms) {
    REQUIRE(each.cluster_error);
    CHECK(each.z == doctest::Approx(each.estimate / *each.cluster_error).epsilon(1e-14));
    CHECK(each.upper - each.lower == doctest::Approx(2 * 1.959963984540054 * *each.cluster_error).epsilon(1e-10));
    CHECK(*each.cluster_error != each.error);
  }
  options.intervals = Intervals::profile;
  FitReport const profiled = report_of(design, fit_event_history(design, options), options, subject());
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(profiled.terms[k].lower == profiled.fit.lower[static_cast<Eigen::Index>(k)]);
    CHECK(profiled.terms[k].lower != report.terms[k].lower);
  }
}

TEST_CASE("few events and few clusters are warned of") {
  Design const design = test::drawn_rows(9, 25, -1.5, 0.3, 0.3);
  EventHistoryOptions options;
  FitReport const report = report_of(design, fit_event_history(design, options), options, subject());
  REQUIRE(report.fit.estimated());
  REQUIRE(report.fit.events < 30);
  CHECK(has_warning(report, "fewer than 10 events per coefficient"));
  CHECK(has_warning(report, "penalty: firth (Firth 1993)"));
  CHECK(has_warning(report, "25 clusters: with fewer than 30"));
  options.penalty = Penalty::firth;
  FitReport const clustered = report_of(design, fit_event_history(design, options), options, subject());
  CHECK(has_warning(clustered, "clustered errors are too small; intervals: profile"));
  options.intervals = Intervals::profile;
  FitReport const profiled = report_of(design, fit_event_history(design, options), options, subject());
  CHECK(!has_warning(profiled, "events per coefficient"));
  options.intervals = Intervals::wald;
  options.clusters.clear();
  FitReport const firth = report_of(design, fit_event_history(design, options), options, subject());
  CHECK(firth.warnings.empty());
  CHECK_FALSE(firth.likelihood_ratio);
  CHECK_FALSE(firth.score);
  CHECK(firth.wald);
}

TEST_CASE("separation names terms and cities, and nothing follows") {
  std::vector<double> const wealth = {0.3, -1, 0.5, 2, -0.2, 1, 0, 0.7}, port = {0, 0, 0, 0, 1, 1, 0, 0};
  Design const design = test::rows_of({{"baseline", std::vector<double>(8, 1.0)}, {"wealth", wealth}, {"port", port}},
                                      {0, 1, 0, 0, 1, 1, 0, 1});
  EventHistoryOptions options;
  FitReport const report = report_of(design, fit_event_history(design, options), options, subject());
  REQUIRE_FALSE(report.fit.estimated());
  CHECK(report.fit.separation == Separation::quasi_complete);
  CHECK(report.separated_cities == std::vector<std::string>{"c4", "c5"});
  CHECK(has_warning(report, "quasi-complete separation by port in c4, c5"));
  CHECK(report.terms.empty());
  CHECK(report.effects.empty());
  CHECK_FALSE(report.likelihood_ratio);
  CHECK_FALSE(report.roc);
  options.penalty = Penalty::firth;
  FitReport const firth = report_of(design, fit_event_history(design, options), options, subject());
  REQUIRE(firth.fit.estimated());
  CHECK(has_warning(firth, "the estimates owe it to the penalty"));
  // The clustered error of a separated term says nothing of how little is known.
  REQUIRE(firth.terms.at(2).cluster_error);
  CHECK(*firth.terms[2].cluster_error < 0.8 * firth.terms[2].error);
  CHECK(firth.terms[2].z == doctest::Approx(firth.terms[2].estimate / firth.terms[2].error));
  CHECK(firth.terms[2].upper - firth.terms[2].estimate == doctest::Approx(1.959963984540054 * firth.terms[2].error));
}

TEST_CASE("collinear terms are named") {
  Design design = test::drawn_rows(1, 100, -1, 0.5, 0.5);
  design.x.col(2) = 2 * design.x.col(1);
  FitReport const report = report_of(design, fit_event_history(design, {}), {}, subject());
  REQUIRE_FALSE(report.fit.estimated());
  CHECK(report.fit.failure.find("capital") != std::string::npos);
  CHECK(report.fit.aliased == std::vector<std::size_t>{2});
  CHECK(report.warnings.empty());
}

TEST_CASE("interval-censored adoptions are counted, and a fit of baselines alone has no tests") {
  Design design = test::drawn_rows(3, 60, -1, 0.5, 0.5);
  design.names = {"baseline"};
  design.x = design.x.leftCols(1).eval();
  design.log_linear = 1;
  std::size_t last = 0;
  while (design.event[last] == 0 || last < 1 || design.city[last - 1] != design.city[last]) ++last;
  design.spell[last - 1] = design.spell[last] = 0;
  FitSubject what = subject();
  what.effects.clear();
  FitReport const report = report_of(design, fit_event_history(design, {}), {}, what);
  REQUIRE(report.fit.estimated());
  CHECK(report.intervals == 1);
  CHECK_FALSE(report.likelihood_ratio);
  CHECK_FALSE(report.wald);
  CHECK_FALSE(report.score);
  CHECK(report.mcfadden_r2 == doctest::Approx(0).epsilon(1e-9));
}

TEST_CASE("a city intercept that rests on single decisions is warned of") {
  Design once = test::drawn_rows(1, 400, -2, 0.25, 0.2);
  EventHistoryOptions options;
  options.city_intercept = true;
  FitReport const single = report_of(once, fit_event_history(once, options), options, subject());
  REQUIRE(single.fit.estimated());
  CHECK(has_warning(single, "no city adopts more than once"));
  options.city_intercept = false;
  CHECK(!has_warning(report_of(once, fit_event_history(once, options), options, subject()), "no city adopts"));
  options.city_intercept = true;
  for (Index& city : once.city) city /= 2;  // two decide as one
  FitReport const twice = report_of(once, fit_event_history(once, options), options, subject());
  REQUIRE(twice.fit.estimated());
  CHECK(!has_warning(twice, "no city adopts"));
}

TEST_CASE("the penalty is advised only where it may be had, and one event is one") {
  Design const design = test::drawn_rows(9, 25, -1.5, 0.3, 0.3);
  EventHistoryOptions options;
  options.link = FitLink::additive;
  Design adds = design;
  adds.x.col(2) = adds.x.col(2).cwiseAbs().eval();
  adds.log_linear = 2;
  FitReport const additive = report_of(adds, fit_event_history(adds, options), options, subject());
  CHECK(has_warning(additive, "fewer than 10 events per coefficient"));
  CHECK(!has_warning(additive, "firth"));
  options.link = FitLink::logit;
  options.city_intercept = true;
  FitReport const mixed = report_of(design, fit_event_history(design, options), options, subject());
  CHECK(has_warning(mixed, "fewer than 10 events per coefficient"));
  CHECK(!has_warning(mixed, "firth"));
  options.city_intercept = false;
  options.policy_intercept = true;
  FitReport policies;
  policies.options = options;
  policies.fit.names = {"baseline"};
  policies.fit.events = 1;
  add_fit_warnings(policies);
  CHECK(has_warning(policies, "1 event for 1 coefficient: with fewer"));
  CHECK(!has_warning(policies, "firth"));
  policies.options.policy_intercept = false;
  policies.fit.shape_trials = 40;
  policies.warnings.clear();
  add_fit_warnings(policies);
  CHECK(!has_warning(policies, "firth"));
}

TEST_CASE("of two kinds of clusters the fewer are warned of, and a singular covariance has no Wald test") {
  Design design = test::drawn_rows(4, 150, -2, 0.5, 0.8);
  for (std::size_t row = 0; row < design.rows(); ++row) design.period[row] = 2000 + static_cast<int>(row % 2);
  EventHistoryOptions options;
  options.clusters = {ErrorCluster::city, ErrorCluster::period};
  FitReport report = report_of(design, fit_event_history(design, options), options, subject());
  REQUIRE(report.fit.clustered.size() > 0);
  CHECK(report.fit.clusters == 150);
  CHECK(report.fit.clusters_second == 2);
  CHECK(has_warning(report, "150 and 2 clusters: with fewer than 30 of either kind"));
  // Two periods alone span one direction.
  options.clusters = {ErrorCluster::period};
  FitReport const singular = report_of(design, fit_event_history(design, options), options, subject());
  CHECK_FALSE(singular.wald);
  bool told = false;
  for (std::string const& each : singular.subject.notes) told = told || each.find("no Wald test") != std::string::npos;
  CHECK(told);
}

TEST_CASE("a coefficient on the boundary has no errors") {
  Design design = test::drawn_rows(4, 150, -2, 0.5, -3);
  design.log_linear = 2;
  EventHistoryOptions options;
  options.link = FitLink::additive;
  FitReport const report = report_of(design, fit_event_history(design, options), options, subject());
  REQUIRE(report.fit.estimated());
  REQUIRE(report.fit.boundary == std::vector<std::size_t>{2});
  TermReport const& term = report.terms.at(2);
  CHECK(term.estimate == 0);
  for (double const each : {term.error, *term.cluster_error, term.z, term.p}) CHECK(std::isnan(each));
  CHECK(term.lower == 0);
  CHECK(term.upper > 0);
  CHECK(std::isnan(report.effects.at(1).error));
  CHECK(std::isfinite(report.effects.at(0).error));
}

TEST_CASE("effects of a city intercept are said to be at its mean") {
  Design design = test::drawn_rows(1, 400, -2, 0.25, 0.2);
  for (Index& city : design.city) city /= 2;
  EventHistoryOptions options;
  auto const told = [&] {
    FitReport const report = report_of(design, fit_event_history(design, options), options, subject());
    bool found = false;
    for (std::string const& each : report.subject.notes)
      found = found || each.find("whose intercept is 0, its mean") != std::string::npos;
    return found == (report.fit.city_sd.value_or(0) > 0);
  };
  CHECK(told());
  options.city_intercept = true;
  CHECK(told());
}
