/// The results that follow from estimates, gathered.
#include "inference/fit_report.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/counted.hpp"
#include "base/flat_math.hpp"
#include "inference/build_design.hpp"
#include "inference/widened_fit.hpp"

namespace hansa {

namespace {

constexpr std::size_t events_per_coefficient = 10;  // Peduzzi et al. 1996
constexpr std::size_t few_clusters = 30;            // Cameron & Miller 2015
constexpr std::size_t few_policies = 5;             // Gelman & Hill 2007

/// Wald's intervals are of the errors that are reported; at a bound, and of profiles, they are those of the fit.
std::vector<TermReport> terms_of(EventHistoryFit const& fit, EventHistoryOptions const& options) {
  std::vector<TermReport> terms;
  Limits const wald = wald_limits(fit.coefficients, reported_covariance(fit), options.level);
  for (std::size_t k = 0; k < fit.names.size(); ++k) {
    auto const at = static_cast<Eigen::Index>(k);
    TermReport term;
    term.name = fit.names[k];
    term.estimate = fit.coefficients[at];
    term.error = standard_error(fit.covariance(at, at));
    if (fit.clustered.size() > 0) term.cluster_error = standard_error(fit.clustered(at, at));
    term.z = term.estimate / (reports_clusters(fit) ? *term.cluster_error : term.error);
    term.p = two_sided_p(term.z);
    bool const own = options.intervals == Intervals::profile ||
                     std::find(fit.boundary.begin(), fit.boundary.end(), k) != fit.boundary.end();
    term.lower = own ? fit.lower[at] : wald.lower[at];
    term.upper = own ? fit.upper[at] : wald.upper[at];
    terms.push_back(std::move(term));
  }
  return terms;
}

/// Tests of all columns but the baselines; none where there is no other.
void add_tests(Design const& design, FitReport& report) {
  std::vector<std::size_t> const baselines = baseline_columns(design);
  std::vector<std::size_t> others;
  for (std::size_t c = 0; c < design.columns(); ++c) {
    if (!std::binary_search(baselines.begin(), baselines.end(), c)) others.push_back(c);
  }
  if (baselines.empty() || others.empty()) return;
  report.wald = wald_test(report.fit, others);
  if (!report.wald) report.subject.notes.push_back(no_wald_words(report.fit));
  EventHistoryFit bare;
  bare.link = report.fit.link;
  bare.policy_sd = report.fit.policy_sd;
  bare.parameters = bare.policy_sd ? 2 : std::set<Index>(design.policy.begin(), design.policy.end()).size();
  bare.log_likelihood = report.fit.null_log_likelihood;
  report.likelihood_ratio = likelihood_ratio_test(report.fit, bare);
  // Without mechanisms shapes mean nothing: there are none to test scores with.
  if (!report.fit.shapes.empty()) return;
  if (report.fit.intercept_sd() || report.fit.penalty != Penalty::none) return;
  EventHistoryOptions options;
  options.link = report.fit.link;
  options.clusters.clear();
  report.score = score_test(design, fit_event_history(with_columns(design, baselines), options));
}

std::string named(std::vector<std::size_t> const& columns, std::vector<std::string> const& names) {
  std::vector<std::string> chosen;
  for (std::size_t const c : columns) chosen.push_back(names[c]);
  return fmt::format("{}", fmt::join(chosen, ", "));
}

std::string city_words(std::vector<std::string> const& cities) {
  constexpr std::size_t most = 12;
  auto const end = cities.begin() + static_cast<std::ptrdiff_t>(std::min(cities.size(), most));
  std::string text = fmt::format("{}", fmt::join(cities.begin(), end, ", "));
  if (cities.size() > most) text += fmt::format(" and {} more", cities.size() - most);
  return text;
}

/// Whether the same fit may have Firth's penalty.
bool takes_penalty(FitReport const& report) {
  EventHistoryFit const& fit = report.fit;
  bool const intercept = fit.intercept_sd() || report.options.city_intercept || report.options.policy_intercept;
  return fit.link != FitLink::additive && !intercept && fit.shape_trials == 0;
}

}  // namespace

void add_fit_warnings(FitReport& report) {
  EventHistoryFit const& fit = report.fit;
  auto const warn = [&](std::string text) { report.warnings.push_back(std::move(text)); };
  // Why there are no estimates the failure says; the warning names all cities.
  if (fit.separation != Separation::none) {
    warn(fmt::format("{} separation by {} in {}{}",
                     fit.separation == Separation::complete ? "complete" : "quasi-complete",
                     named(fit.separating, fit.names), city_words(report.separated_cities),
                     !fit.estimated() ? ""
                     : fit.clustered.size() == 0
                         ? "; the estimates owe it to the penalty that they are finite"
                         : "; the estimates owe it to the penalty that they are finite, and clustered errors all but "
                           "vanish where rows are told without error: z, p and intervals are from the information"));
  }
  for (std::string& each : shape_warnings(fit, report.options.level)) warn(std::move(each));
  bool const few = fit.events < events_per_coefficient * fit.names.size();
  std::string const events =
      fmt::format("{} for {}: with fewer than {} events per coefficient", counted(fit.events, "event", "events"),
                  counted(fit.names.size(), "coefficient", "coefficients"), events_per_coefficient);
  if (few && fit.events > 0 && fit.penalty == Penalty::none) {
    warn(fmt::format("{} estimates are biased and intervals miss too often (Peduzzi et al. 1996){}", events,
                     takes_penalty(report) ? "; penalty: firth (Firth 1993) reduces the bias" : ""));
  } else if (few && reports_clusters(fit) && report.options.intervals != Intervals::profile) {
    warn(fmt::format("{} clustered errors are too small{}", events,
                     report.imputations ? ""
                                        : "; intervals: profile are those of the penalised likelihood (Heinze & "
                                          "Schemper 2002)"));
  }
  std::size_t const policies = fit.policy_effects.size();
  if (fit.policy_sd && policies < few_policies) {
    warn(
        fmt::format("{} policies: with fewer than {} the standard deviation of their effects is hardly estimated "
                    "(Gelman & Hill 2007); policy_effects: fixed gives each its own baseline",
                    policies, few_policies));
  }
  if (fit.estimated() && reports_clusters(fit) && fewest_clusters(fit) < few_clusters) {
    bool const two_way = fit.clusters_second > 0;
    warn(fmt::format("{}{} clusters: with fewer than {}{} clustered errors are too small (Cameron & Miller 2015)",
                     fit.clusters, two_way ? fmt::format(" and {}", fit.clusters_second) : "", few_clusters,
                     two_way ? " of either kind" : ""));
  }
}

namespace {

/// Chances change with shapes as they would with coefficients of their slopes, whose estimates are 0.
std::vector<MarginalEffect> effects_of(Design const& design, EventHistoryFit const& fit, Eigen::MatrixXd const& slopes,
                                       FitReport const& report) {
  FitSubject const& subject = report.subject;
  auto const found = [&](Design const& x, EventHistoryFit const& of) {
    return marginal_effects(x, of, subject.effects, subject.alternatives, report.options.level, subject.products);
  };
  if (slopes.size() == 0) return found(design, fit);
  WidenedFit const wide = widened_by(design, fit, slopes);
  return found(wide.design, wide.fit);
}

std::size_t position(std::vector<std::string> const& names, std::string const& name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

/// Marginal effects by the baselines of the policies, which are other columns.
std::vector<MarginalEffect> effects_about_policies(Design const& design, EventHistoryFit const& fit,
                                                   FitReport const& report) {
  std::vector<std::size_t> columns = report.subject.effects;
  std::vector<Alternatives> alternatives = report.subject.alternatives;
  std::vector<Product> products = report.subject.products;
  auto const move = [&](std::size_t& column) {
    if (column != no_column) column = position(fit.names, report.fit.names[column]);
  };
  std::for_each(columns.begin(), columns.end(), move);
  for (Alternatives& each : alternatives) std::for_each(each.begin(), each.end(), move);
  for (Product& each : products) {
    move(each.column);
    move(each.of);
  }
  std::vector<MarginalEffect> effects =
      marginal_effects(design, fit, columns, alternatives, report.options.level, products);
  for (MarginalEffect& each : effects)
    if (each.column != no_column) each.column = position(report.fit.names, fit.names[each.column]);
  return effects;
}

/// Whether some city adopts more than once, be it another policy.
bool adopts_again(Design const& design) {
  std::set<Index> seen;
  for (std::size_t row = 0; row < design.rows(); ++row) {
    if (design.event[row] != 0 && !seen.insert(design.city[row]).second) return true;
  }
  return false;
}

/// What follows from the chances that the fit gives to its own rows.
void add_predictions(Design const& design, EventHistoryFit const& fit, FitReport& report) {
  Trials const trials = trials_of(design, chances(design, fit.link, fit.coefficients));
  report.tjur_r2 = tjur_r2(trials);
  report.roc = roc_area(trials);
  report.calibration = calibration_table(trials);
  report.scores = scores_of(trials);
}

}  // namespace

FitReport report_of(Design const& design, EventHistoryFit const& fit, EventHistoryOptions const& options,
                    FitSubject subject, Eigen::MatrixXd const& slopes) {
  FitReport report;
  report.subject = std::move(subject);
  report.options = options;
  report.fit = fit;
  report.subject.notes.insert(report.subject.notes.end(), fit.notes.begin(), fit.notes.end());
  report.cities = std::set<Index>(design.city.begin(), design.city.end()).size();
  std::set<std::int32_t> spells(design.spell.begin(), design.spell.end());
  spells.erase(-1);
  report.intervals = spells.size();
  for (Index const each : fit.separated) {
    bool const has_name = each < report.subject.cities.size();
    report.separated_cities.push_back(has_name ? report.subject.cities[each] : fmt::format("city {}", each));
  }
  add_fit_warnings(report);
  if (!fit.estimated()) return report;
  if (fit.city_sd && !adopts_again(design)) {
    report.warnings.emplace_back(
        "no city adopts more than once, so that only the course of hazards over time tells how much cities differ "
        "(Elbers "
        "& Ridder 1982): standard deviation and baseline are less certain than their errors say; fit several policies "
        "pooled, or leave frailty out");
  }
  report.terms = terms_of(fit, options);
  report.shapes = shape_reports(fit);
  NamedPolicies const policies{report.subject.policy_numbers, report.subject.policies};
  report.intercept = intercept_report(fit, options.level, policies);
  if (fit.null_log_likelihood < 0) report.mcfadden_r2 = 1 - fit.log_likelihood / fit.null_log_likelihood;
  add_tests(design, report);
  if (fit.policy_sd) {
    Design const own = with_policy_baselines(design, policies);
    EventHistoryFit const about = with_policy_baselines(fit, policies);
    report.effects = effects_about_policies(own, about, report);
    add_predictions(own, about, report);
  } else {
    report.effects = effects_of(design, fit, slopes, report);
    add_predictions(design, fit, report);
  }
  report.subject.products.clear();
  if (fit.city_sd && *fit.city_sd > 0)
    report.subject.notes.emplace_back(
        "marginal effects, AUC, calibration and scores are those of a city whose intercept is 0, its mean");
  return report;
}

}  // namespace hansa
