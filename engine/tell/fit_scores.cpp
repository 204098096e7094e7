/// Tables and trees of scores.
#include "tell/fit_scores.hpp"

#include <fmt/format.h>

#include "tell/fit_words.hpp"
#include "tell/text_table.hpp"
#include "tell/tree.hpp"

namespace hansa {

namespace {

std::vector<std::string> row_of(NamedScores const& each, std::string_view score, double own, double reference,
                                ScoreDifference const& difference) {
  return {fmt::format("  {} against {}", each.own, each.reference),
          std::string(score),
          four_digits(own),
          four_digits(reference),
          four_digits(difference.skill),
          four_digits(difference.mean),
          four_digits(difference.error),
          two_decimals(difference.z),
          p_words(difference.p)};
}

Node score_node(double own, double reference, ScoreDifference const& difference) {
  return map_node({{"own", number_node(own)},
                   {"reference", number_node(reference)},
                   {"skill", number_node(difference.skill)},
                   {"difference", number_node(difference.mean)},
                   {"se_cluster", number_node(difference.error)},
                   {"z", number_node(difference.z)},
                   {"p", number_node(difference.p)}});
}

}  // namespace

std::string scores_text(std::span<NamedScores const> comparisons) {
  constexpr auto left = Align::left;
  constexpr auto right = Align::right;
  std::vector<std::vector<std::string>> rows = {
      {"  prediction", "score", "own", "reference", "skill", "difference", "s.e.", "z", "p"}};
  for (NamedScores const& each : comparisons) {
    ScoreComparison const& found = each.comparison;
    rows.push_back(row_of(each, "log", found.own.log, found.reference.log, found.log));
    rows.push_back(row_of(each, "Brier", found.own.brier, found.reference.brier, found.brier));
  }
  std::string text = lay_out(rows, {left, left, right, right, right, right, right, right, right});
  for (NamedScores const& each : comparisons) {
    ScoreComparison const& found = each.comparison;
    text += fmt::format("  {} against {}: {} trials, {} events, {} cities\n", each.own, each.reference, found.trials,
                        found.events, found.cities);
  }
  return text + "  lower scores are better; errors are clustered by city\n";
}

Node scores_tree(std::span<NamedScores const> comparisons) {
  auto const count = [](std::size_t value) { return number_node(static_cast<std::int64_t>(value)); };
  std::vector<Node> items;
  for (NamedScores const& each : comparisons) {
    ScoreComparison const& found = each.comparison;
    items.push_back(map_node({{"own", text_node(each.own)},
                              {"reference", text_node(each.reference)},
                              {"trials", count(found.trials)},
                              {"events", count(found.events)},
                              {"cities", count(found.cities)},
                              {"log", score_node(found.own.log, found.reference.log, found.log)},
                              {"brier", score_node(found.own.brier, found.reference.brier, found.brier)}}));
  }
  return list_node(std::move(items));
}

}  // namespace hansa
