/// Whom each set of cities of a scenario holds.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/draft.hpp"
#include "scenario/scenario.hpp"
#include "world/world.hpp"

namespace hansa {

/// One set of cities that the scenario describes, and the cities that it found.
struct Selection {
  std::string label;  ///< the path of the set: policies.led.adopters
  Place where;
  std::vector<Index> cities;  ///< ascending canonical indices
};

/// The centralities by which any of its sets is chosen, each once.
[[nodiscard]] std::set<Centrality> centralities_in(Scenario const& scenario);

/// The sets that the scenario writes down, in the order of their places.
[[nodiscard]] std::vector<Selection> selections_of(Scenario const& scenario, World const& world);

/// For each set its path, place, number of cities and the ids of the first fifty; `shown` makes text safe to print.
[[nodiscard]] std::string selection_words(std::span<Selection const> selections, Cities const& cities,
                                          std::string (*shown)(std::string_view));

/// The same with all ids, for JSON.
[[nodiscard]] Node selection_tree(std::span<Selection const> selections, Cities const& cities);

}  // namespace hansa
