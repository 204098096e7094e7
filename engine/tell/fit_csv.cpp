/// Reports of fits as rows of CSV, a term each.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "tell/csv_cell.hpp"
#include "tell/fit_report.hpp"
#include "tell/fit_words.hpp"

namespace hansa {

namespace {

std::string number(double value) {
  return std::isnan(value) ? "" : fmt::format("{}", value);  // an interval may end at inf
}

bool holds(std::vector<std::size_t> const& columns, std::size_t column) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

std::string_view status_of(EventHistoryFit const& fit, std::size_t column) {
  if (holds(fit.separating, column)) return "separating";
  if (holds(fit.aliased, column)) return "collinear";
  return fit.estimated() ? "estimated" : "not estimated";
}

std::string numbers_of(FitReport const& report, std::size_t column) {
  if (!report.fit.estimated()) return ",,,,,,,,,,";
  TermReport const& term = report.terms[column];
  std::string row = fmt::format("{},{},{},{},{},{},{}", number(term.estimate), number(term.error),
                                term.cluster_error ? number(*term.cluster_error) : "", number(term.z), number(term.p),
                                number(term.lower), number(term.upper));
  auto const effect = std::find_if(report.effects.begin(), report.effects.end(),
                                   [&](MarginalEffect const& each) { return each.column == column; });
  if (effect == report.effects.end()) return row + ",,,,";
  return row + fmt::format(",{},{},{},{}", number(effect->effect), number(effect->error), number(effect->p),
                           change_word(effect->change));
}

}  // namespace

std::string fit_csv(std::span<FitReport const> reports) {
  std::string text =
      "fit,rule,information,term,status,estimate,se,se_cluster,z,p,lower,upper,marginal_effect,marginal_se,marginal_p,"
      "marginal_change\n";
  for (FitReport const& report : reports) {
    for (std::size_t k = 0; k < report.fit.names.size(); ++k) {
      text += fmt::format("{},{},{},{},{},{}\n", csv_cell(report.subject.name), link_word(report.fit.link),
                          information_word(report.fit.information), csv_cell(report.fit.names[k]),
                          status_of(report.fit, k), numbers_of(report, k));
    }
  }
  return text;
}

}  // namespace hansa
