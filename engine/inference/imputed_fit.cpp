/// From completed data sets to one fit.
#include "inference/imputed_fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include <fmt/format.h>

#include "base/parallel.hpp"
#include "base/random.hpp"
#include "base/student.hpp"
#include "inference/covariance.hpp"
#include "inference/effect_products.hpp"
#include "inference/estimates_of.hpp"
#include "inference/fit_shapes.hpp"
#include "run/draw_estimates.hpp"

namespace hansa {

namespace {

/// What one completed data set says.
struct CompletedFit {
  EventHistoryFit fit;
  std::vector<MarginalEffect> effects;
  DesignCounts counts;
  std::size_t cities = 0;
};

/// Sets that have estimates, and what is common to all.
struct Completed {
  std::vector<CompletedFit> sets;
  ImputationReport told;
};

std::size_t evenly_drawn(std::vector<UnknownDate> const& dates, Design const& design) {
  std::size_t count = 0;
  for (UnknownDate const& date : dates) {
    std::size_t found = 0;
    for (std::size_t r = 0; r < design.rows(); ++r) {
      bool const is_of = design.spell[r] >= 0 && design.policy[r] == date.policy.value && design.city[r] == date.city;
      found += is_of && std::binary_search(date.labels.begin(), date.labels.end(), design.period[r]) ? 1 : 0;
    }
    count += found < date.labels.size() ? 1 : 0;
  }
  return count;
}

CompletedFit fit_set(FitQuestion const& question, std::vector<PolicyId> const& policies,
                     std::vector<UnknownDate> const& dates, FittedPolicies const& first, EstimateDraws const& draws,
                     std::uint64_t set) {
  EventHistoryOptions const options = options_of(question, policies);
  Design const& design = first.observed.design;
  CompletedFit made;
  made.fit.names = design.names;
  try {
    std::vector<double> const drawn = draws.draw(static_cast<std::int64_t>(set)).values;
    Eigen::VectorXd const coefficients =
        Eigen::Map<Eigen::VectorXd const>(drawn.data(), static_cast<Eigen::Index>(design.columns()));
    DateChances const chances = date_chances(dates, design, options.link, coefficients);
    ObservedDesign const observed = design_of(question, policies, completed_histories(question, dates, chances, set));
    made.counts = observed.counts;
    made.cities = std::set<Index>(observed.design.city.begin(), observed.design.city.end()).size();
    if (observed.design.names != design.names) {
      made.fit.failure = "in the years and countries with adoptions, and so in its terms, the data set differs";
      return made;
    }
    made.fit = fit_event_history(observed.design, options);
    if (made.fit.estimated()) {
      FitSubject const& subject = first.report.subject;
      made.effects = marginal_effects(observed.design, made.fit, subject.effects, subject.alternatives, options.level,
                                      products_of(question, observed));
    }
  } catch (Error const& error) {
    made.fit.failure = error.complaints().front().problem;
  }
  return made;
}

void count_set(CompletedFit const& each, bool is_first, ImputationReport& told) {
  auto const widen = [&](LeastAndMost& range, std::size_t value) {
    range.least = is_first ? value : std::min(range.least, value);
    range.most = is_first ? value : std::max(range.most, value);
  };
  widen(told.rows, each.fit.rows);
  widen(told.events, each.fit.events);
}

/// Fits all data sets; those without estimates are counted and left out.
Completed complete(FitQuestion const& question, std::vector<PolicyId> const& policies,
                   std::vector<UnknownDate> const& dates, FittedPolicies const& first, int threads) {
  std::vector<double> model_covariance;
  Estimates const estimates = estimates_of(first, model_covariance);
  // Other draws than those of runs from these estimates.
  EstimateDraws const draws(estimates, make_key(question.model.seed, 0, Purpose::imputation, hash_id(estimates.name)));
  std::vector<CompletedFit> all(static_cast<std::size_t>(question.spec.imputations));
  parallel_for(all.size(), threads,
               [&](std::size_t m) { all[m] = fit_set(question, policies, dates, first, draws, m); });
  Completed made;
  made.told.asked = all.size();
  made.told.dates = dates.size();
  made.told.evenly = evenly_drawn(dates, first.observed.design);
  for (CompletedFit& each : all) {
    if (!each.fit.estimated()) {
      ++made.told.failures[each.fit.failure];
      continue;
    }
    count_set(each, made.sets.empty(), made.told);
    made.sets.push_back(std::move(each));
  }
  made.told.fitted = made.sets.size();
  return made;
}

/// Why the data sets cannot be combined; empty where they can.
std::string uncombined(Completed const& completed) {
  ImputationReport const& told = completed.told;
  bool const enough = told.fitted >= std::min<std::size_t>(2, told.asked) && 2 * told.fitted >= told.asked;
  if (!enough) {
    auto const most = std::max_element(told.failures.begin(), told.failures.end(),
                                       [](auto const& a, auto const& b) { return a.second < b.second; });
    return fmt::format("only {} of {} completed data sets have estimates ({}: {})", told.fitted, told.asked,
                       most->second, most->first);
  }
  for (std::size_t k = 0; k < completed.sets.front().fit.names.size(); ++k) {
    auto const bound = std::count_if(completed.sets.begin(), completed.sets.end(), [&](CompletedFit const& each) {
      return std::find(each.fit.boundary.begin(), each.fit.boundary.end(), k) != each.fit.boundary.end();
    });
    if (bound > 0)
      return fmt::format(
          "'{}' is 0, on the boundary, in {} of {} completed data sets, where Rubin's rules take estimates for normal; "
          "fit with link cloglog, or without imputations",
          completed.sets.front().fit.names[k], bound, told.fitted);
  }
  return {};
}

using Matrix = Eigen::MatrixXd EventHistoryFit::*;

CombinedEstimates combine_sets(std::vector<CompletedFit> const& sets, Matrix matrix, double degrees) {
  std::vector<Eigen::VectorXd> estimates;
  std::vector<Eigen::MatrixXd> covariances;
  for (CompletedFit const& each : sets) {
    estimates.push_back(each.fit.coefficients);
    covariances.push_back(each.fit.*matrix);
  }
  return combine(estimates, covariances, degrees);
}

/// Degrees of freedom with complete data: of clusters their number less one, else rows less columns.
double complete_degrees(std::vector<CompletedFit> const& sets) {
  double least = 1e300;
  for (CompletedFit const& each : sets) {
    double const degrees = reports_clusters(each.fit) ? static_cast<double>(fewest_clusters(each.fit)) - 1
                                                      : static_cast<double>(each.fit.rows - each.fit.names.size());
    least = std::min(least, std::max(degrees, 1.0));
  }
  return least;
}

/// The combined fit: of likelihoods it has none.
EventHistoryFit combined_fit(Completed const& completed, EventHistoryFit const& first) {
  EventHistoryFit fit = completed.sets.front().fit;
  fit.log_likelihood = fit.null_log_likelihood = 0;
  fit.notes = first.notes;
  fit.rows = completed.told.rows.least;
  fit.events = completed.told.events.least;
  bool clustered = true;
  std::ptrdiff_t mended = 0;
  for (CompletedFit const& each : completed.sets) {
    clustered = clustered && each.fit.clustered.size() > 0;
    fit.separation = std::max(fit.separation, each.fit.separation);
    fit.clusters = std::min(fit.clusters, each.fit.clusters);
    fit.clusters_second = std::min(fit.clusters_second, each.fit.clusters_second);
    mended += std::count(each.fit.notes.begin(), each.fit.notes.end(), mended_words());
    fit.iterations = std::max(fit.iterations, each.fit.iterations);
  }
  std::erase(fit.notes, mended_words());
  if (mended > 0)
    fit.notes.push_back(
        fmt::format("of {} of {} completed data sets {}", mended, completed.sets.size(), mended_words()));
  double const degrees = complete_degrees(completed.sets);
  CombinedEstimates const model = combine_sets(completed.sets, &EventHistoryFit::covariance, degrees);
  fit.coefficients = model.estimates;
  fit.covariance = model.total;
  fit.clustered.resize(0, 0);
  if (clustered) fit.clustered = combine_sets(completed.sets, &EventHistoryFit::clustered, degrees).total;
  return fit;
}

double reach_of(double level, double degrees) {
  return flat::inverse_student(0.5 + level / 2, degrees);
}

void add_terms(Completed const& completed, Design const& first, FitReport& report) {
  EventHistoryFit const& fit = report.fit;
  bool const clustered = reports_clusters(fit);
  CombinedEstimates const found =
      combine_sets(completed.sets, clustered ? &EventHistoryFit::clustered : &EventHistoryFit::covariance,
                   complete_degrees(completed.sets));
  ImputationReport& told = *report.imputations;
  for (std::size_t k = 0; k < fit.names.size(); ++k) {
    auto const at = static_cast<Eigen::Index>(k);
    double const error = std::sqrt(found.total(at, at)), degrees = found.degrees[at];
    TermReport term;
    term.name = fit.names[k];
    term.estimate = fit.coefficients[at];
    term.error = standard_error(fit.covariance(at, at));
    if (fit.clustered.size() > 0) term.cluster_error = standard_error(fit.clustered(at, at));
    term.z = term.estimate / error;
    term.p = 2 * flat::student_tail(std::fabs(term.z), degrees);
    term.lower = term.estimate - reach_of(report.options.level, degrees) * error;
    term.upper = term.estimate + reach_of(report.options.level, degrees) * error;
    report.terms.push_back(std::move(term));
    told.terms.push_back(
        {std::sqrt(found.within(at, at)), std::sqrt(found.between(at, at)), degrees, found.missing[at]});
  }
  std::vector<std::size_t> const baselines = baseline_columns(first);
  std::vector<std::size_t> others;
  for (std::size_t k = 0; k < fit.names.size(); ++k)
    if (!std::binary_search(baselines.begin(), baselines.end(), k)) others.push_back(k);
  told.wald = combined_wald_test(found, others);
  if (!told.wald && completed.sets.size() > 1 && !others.empty()) report.subject.notes.push_back(no_wald_words(fit));
}

/// In some data set.
bool has_no_error(Completed const& completed, std::size_t effect) {
  return std::any_of(completed.sets.begin(), completed.sets.end(),
                     [&](CompletedFit const& each) { return std::isnan(each.effects[effect].error); });
}

double mean_effect(Completed const& completed, std::size_t effect) {
  double sum = 0;
  for (CompletedFit const& each : completed.sets) sum += each.effects[effect].effect;
  return sum / static_cast<double>(completed.sets.size());
}

void add_effects(Completed const& completed, FitReport& report) {
  report.effects = completed.sets.front().effects;
  double const degrees = complete_degrees(completed.sets);
  for (std::size_t k = 0; k < report.effects.size(); ++k) {
    if (has_no_error(completed, k)) {
      MarginalEffect& effect = report.effects[k];
      effect.effect = mean_effect(completed, k);
      effect.error = effect.z = effect.p = effect.lower = effect.upper = std::numeric_limits<double>::quiet_NaN();
      continue;
    }
    std::vector<Eigen::VectorXd> values;
    std::vector<Eigen::MatrixXd> variances;
    for (CompletedFit const& each : completed.sets) {
      values.push_back(Eigen::VectorXd::Constant(1, each.effects[k].effect));
      variances.push_back(Eigen::MatrixXd::Constant(1, 1, each.effects[k].error * each.effects[k].error));
    }
    CombinedEstimates const found = combine(values, variances, degrees);
    MarginalEffect& effect = report.effects[k];
    effect.effect = found.estimates[0];
    effect.error = std::sqrt(found.total(0, 0));
    effect.z = effect.effect / effect.error;
    effect.p = 2 * flat::student_tail(std::fabs(effect.z), found.degrees[0]);
    double const reach = reach_of(report.options.level, found.degrees[0]) * effect.error;
    effect.lower = effect.effect - reach;
    effect.upper = effect.effect + reach;
  }
}

void add_imputation_warnings(FitReport& report) {
  ImputationReport const& told = *report.imputations;
  if (told.asked == 1)
    report.warnings.push_back(
        "of a single completed data set, nothing tells how much estimates differ between data sets: errors are too "
        "small; ask for 20 imputations or more");
  if (told.fitted < told.asked) {
    std::string reasons;
    for (auto const& [reason, count] : told.failures) reasons += fmt::format("; {}: {}", count, reason);
    report.warnings.push_back(fmt::format("{} of {} completed data sets have no estimates and are left out{}",
                                          told.asked - told.fitted, told.asked, reasons));
  }
}

}  // namespace

FittedPolicies fit_imputed(FitQuestion const& question, std::vector<PolicyId> const& policies,
                           std::vector<UnknownDate> const& dates, int threads) {
  EventHistoryOptions const options = options_of(question, policies);
  FittedPolicies fitted;
  fitted.observed = design_of(question, policies);
  FitReport& report = fitted.report;
  report.options = options;
  report.fit = fit_event_history(fitted.observed.design, options);
  report.subject = subject_of(question, policies, fitted.observed);
  report.cities = std::set<Index>(fitted.observed.design.city.begin(), fitted.observed.design.city.end()).size();
  report.intervals = dates.size();
  if (!report.fit.estimated()) {
    report.fit.failure = "the first fit, of whose chances dates are drawn, has no estimates: " + report.fit.failure;
    add_fit_warnings(report);
    return fitted;
  }
  Completed completed;
  try {
    completed = complete(question, policies, dates, fitted, threads);
  } catch (Error const& error) {
    report.fit.failure = error.complaints().front().problem;
    return fitted;
  }
  report.imputations = completed.told;
  report.fit.failure = uncombined(completed);
  if (!report.fit.estimated()) return fitted;
  report.fit = combined_fit(completed, report.fit);
  ObservedDesign counted;
  counted.design.names = fitted.observed.design.names;
  counted.coefficients = fitted.observed.coefficients;
  counted.counts = completed.sets.front().counts;
  report.subject = subject_of(question, policies, counted);
  report.cities = completed.sets.front().cities;
  add_terms(completed, fitted.observed.design, report);
  add_effects(completed, report);
  report.subject.notes.push_back(
      "log-likelihood, AIC, BIC, likelihood ratios, AUC and calibration are each data set's own and are not combined");
  add_fit_warnings(report);
  add_imputation_warnings(report);
  return fitted;
}

}  // namespace hansa
