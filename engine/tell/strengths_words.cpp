/// Chances as tables and trees.
#include <cmath>

#include <fmt/format.h>

#include "tell/rules.hpp"
#include "tell/strengths.hpp"
#include "tell/text_table.hpp"
#include "tell/tree.hpp"

namespace hansa {

std::string chance_words(double chance) {
  if (std::isnan(chance)) return "the run stops";
  double const percent = 100 * chance + 0.0;  // no -0
  if (percent <= 99 || percent >= 100) return fmt::format("{:.{}g} %", percent, percent >= 100 ? 3 : 2);
  return fmt::format("{:.2f} %", std::floor(percent * 100) / 100);  // 100 is said of certainty alone
}

namespace {

std::string table_of(std::vector<Lever> const& levers) {
  std::vector<std::vector<std::string>> rows;
  for (Lever const& lever : levers) {
    std::string name = "  " + lever.name;
    if (!lever.kind.empty() && lever.kind != lever.name) name += fmt::format(" ({})", lever.kind);
    for (ChanceAt const& each : lever.chances) {
      rows.push_back({name, each.when, chance_words(each.chance)});
      name = " ";
    }
  }
  return lay_out(rows, {Align::left, Align::left, Align::right});
}

Node tree_of(std::vector<Lever> const& all) {
  std::vector<Node> levers;
  for (Lever const& lever : all) {
    std::vector<Node> levels;
    for (ChanceAt const& each : lever.chances)
      levels.push_back(map_node({{"when", text_node(each.when)}, {"chance", number_node(each.chance)}}));
    levers.push_back(map_node({{"name", text_node(lever.name)},
                               {"kind", lever.kind.empty() ? Node() : text_node(lever.kind)},
                               {"chances", list_node(std::move(levels))}}));
  }
  return list_node(std::move(levers));
}

}  // namespace

std::string chances_words(Chances const& chances, Clock const& clock) {
  std::string text;
  for (PolicyChances const& policy : chances.policies) {
    std::string const what = policy.rule == Rule::threshold
                                 ? std::string("the share of cities whose threshold is reached")
                                 : fmt::format("the chance that a city adopts in a {}", clock.unit);
    text += fmt::format("Policy {}: {}\n{}", policy.policy, what, table_of(policy.levers));
    for (LaterChances const& later : policy.later)
      text += fmt::format("Policy {} from {} on: {}\n{}", policy.policy, later.from, what, table_of(later.levers));
  }
  return text;
}

Node chances_tree(Chances const& chances) {
  std::vector<Node> policies;
  for (PolicyChances const& policy : chances.policies) {
    std::vector<Node> later;
    for (LaterChances const& each : policy.later)
      later.push_back(map_node({{"from", number_node(std::int64_t{each.from})}, {"levers", tree_of(each.levers)}}));
    policies.push_back(map_node({{"policy", text_node(policy.policy)},
                                 {"rule", text_node(std::string(words_of(policy.rule).name))},
                                 {"levers", tree_of(policy.levers)},
                                 {"later", list_node(std::move(later))}}));
  }
  return list_node(std::move(policies));
}

}  // namespace hansa
