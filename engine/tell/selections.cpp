/// The sets as the world keeps them.
#include "tell/selections.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <tuple>
#include <variant>

#include <fmt/format.h>

#include "tell/text_table.hpp"
#include "tell/tree.hpp"

namespace hansa {

namespace {

std::vector<Index> flagged(std::vector<std::uint8_t> const& flags) {
  std::vector<Index> cities;
  for (std::size_t i = 0; i < flags.size(); ++i) {
    if (flags[i] != 0) cities.push_back(static_cast<Index>(i));
  }
  return cities;
}

/// The members that were selected, which have no date; not those who join by an intervention.
std::vector<Index> members_of(Collaboration const& collaboration) {
  std::vector<Index> cities;
  for (Membership const& each : collaboration.members) {
    if (each.joined == Membership{}.joined) cities.push_back(each.city);
  }
  return cities;
}

void add_policy(PolicySpec const& policy, PolicyRecords const& records, std::vector<Selection>& found) {
  std::string const path = "policies." + policy.name;
  if (auto const* adopters = std::get_if<Selector>(&policy.adopters.source))
    found.push_back({path + ".adopters", adopters->where, records.initial});
  if (policy.adopters.coverage)
    found.push_back({path + ".adopters.coverage", policy.adopters.coverage->where, flagged(records.covered)});
  if (policy.at_risk.cities)
    found.push_back({path + ".at_risk.cities", policy.at_risk.cities->where, flagged(records.eligible)});
}

void add_intervention(InterventionSpec const& spec, Reach const& reach, std::vector<Selection>& found) {
  std::string const path = "interventions." + spec.name;
  std::visit(
      [&](auto const& act) {
        if constexpr (requires { act.cities; }) {
          found.push_back({path + ".cities", act.cities.where, reach.cities});
        } else if constexpr (requires { act.sources; }) {
          if (act.file) return;
          found.push_back({path + ".sources", act.sources.where, reach.sources});
          found.push_back({path + ".targets", act.targets.where, reach.targets});
        }
      },
      spec.act);
}

/// "minimal.yaml:14:15", as errors have it.
std::string place_words(Place const& where) {
  return where.line > 0 ? fmt::format("{}:{}:{}", where.file, where.line, where.column) : where.file;
}

std::string count_words(std::size_t count) {
  return fmt::format("{} {}", count, count == 1 ? "city" : "cities");
}

void add_centralities(Selector const& who, std::set<Centrality>& found) {
  if (who.centrality) found.insert(*who.centrality);
  for (Selector const& part : who.parts) add_centralities(part, found);
}

}  // namespace

std::set<Centrality> centralities_in(Scenario const& scenario) {
  std::set<Centrality> found;
  auto const add = [&](std::optional<Selector> const& who) {
    if (who) add_centralities(*who, found);
  };
  for (CollaborationProperties const& each : scenario.collaborations.properties) add(each.members);
  for (PolicySpec const& policy : scenario.policies) {
    if (auto const* adopters = std::get_if<Selector>(&policy.adopters.source)) add_centralities(*adopters, found);
    add(policy.adopters.coverage);
    add(policy.at_risk.cities);
  }
  for (InterventionSpec const& each : scenario.interventions) {
    std::visit(
        [&](auto const& act) {
          if constexpr (requires { act.cities; }) add_centralities(act.cities, found);
          if constexpr (requires { act.sources; }) add_centralities(act.sources, found);
          if constexpr (requires { act.targets; }) add_centralities(act.targets, found);
        },
        each.act);
  }
  return found;
}

std::vector<Selection> selections_of(Scenario const& scenario, World const& world) {
  std::vector<Selection> found;
  for (CollaborationProperties const& each : scenario.collaborations.properties) {
    if (!each.members) continue;
    std::string const path = fmt::format("collaborations.properties.{}.members", each.name);
    found.push_back({path, each.members->where, members_of(*world.collaboration(each.name))});
  }
  for (std::size_t p = 0; p < scenario.policies.size(); ++p) add_policy(scenario.policies[p], world.records[p], found);
  for (InterventionSpec const& each : scenario.interventions)
    add_intervention(each, world.reached.at(each.name), found);
  std::ranges::stable_sort(
      found, {}, [](Selection const& each) { return std::tie(each.where.file, each.where.line, each.where.column); });
  return found;
}

std::string selection_words(std::span<Selection const> selections, Cities const& cities,
                            std::string (*shown)(std::string_view)) {
  constexpr std::size_t most_named = 50, width = 100, indent = 4;
  if (selections.empty()) return "No set of cities is described.\n";
  std::string text = "Sets of cities\n";
  for (Selection const& each : selections) {
    text += shown(fmt::format("  {} ({}): {}", each.label, place_words(each.where), count_words(each.cities.size())));
    text += '\n';
    if (each.cities.empty()) continue;
    std::string names;
    std::size_t const named = std::min(each.cities.size(), most_named);
    for (std::size_t k = 0; k < named; ++k) names += (k > 0 ? ", " : "") + shown(cities.id[each.cities[k]]);
    std::string const margin(indent, ' ');
    text += margin + wrap(names, width, indent) + "\n";
    if (named < each.cities.size()) text += fmt::format("{}and {} more\n", margin, each.cities.size() - named);
  }
  return text;
}

Node selection_tree(std::span<Selection const> selections, Cities const& cities) {
  std::vector<Node> sets;
  for (Selection const& each : selections) {
    std::vector<Node> ids;
    for (Index const city : each.cities) ids.push_back(text_node(cities.id[city]));
    sets.push_back(map_node({{"set", text_node(each.label)},
                             {"place", text_node(place_words(each.where))},
                             {"count", number_node(static_cast<std::int64_t>(each.cities.size()))},
                             {"cities", list_node(std::move(ids))}}));
  }
  return list_node(std::move(sets));
}

}  // namespace hansa
