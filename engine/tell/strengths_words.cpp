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

std::string chances_words(Chances const& chances, Clock const& clock) {
  std::string text;
  for (PolicyChances const& policy : chances.policies) {
    text += policy.rule == Rule::threshold
                ? fmt::format("Policy {}: the share of cities whose threshold is reached\n", policy.policy)
                : fmt::format("Policy {}: the chance that a city adopts in a {}\n", policy.policy, clock.unit);
    std::vector<std::vector<std::string>> rows;
    for (Lever const& lever : policy.levers) {
      std::string name = "  " + lever.name;
      if (!lever.kind.empty() && lever.kind != lever.name) name += fmt::format(" ({})", lever.kind);
      for (ChanceAt const& each : lever.chances) {
        rows.push_back({name, each.when, chance_words(each.chance)});
        name = " ";
      }
    }
    text += lay_out(rows, {Align::left, Align::left, Align::right});
  }
  return text;
}

Node chances_tree(Chances const& chances) {
  std::vector<Node> policies;
  for (PolicyChances const& policy : chances.policies) {
    std::vector<Node> levers;
    for (Lever const& lever : policy.levers) {
      std::vector<Node> levels;
      for (ChanceAt const& each : lever.chances)
        levels.push_back(map_node({{"when", text_node(each.when)}, {"chance", number_node(each.chance)}}));
      levers.push_back(map_node({{"name", text_node(lever.name)},
                                 {"kind", lever.kind.empty() ? Node() : text_node(lever.kind)},
                                 {"chances", list_node(std::move(levels))}}));
    }
    policies.push_back(map_node({{"policy", text_node(policy.policy)},
                                 {"rule", text_node(std::string(words_of(policy.rule).name))},
                                 {"levers", list_node(std::move(levers))}}));
  }
  return list_node(std::move(policies));
}

}  // namespace hansa
