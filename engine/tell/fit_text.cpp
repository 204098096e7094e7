/// A fit's report as lines for a terminal.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/counted.hpp"
#include "tell/calibration.hpp"
#include "tell/fit_report.hpp"
#include "tell/fit_words.hpp"
#include "tell/imputation_report.hpp"
#include "tell/intercept_report.hpp"
#include "tell/shape_report.hpp"
#include "tell/text_table.hpp"

namespace hansa {

namespace {

constexpr auto left = Align::left;
constexpr auto right = Align::right;

using Rows = std::vector<std::vector<std::string>>;

void add_heading(std::string& text, FitReport const& report) {
  FitSubject const& subject = report.subject;
  text += subject.title.empty() ? fmt::format("fit of {}\n", subject.name)
                                : fmt::format("{}: fit of {}\n", subject.title, subject.name);
  std::string sample =
      fmt::format("{}: {} of {}, {}", link_word(report.fit.link), counted(report.fit.rows, "row", "rows"),
                  counted(report.cities, "city", "cities"), counted(report.fit.events, "event", "events"));
  if (subject.from && subject.until) sample += fmt::format(", {} to {}", *subject.from, *subject.until);
  add_line(text, sample);
  if (subject.policies.size() > 1) add_line(text, fmt::format("policies: {}", fmt::join(subject.policies, ", ")));
  if (subject.unknown_sources > 0) {
    add_line(text, fmt::format("{} of unknown status left out of exposure",
                               counted(subject.unknown_sources, "source", "sources")));
  }
  for (auto const& [group, rows] : subject.lost_groups) {
    add_line(text, fmt::format("{} has no event: {} left out", group, counted(rows, "row", "rows")));
  }
}

void add_terms(std::string& text, FitReport const& report) {
  bool const clustered = report.fit.clustered.size() > 0;
  Rows rows;
  std::vector<std::string> head = {"  term", "estimate", "s.e."};
  if (clustered) head.push_back("clustered s.e.");
  head.insert(head.end(), {"z", "p", interval_words(report)});
  rows.push_back(head);
  for (TermReport const& term : report.terms) {
    std::vector<std::string> row = {"  " + term.name, four_digits(term.estimate), four_digits(term.error)};
    if (clustered) row.push_back(four_digits(*term.cluster_error));
    row.insert(row.end(), {two_decimals(term.z), p_words(term.p), range_words(term.lower, term.upper)});
    rows.push_back(std::move(row));
  }
  text += '\n' + lay_out(rows, {left, right, right, right, right, right, right});
  if (report.intercept) text += intercept_text(*report.intercept, report.options.level);
  if (!report.shapes.empty()) text += shape_text(report);
  bool const firth = report.fit.penalty == Penalty::firth;
  std::string const remark = interval_remark(report);
  add_line(text, fmt::format("errors: {}{}; z and p from {}{}{}", error_words(report),
                             firth ? "; Firth's penalised likelihood" : "",
                             !clustered                     ? "them"
                             : reports_clusters(report.fit) ? "the clustered ones"
                                                            : "the information alone",
                             remark.empty() ? "" : "; ", remark));
}

void add_quality(std::string& text, FitReport const& report) {
  EventHistoryFit const& fit = report.fit;
  text += '\n';
  add_line(text,
           fmt::format("log-likelihood {} (baselines alone {}), {}, AIC {}, BIC {}", two_decimals(fit.log_likelihood),
                       two_decimals(fit.null_log_likelihood), counted(fit.parameters, "parameter", "parameters"),
                       two_decimals(fit.aic()), two_decimals(fit.bic())));
  std::string shares = fmt::format("McFadden's R² {:.4f}", report.mcfadden_r2);
  if (report.tjur_r2) shares += fmt::format(", Tjur's R² {:.4f}", *report.tjur_r2);
  if (report.roc) {
    shares += fmt::format(", AUC {:.4f}", report.roc->area);
    if (report.roc->error) shares += fmt::format(" (s.e. {:.4f}, DeLong)", *report.roc->error);
  }
  add_line(text, shares);
  std::vector<std::string> tests;
  if (report.likelihood_ratio) tests.push_back("likelihood ratio " + test_words(*report.likelihood_ratio));
  if (report.wald) tests.push_back("Wald " + test_words(*report.wald));
  if (report.score) tests.push_back("score " + test_words(*report.score));
  if (!tests.empty()) add_line(text, fmt::format("all but the baselines: {}", fmt::join(tests, "; ")));
}

std::string change_words(FitReport const& report, MarginalEffect const& effect) {
  if (effect.change == Change::derivative) return "a unit more (derivative)";
  for (Alternatives const& each : report.subject.alternatives) {
    if (std::find(each.begin(), each.end(), effect.column) != each.end()) return "against the reference";
  }
  return "1 against 0";
}

void add_effects(std::string& text, FitReport const& report) {
  if (report.effects.empty()) return;
  text += '\n';
  add_line(text, fmt::format("average marginal effects on the chance of an event in a {}, errors by the delta method:",
                             report.subject.time_unit));
  Rows rows = {
      {"  term", "effect", "s.e.", "z", "p", fmt::format("{:g} % interval", 100 * report.options.level), "of"}};
  for (MarginalEffect const& each : report.effects) {
    rows.push_back({"  " + effect_name(report, each), four_digits(each.effect), four_digits(each.error),
                    two_decimals(each.z), p_words(each.p), range_words(each.lower, each.upper),
                    change_words(report, each)});
  }
  text += lay_out(rows, {left, right, right, right, right, right, left});
}

void add_calibration(std::string& text, FitReport const& report) {
  if (report.calibration.groups.empty()) return;
  text += '\n' + calibration_text(report.calibration);
  add_line(text, fmt::format("log score {}, Brier score {} (of the rows fitted; lower is better)",
                             four_digits(report.scores.log), four_digits(report.scores.brier)));
}

}  // namespace

std::string fit_text(FitReport const& report) {
  std::string text;
  add_heading(text, report);
  if (report.fit.estimated()) {
    add_terms(text, report);
    if (report.imputations)
      text += '\n' + imputation_text(report);
    else
      add_quality(text, report);
    add_effects(text, report);
    add_calibration(text, report);
  } else {
    add_line(text, "not estimated: " + report.fit.failure);
    if (report.imputations) text += imputation_text(report);
  }
  if (!report.warnings.empty() || !report.subject.notes.empty()) text += '\n';
  for (std::string const& each : report.warnings) add_line(text, "warning: " + each);
  for (std::string const& each : report.subject.notes) add_line(text, "note: " + each);
  return text;
}

}  // namespace hansa
