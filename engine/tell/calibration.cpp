/// Groups of predicted chances beside what happened.
#include "tell/calibration.hpp"

#include <vector>

#include <fmt/format.h>

#include "tell/fit_words.hpp"
#include "tell/text_table.hpp"
#include "tell/tree.hpp"

namespace hansa {

std::string calibration_text(CalibrationTable const& table) {
  if (table.groups.empty()) return "";
  std::vector<std::vector<std::string>> rows = {{"  predicted chance", "trials", "expected events", "observed"}};
  for (CalibrationGroup const& each : table.groups) {
    rows.push_back({"  " + four_digits(each.lowest) + " to " + four_digits(each.highest),
                    fmt::format("{}", each.trials), two_decimals(each.expected), fmt::format("{}", each.observed)});
  }
  std::string text = lay_out(rows, {Align::left, Align::right, Align::right, Align::right});
  if (table.hosmer_lemeshow) text += "  Hosmer & Lemeshow " + test_words(*table.hosmer_lemeshow) + '\n';
  return text;
}

Node calibration_tree(CalibrationTable const& table) {
  auto const count = [](std::size_t value) { return number_node(static_cast<std::int64_t>(value)); };
  std::vector<Node> groups;
  for (CalibrationGroup const& each : table.groups) {
    groups.push_back(map_node({{"lowest", number_node(each.lowest)},
                               {"highest", number_node(each.highest)},
                               {"trials", count(each.trials)},
                               {"expected", number_node(each.expected)},
                               {"observed", count(each.observed)}}));
  }
  Node test;
  if (auto const& found = table.hosmer_lemeshow) {
    test = map_node({{"statistic", number_node(found->statistic)},
                     {"degrees", count(found->degrees)},
                     {"p", number_node(found->p)}});
  }
  return map_node({{"groups", list_node(std::move(groups))}, {"hosmer_lemeshow", std::move(test)}});
}

}  // namespace hansa
