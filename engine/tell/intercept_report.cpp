/// How much cities or policies differ, in lines for a terminal and in entries of a tree.
#include "tell/intercept_report.hpp"

#include <fmt/format.h>

#include "tell/fit_words.hpp"
#include "tell/text_table.hpp"
#include "tell/tree.hpp"

namespace hansa {

namespace {

bool is_of_policies(InterceptReport const& report) {
  return report.of == InterceptReport::Of::policies;
}

/// "p = 0.0123"
std::string p_sentence(double p) {
  std::string const words = p_words(p);
  return words.starts_with('<') ? "p < " + words.substr(1) : "p = " + words;
}

}  // namespace

std::string intercept_text(InterceptReport const& report, double level) {
  bool const policies = is_of_policies(report);
  std::string words =
      fmt::format("standard deviation of the {} intercept {}", policies ? "policy" : "city", four_digits(report.sd));
  if (report.error) words += fmt::format(", s.e. {}", four_digits(*report.error));
  if (report.interval) {
    words += fmt::format(" ({:g} %: {} to {})", 100 * level, four_digits(report.interval->first),
                         four_digits(report.interval->second));
  }
  std::string text = indented_line(words);
  if (report.test) {
    text += indented_line(fmt::format(
        "likelihood ratio against no differences between {}: {}, {} (half at 0 and half χ²(1): "
        "Self & Liang 1987)",
        policies ? "policies" : "cities", two_decimals(report.test->statistic), p_sentence(report.test->p)));
  }
  if (report.effects.empty()) return text;
  text += '\n' + indented_line("predicted effects of policies about the common baseline (modes of their posteriors):");
  std::vector<std::vector<std::string>> rows = {
      {"  policy", "effect", "s.e.", fmt::format("{:g} % interval", 100 * level)}};
  for (NamedEffect const& each : report.effects) {
    rows.push_back({"  " + each.name, four_digits(each.effect), four_digits(each.error),
                    four_digits(each.lower) + " to " + four_digits(each.upper)});
  }
  return text + lay_out(rows, {Align::left, Align::right, Align::right, Align::right});
}

void add_intercept(InterceptReport const& report, std::vector<std::pair<std::string, Node>>& entries) {
  std::string const name = is_of_policies(report) ? "policy_sd" : "city_sd";
  entries.emplace_back(name, number_node(report.sd));
  if (report.error) entries.emplace_back(name + "_se", number_node(*report.error));
  if (auto const& range = report.interval) {
    entries.emplace_back(name + "_interval", list_node({number_node(range->first), number_node(range->second)}));
  }
  if (report.test) {
    entries.emplace_back(name + "_test", map_node({{"statistic", number_node(report.test->statistic)},
                                                   {"law", text_node("half at 0, half chi-square(1)")},
                                                   {"p", number_node(report.test->p)}}));
  }
  if (report.effects.empty()) return;
  std::vector<std::pair<std::string, Node>> effects;
  for (NamedEffect const& each : report.effects) {
    effects.emplace_back(each.name,
                         map_node({{"effect", number_node(each.effect)},
                                   {"se", number_node(each.error)},
                                   {"interval", list_node({number_node(each.lower), number_node(each.upper)})}}));
  }
  entries.emplace_back("policy_effects", map_node(std::move(effects)));
}

}  // namespace hansa
