/// What was combined over completed data sets, in lines for a terminal and in entries of a tree.
#include "tell/imputation_report.hpp"

#include <fmt/format.h>

#include "tell/fit_words.hpp"
#include "tell/text_table.hpp"
#include "tell/tree.hpp"

namespace hansa {

namespace {

using Entries = std::vector<std::pair<std::string, Node>>;

std::string range_words(LeastAndMost const& range) {
  return range.least == range.most ? fmt::format("{}", range.least) : fmt::format("{} to {}", range.least, range.most);
}

Node range_node(LeastAndMost const& range) {
  return list_node({count_node(range.least), count_node(range.most)});
}

}  // namespace

std::string imputation_words(ImputationReport const& told) {
  std::string words = fmt::format("{} completed data set{}", told.asked, told.asked == 1 ? "" : "s");
  if (told.fitted < told.asked) words += fmt::format(", of which {} have estimates", told.fitted);
  words += fmt::format("; {} date{} drawn in each", told.dates, told.dates == 1 ? "" : "s");
  if (told.evenly > 0) words += fmt::format(", {} with the same chance in each year", told.evenly);
  if (told.fitted == 0) return words;
  return words + fmt::format("; {} rows, {} events", range_words(told.rows), range_words(told.events));
}

std::string f_words(FTest const& test) {
  std::string const p = p_words(test.p);
  return fmt::format("F({:g}, {:.1f}) = {}, p {}", test.above, test.below, two_decimals(test.statistic),
                     p.starts_with('<') ? "< " + p.substr(1) : "= " + p);
}

std::string imputation_text(FitReport const& report) {
  ImputationReport const& told = *report.imputations;
  std::string text = indented_line("imputations: " + imputation_words(told));
  if (told.terms.empty()) return text;
  text += indented_line(
      "combined by Rubin's rules (Rubin 1987); z is compared with Student's t of so many degrees of freedom "
      "(Barnard & Rubin 1999):");
  std::vector<std::vector<std::string>> rows = {
      {"  term", "s.e. within", "s.d. between", "degrees", "missing information"}};
  for (std::size_t k = 0; k < told.terms.size(); ++k) {
    ImputedTerm const& each = told.terms[k];
    rows.push_back({"  " + report.terms[k].name, four_digits(each.within), four_digits(each.between),
                    fmt::format("{:.1f}", each.degrees), fmt::format("{:.1f} %", 100 * each.missing)});
  }
  text += lay_out(rows, {Align::left, Align::right, Align::right, Align::right, Align::right});
  if (told.wald)
    text += indented_line("all but the baselines: Wald " + f_words(*told.wald) + " (Li, Raghunathan & Rubin 1991)");
  return text;
}

void add_imputations(FitReport const& report, Entries& entries) {
  ImputationReport const& told = *report.imputations;
  Entries failures, terms;
  for (auto const& [reason, count] : told.failures) failures.emplace_back(reason, count_node(count));
  for (std::size_t k = 0; k < told.terms.size(); ++k) {
    ImputedTerm const& each = told.terms[k];
    terms.emplace_back(report.terms[k].name, map_node({{"within", number_node(each.within)},
                                                       {"between", number_node(each.between)},
                                                       {"degrees", number_node(each.degrees)},
                                                       {"missing", number_node(each.missing)}}));
  }
  Entries made{{"asked", count_node(told.asked)},
               {"fitted", count_node(told.fitted)},
               {"failures", map_node(std::move(failures))},
               {"dates", count_node(told.dates)},
               {"evenly", count_node(told.evenly)}};
  if (told.fitted > 0) {
    made.emplace_back("rows", range_node(told.rows));
    made.emplace_back("events", range_node(told.events));
  }
  made.emplace_back("terms", map_node(std::move(terms)));
  if (told.wald) {
    made.emplace_back("wald", map_node({{"statistic", number_node(told.wald->statistic)},
                                        {"degrees", number_node(told.wald->above)},
                                        {"degrees_below", number_node(told.wald->below)},
                                        {"p", number_node(told.wald->p)}}));
  }
  entries.emplace_back("imputations", map_node(std::move(made)));
}

}  // namespace hansa
