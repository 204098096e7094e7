/// Goes through the interventions date by date.
#include "world/reach.hpp"

#include <algorithm>
#include <iterator>

#include "world/membership_changes.hpp"
#include "world/select.hpp"
#include "world/tie_changes.hpp"

namespace hansa {

namespace {

bool is_tie_change(InterventionSpec const& spec) noexcept {
  return std::holds_alternative<AddTiesSpec>(spec.act) || std::holds_alternative<RemoveTiesSpec>(spec.act);
}

/// The cities of one intervention as the world stands.
Reach reach_of(InterventionSpec const& spec, World const& world, Complaints& complaints, int threads) {
  Reach reach;
  auto const chosen = [&](Selector const& selector, std::string const& key) {
    return select(selector, world, spec.at, key, complaints, threads);
  };
  std::visit(
      [&](auto const& act) {
        if constexpr (requires { act.cities; }) {
          reach.cities = chosen(act.cities, spec.name);
        } else if constexpr (requires { act.sources; }) {
          if (act.file) return;
          reach.sources = chosen(act.sources, spec.name);
          reach.targets = chosen(act.targets, spec.name + ".targets");  // no intervention has such a name
          std::set_union(reach.sources.begin(), reach.sources.end(), reach.targets.begin(), reach.targets.end(),
                         std::back_inserter(reach.cities));
        }
      },
      spec.act);
  return reach;
}

}  // namespace

bool changes_world(InterventionSpec const& spec) noexcept {
  bool const of_members = std::holds_alternative<JoinSpec>(spec.act) || std::holds_alternative<LeaveSpec>(spec.act) ||
                          std::holds_alternative<DissolveSpec>(spec.act);
  return of_members || is_tie_change(spec);
}

void find_reached(Scenario const& scenario, Tables const& tables, World& world, Complaints& complaints, int threads) {
  world.reached.clear();
  std::vector<InterventionSpec const*> by_date;
  for (InterventionSpec const& each : scenario.interventions) by_date.push_back(&each);
  std::stable_sort(by_date.begin(), by_date.end(), [](auto const* a, auto const* b) { return a->at < b->at; });
  TiePieces pieces;
  for (auto begin = by_date.begin(); begin != by_date.end();) {
    auto const end = std::find_if(begin, by_date.end(), [&](auto const* each) { return each->at != (*begin)->at; });
    std::vector<InterventionSpec const*> memberships, ties;
    for (InterventionSpec const* each : std::vector(begin, end)) {
      world.reached[each->name] = reach_of(*each, world, complaints, threads);
      if (changes_world(*each)) (is_tie_change(*each) ? ties : memberships).push_back(each);
    }
    change_memberships(memberships, world, complaints);
    change_ties(ties, scenario, tables, world, pieces, complaints);
    begin = end;
  }
}

}  // namespace hansa
