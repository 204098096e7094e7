/// Tables and trees of estimates from simulated histories.
#include "tell/recovery_report.hpp"

#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "tell/csv_cell.hpp"
#include "tell/fit_words.hpp"
#include "tell/text_table.hpp"
#include "tell/tree.hpp"

namespace hansa {

namespace {

std::size_t failed(Recoveries const& found) {
  std::size_t all = 0;
  for (auto const& [reason, count] : found.failures) all += count;
  return all;
}

}  // namespace

std::string recovery_text(std::string const& name, Recoveries const& found) {
  std::string text =
      fmt::format("{}: {} simulated histories fitted, {} without estimates\n\n", name, found.fitted, failed(found));
  std::vector<std::vector<std::string>> rows{
      {"  term", "simulated", "mean estimate", "their s.d.", "mean s.e.", "95 % intervals hold it", "fits"}};
  for (Recovery const& term : found.terms) {
    rows.push_back({"  " + term.name, four_digits(term.truth), four_digits(term.mean), four_digits(term.deviation),
                    four_digits(term.mean_error),
                    std::isnan(term.coverage) ? "–" : fmt::format("{:.1f} %", 100 * term.coverage),
                    std::to_string(term.fits)});
  }
  constexpr Align right = Align::right;
  text += lay_out(rows, {Align::left, right, right, right, right, right, right});
  for (auto const& [reason, count] : found.failures) {
    text += "\n  " + wrap(fmt::format("{} without estimates: {}", count, reason), 100, 4) + "\n";
  }
  return text;
}

Node recovery_tree(Recoveries const& found) {
  auto const number = [](std::size_t n) { return number_node(static_cast<std::int64_t>(n)); };
  std::vector<std::pair<std::string, Node>> terms, failures;
  for (Recovery const& term : found.terms) {
    terms.emplace_back(term.name, map_node({{"simulated", number_node(term.truth)},
                                            {"fits", number(term.fits)},
                                            {"mean", number_node(term.mean)},
                                            {"sd", number_node(term.deviation)},
                                            {"mean_se", number_node(term.mean_error)},
                                            {"coverage", number_node(term.coverage)}}));
  }
  for (auto const& [reason, count] : found.failures) failures.emplace_back(reason, number(count));
  return map_node({{"fitted", number(found.fitted)},
                   {"failed", number(failed(found))},
                   {"failures", map_node(std::move(failures))},
                   {"terms", map_node(std::move(terms))}});
}

std::string refits_csv(std::vector<Refit> const& refits) {
  std::string text = "history,term,simulated,estimate,se,failure\n";
  for (std::size_t r = 0; r < refits.size(); ++r) {
    Refit const& each = refits[r];
    if (!each.failure.empty()) text += fmt::format("{},,,,,{}\n", r, csv_cell(each.failure));
    for (std::size_t k = 0; k < each.names.size(); ++k) {
      fmt::format_to(std::back_inserter(text), "{},{},{},{},{},\n", r, csv_cell(each.names[k]),
                     std::isnan(each.truth[k]) ? "" : fmt::format("{}", each.truth[k]), each.estimates[k],
                     std::isnan(each.errors[k]) ? "" : fmt::format("{}", each.errors[k]));
    }
  }
  return text;
}

}  // namespace hansa
