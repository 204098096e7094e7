/// Compares what is set with what the policies have.
#include "tell/set_words.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "scenario/policy_numbers.hpp"
#include "scenario/shared_numbers.hpp"
#include "tell/tree.hpp"

namespace hansa {

namespace {

std::optional<double> own_number(SetValue const& value, Scenario const& scenario) {
  return number_in(scenario, value.policy.name, value.at);
}

std::string path_of(SetValue const& value) {
  constexpr std::string_view chance = ".chance";
  std::string path = value.path.name;
  if (value.at.of == NumberAt::Of::baseline && path.ends_with(chance)) path.resize(path.size() - chance.size());
  return path;
}

}  // namespace

std::vector<SetWords> set_words(SetSpec const& act, Scenario const& scenario) {
  std::vector<SetWords> words;
  for (SetValue const& each : act.values) {
    std::optional<double> const own = own_number(each, scenario);
    words.push_back({path_of(each), fmt::format("{}", each.number), own ? fmt::format("{}", *own) : "none"});
  }
  return words;
}

Node set_tree(SetSpec const& act, Scenario const& scenario) {
  std::vector<Node> items;
  for (SetValue const& each : act.values) {
    std::optional<double> const own = own_number(each, scenario);
    items.push_back(map_node({{"path", text_node(path_of(each))},
                              {"number", number_node(each.number)},
                              {"instead_of", own ? number_node(*own) : Node()}}));
  }
  return list_node(std::move(items));
}

bool is_ever_frail(Scenario const& scenario, double FrailtySpec::*sd) {
  bool const own =
      std::ranges::any_of(scenario.policies, [sd](PolicySpec const& each) { return each.frailty.*sd > 0; });
  return own || std::ranges::any_of(scenario.interventions, [&](InterventionSpec const& each) {
           auto const* set = std::get_if<SetSpec>(&each.act);
           return set != nullptr && std::ranges::any_of(set->values, [&](SetValue const& value) {
                    if (value.at.of != NumberAt::Of::frailty) return false;
                    PolicySpec tried;
                    put_number(tried, value.at, value.number, {});
                    return tried.frailty.*sd > 0;
                  });
         });
}

}  // namespace hansa
