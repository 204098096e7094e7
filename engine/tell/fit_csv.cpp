/// Reports of fits as rows of CSV, a term each.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "tell/csv_cell.hpp"
#include "tell/fit_report.hpp"
#include "tell/fit_words.hpp"
#include "tell/shape_report.hpp"

namespace hansa {

namespace {

bool holds(std::vector<std::size_t> const& columns, std::size_t column) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

std::string_view status_of(EventHistoryFit const& fit, std::size_t column) {
  if (holds(fit.separating, column)) return "separating";
  if (holds(fit.aliased, column)) return "collinear";
  return fit.estimated() ? "estimated" : "not estimated";
}

std::string effect_cells(MarginalEffect const& effect) {
  return fmt::format(",{},{},{},{}", csv_number(effect.effect), csv_number(effect.error), csv_number(effect.p),
                     change_word(effect.change));
}

std::string numbers_of(FitReport const& report, std::size_t column) {
  if (!report.fit.estimated()) return ",,,,,,,,,,";
  TermReport const& term = report.terms[column];
  std::string row = fmt::format("{},{},{},{},{},{},{}", csv_number(term.estimate), csv_number(term.error),
                                term.cluster_error ? csv_number(*term.cluster_error) : "", csv_number(term.z),
                                csv_number(term.p), csv_number(term.lower), csv_number(term.upper));
  auto const effect = std::find_if(report.effects.begin(), report.effects.end(),
                                   [&](MarginalEffect const& each) { return each.column == column; });
  return row + (effect == report.effects.end() ? ",,,," : effect_cells(*effect));
}

/// Covariates that the model knows only multiplied by others have an effect and no coefficient.
void add_effects_alone(std::string& text, FitReport const& report, bool imputed) {
  for (MarginalEffect const& each : report.effects) {
    if (each.column != no_column) continue;
    text += fmt::format("{},{},{},{},effect,,,,,,,{}{}\n", csv_cell(report.subject.name), link_word(report.fit.link),
                        information_word(report.fit.information), csv_cell(each.name), effect_cells(each),
                        imputed ? ",,,," : "");
  }
}

/// Of imputations: where the error of a term is from; blanks where there are none.
std::string imputed_of(FitReport const& report, std::size_t column) {
  bool const known = report.imputations && column < report.imputations->terms.size();
  if (!known) return ",,,,";
  ImputedTerm const& each = report.imputations->terms[column];
  return fmt::format(",{},{},{},{}", csv_number(each.within), csv_number(each.between), csv_number(each.degrees),
                     csv_number(each.missing));
}

/// The standard deviation of an intercept, and the predicted effects of policies.
void add_intercept(std::string& text, FitReport const& report) {
  InterceptReport const& from = *report.intercept;
  auto const add = [&](std::string const& term, std::string_view status, std::string const& numbers) {
    text += fmt::format("{},{},{},{},{},{},,,,\n", csv_cell(report.subject.name), link_word(report.fit.link),
                        information_word(report.fit.information), csv_cell(term), status, numbers);
  };
  bool const policies = from.of == InterceptReport::Of::policies;
  add(policies ? "policy_sd" : "city_sd", "estimated",
      fmt::format("{},{},,,,{},{}", csv_number(from.sd), from.error ? csv_number(*from.error) : "",
                  from.interval ? csv_number(from.interval->first) : "",
                  from.interval ? csv_number(from.interval->second) : ""));
  for (NamedEffect const& each : from.effects) {
    add("effect_" + each.name, "predicted",
        fmt::format("{},{},,,,{},{}", csv_number(each.effect), csv_number(each.error), csv_number(each.lower),
                    csv_number(each.upper)));
  }
}

}  // namespace

std::string fit_csv(std::span<FitReport const> reports) {
  std::string text =
      "fit,rule,information,term,status,estimate,se,se_cluster,z,p,lower,upper,marginal_effect,marginal_se,marginal_p,"
      "marginal_change";
  bool const imputed =
      std::any_of(reports.begin(), reports.end(), [](FitReport const& each) { return each.imputations.has_value(); });
  text += imputed ? ",se_within,sd_between,degrees,missing_information\n" : "\n";
  for (FitReport const& report : reports) {
    for (std::size_t k = 0; k < report.fit.names.size(); ++k) {
      text += fmt::format("{},{},{},{},{},{}{}\n", csv_cell(report.subject.name), link_word(report.fit.link),
                          information_word(report.fit.information), csv_cell(report.fit.names[k]),
                          status_of(report.fit, k), numbers_of(report, k), imputed ? imputed_of(report, k) : "");
    }
    add_effects_alone(text, report, imputed);
    text += shape_csv(report);
    if (report.intercept) add_intercept(text, report);
  }
  return text;
}

}  // namespace hansa
