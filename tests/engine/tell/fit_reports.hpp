/// Reports of fits made by hand.
#pragma once

#include "inference/fit_report.hpp"

namespace hansa::test {

/// A fit of two terms with clustered errors, and one of what each part of a report may hold.
inline FitReport fitted_report() {
  FitReport report;
  report.subject.name = "bikes";
  report.subject.title = "Bike share";
  report.subject.policies = {"bikes"};
  report.subject.from = 1998;
  report.subject.until = 2014;
  report.subject.unknown_sources = 1;
  report.subject.lost_groups = {{"period 2003", 12}};
  report.subject.notes = {"3 adoptions enter with all the years in which they may have happened"};
  report.cities = 100;
  report.intervals = 3;
  EventHistoryFit& fit = report.fit;
  fit.link = FitLink::cloglog;
  fit.names = {"baseline", "sister_cities"};
  fit.coefficients.resize(2);
  fit.coefficients << -3.25, 1.5;
  fit.covariance.resize(2, 2);
  fit.covariance << 0.04, 0, 0, 0.25;
  fit.clustered.resize(2, 2);
  fit.clustered << 0.09, 0, 0, 0.36;
  fit.clusters = 98;
  fit.log_likelihood = -120.5;
  fit.null_log_likelihood = -130.25;
  fit.parameters = 2;
  fit.rows = 1500;
  fit.events = 45;
  fit.rank = 2;
  report.terms = {{"baseline", -3.25, 0.2, 0.3, -10.833, 1e-27, -3.838, -2.662},
                  {"sister_cities", 1.5, 0.5, 0.6, 2.5, 0.0124, 0.324, 2.676}};
  report.mcfadden_r2 = 0.0749;
  report.tjur_r2 = 0.0312;
  report.likelihood_ratio = ChiSquareTest{19.5, 1, 1.005e-5};
  report.wald = ChiSquareTest{6.25, 1, 0.0124};
  report.effects = {{1, Change::derivative, 0.0421, 0.0171, 2.46, 0.0138, 0.0086, 0.0756}};
  report.roc = RocArea{0.7125, 0.04};
  report.calibration.groups = {{0.01, 0.02, 700, 10.5, 9}, {0.021, 0.05, 600, 20.25, 22}, {0.06, 0.3, 200, 14.25, 14}};
  report.calibration.hosmer_lemeshow = ChiSquareTest{0.4, 1, 0.527};
  report.scores = {0.0803, 0.0271};
  return report;
}

/// A fit that two terms separate.
inline FitReport separated_report() {
  FitReport report = fitted_report();
  FitReport separated;
  separated.subject = report.subject;
  separated.subject.name = "led";
  separated.subject.notes.clear();
  separated.cities = 100;
  separated.fit.names = report.fit.names;
  separated.fit.rows = 80;
  separated.fit.events = 4;
  separated.fit.rank = 2;
  separated.fit.separation = Separation::quasi_complete;
  separated.fit.separating = {1};
  separated.fit.separated = {3};
  separated.fit.failure = "sister_cities separates events from the rest";
  separated.separated_cities = {"Lübeck"};
  separated.warnings = {"quasi-complete separation: sister_cities, in Lübeck"};
  return separated;
}

}  // namespace hansa::test
