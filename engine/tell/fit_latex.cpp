/// Reports of fits as tables for LaTeX.
#include <cmath>

#include <fmt/format.h>

#include "tell/fit_report.hpp"
#include "tell/fit_words.hpp"
#include "tell/imputation_report.hpp"
#include "tell/latex_text.hpp"
#include "tell/shape_report.hpp"

namespace hansa {

namespace {

void add_fact(std::string& text, std::string_view name, std::string const& value) {
  text += fmt::format("    {} & {} \\\\\n", name, value);
}

std::string latex_range(double lower, double upper) {
  if (std::isnan(lower) && std::isnan(upper)) return "--";
  return latex_number(lower) + " to " + latex_number(upper);
}

void add_latex_terms(std::string& text, FitReport const& report) {
  bool const clustered = report.fit.clustered.size() > 0;
  text += fmt::format("    Term & Estimate & s.e.{} & $z$ & $p$ & {} \\\\\n    \\midrule\n",
                      clustered ? " & Clustered s.e." : "", latex_text(interval_words(report)));
  for (TermReport const& term : report.terms) {
    std::string const cluster = clustered ? " & " + latex_number(*term.cluster_error) : "";
    text += fmt::format("    {} & {} & {}{} & {} & {} & {} \\\\\n", latex_text(term.name), latex_number(term.estimate),
                        latex_number(term.error), cluster, latex_decimals(term.z), latex_p(term.p),
                        latex_range(term.lower, term.upper));
  }
  text += shape_latex(report);
}

void add_facts(std::string& text, FitReport const& report) {
  EventHistoryFit const& fit = report.fit;
  text += "    \\midrule\n";
  if (fit.city_sd) add_fact(text, "s.d. of the city intercept", latex_number(*fit.city_sd));
  if (fit.policy_sd) add_fact(text, "s.d. of the policy intercept", latex_number(*fit.policy_sd));
  if (!report.imputations) {
    add_fact(text, "Log-likelihood", latex_decimals(fit.log_likelihood));
    add_fact(text, "AIC", latex_decimals(fit.aic()));
    add_fact(text, "BIC", latex_decimals(fit.bic()));
    add_fact(text, "McFadden's $R^2$", latex_number(report.mcfadden_r2));
  }
  if (report.tjur_r2) add_fact(text, "Tjur's $R^2$", latex_number(*report.tjur_r2));
  if (report.roc) add_fact(text, "AUC", latex_number(report.roc->area));
  add_fact(text, "Rows", fmt::format("{}", fit.rows));
  add_fact(text, "Events", fmt::format("{}", fit.events));
  add_fact(text, "Cities", fmt::format("{}", report.cities));
}

void add_failure(std::string& text, FitReport const& report) {
  text += "    Term & Estimate \\\\\n    \\midrule\n";
  for (std::string const& name : report.fit.names) add_fact(text, latex_text(name), "--");
  text += "    \\midrule\n";
  add_fact(text, "Rows", fmt::format("{}", report.fit.rows));
  add_fact(text, "Events", fmt::format("{}", report.fit.events));
  add_fact(text, "Cities", fmt::format("{}", report.cities));
}

std::string remarks(FitReport const& report) {
  std::string text = report.fit.estimated() ? fmt::format("Errors: {}.", latex_text(error_words(report)))
                                            : fmt::format("Not estimated: {}.", latex_text(report.fit.failure));
  std::string remark = interval_remark(report);
  if (report.fit.estimated() && !remark.empty()) {
    remark[0] = 'I';
    text += fmt::format(" {}.", latex_text(remark));
  }
  if (report.fit.penalty == Penalty::firth) text += " Firth's penalised likelihood.";
  if (report.imputations) text += fmt::format(" Imputations: {}.", latex_text(imputation_words(*report.imputations)));
  for (std::string const& each : report.warnings) text += fmt::format(" Warning: {}.", latex_text(each));
  for (std::string const& each : report.subject.notes) text += fmt::format(" Note: {}.", latex_text(each));
  return text;
}

}  // namespace

std::string fit_latex(std::span<FitReport const> reports) {
  std::string text = "% needs \\usepackage{booktabs} and UTF-8\n";
  for (FitReport const& report : reports) {
    bool const estimated = report.fit.estimated();
    std::string const title = report.subject.title.empty() ? "" : latex_text(report.subject.title) + ": ";
    text += fmt::format("\\begin{{table}}\n  \\centering\n  \\caption{{{}{} ({})}}\n  \\label{{{}}}\n", title,
                        latex_text(report.subject.name), link_word(report.fit.link),
                        latex_label("fit", report.subject.name));
    std::size_t const numbers = !estimated ? 1 : report.fit.clustered.size() > 0 ? 6 : 5;
    text += fmt::format("  \\begin{{tabular}}{{l{}}}\n    \\toprule\n", std::string(numbers, 'r'));
    if (estimated) {
      add_latex_terms(text, report);
      add_facts(text, report);
    } else {
      add_failure(text, report);
    }
    text += fmt::format("    \\bottomrule\n  \\end{{tabular}}\n  \\par\\smallskip\\footnotesize {}\n\\end{{table}}\n",
                        remarks(report));
  }
  return text;
}

}  // namespace hansa
