/// A world of five cities that interventions change: scenario, tables, and what comes of them.
#pragma once

#include <limits>
#include <string>
#include <utility>

#include "engine/world/support.hpp"
#include "world/reach.hpp"

namespace hansa::test {

/// Cities a to e, sizes 1 to 5; time runs from 2000 to 2010.
struct Changing {
  Scenario scenario;
  Tables tables{{"c.csv", table("id,size\na,1\nb,2\nc,3\nd,4\ne,5\n", "c.csv")}};
  Complaints complaints;
  World world;

  Changing() {
    scenario.clock = {2000, 2010, "year"};
    scenario.cities.file = file("c.csv");
  }
  void members(std::string_view rows) {
    scenario.collaborations.file = file("m.csv");
    tables.emplace("m.csv", table(rows, "m.csv"));
  }
  NetworkSpec& network(std::string name, std::string_view rows, bool directed = true) {
    NetworkSpec& spec = scenario.networks.emplace_back();
    spec.name = name;
    spec.where = here;
    spec.ties = FileTies{file(name + ".csv")};
    spec.directed = directed;
    tables.emplace(name + ".csv", table(rows, name + ".csv"));
    return spec;
  }
  void act(std::string name, std::int32_t at, ActSpec act) {
    InterventionSpec& spec = scenario.interventions.emplace_back();
    spec.name = std::move(name);
    spec.where = {"s.yaml", static_cast<int>(scenario.interventions.size()), 1};
    spec.at = at;
    spec.act = std::move(act);
  }
  Changing& build() {
    complaints = {};
    world = build_world(scenario, tables, complaints);
    return *this;
  }
  /// "a 2005..2010;" of every spell.
  [[nodiscard]] std::string spells(std::string_view name) const {
    std::string text;
    for (Membership const& each : world.collaboration(name)->members) {
      text += world.cities.id[each.city] + " ";
      text += each.joined == std::numeric_limits<std::int32_t>::min() ? "" : std::to_string(each.joined);
      text += "..";
      text += (each.left == std::numeric_limits<std::int32_t>::max() ? "" : std::to_string(each.left)) + ";";
    }
    return text;
  }
  /// "ab 2 1..3;" of every tie: cities, whole weight, steps (none where always, or for ever).
  [[nodiscard]] std::string ties(std::string_view name) const {
    NetworkLayer const& layer = *world.network(name);
    std::string text;
    std::uint32_t k = 0;
    for (StoredTie const& tie : stored(layer)) {
      text += world.cities.id[tie.source] + world.cities.id[tie.target] + " " + std::to_string(tie.weight);
      if (layer.dated()) {
        text += " " + std::to_string(layer.from[k]) + "..";
        text += layer.until[k] == for_ever ? "" : std::to_string(layer.until[k]);
      }
      text += ";";
      ++k;
    }
    return text;
  }
};

inline Selector chosen(std::initializer_list<char const*> ids) {
  Selector selector;
  selector.form = Selector::Form::ids;
  selector.where = here;
  for (char const* id : ids) selector.names.push_back(reference(id));
  return selector;
}

inline Selector those_in(std::string name) {
  Selector selector;
  selector.form = Selector::Form::members;
  selector.names = {reference(std::move(name))};
  selector.where = here;
  return selector;
}

inline Selector everybody() {
  Selector selector;
  selector.where = here;
  return selector;
}

inline ActSpec join(Selector cities, std::string name = "x") {
  return JoinSpec{reference(std::move(name)), std::move(cities)};
}
inline ActSpec leave(Selector cities, std::string name = "x") {
  return LeaveSpec{reference(std::move(name)), std::move(cities)};
}
inline ActSpec dissolution(std::string name = "x") {
  return DissolveSpec{reference(std::move(name))};
}
inline ActSpec added(Selector sources, Selector targets, double weight = 1) {
  return AddTiesSpec{reference("net"), {}, std::move(sources), std::move(targets), weight};
}
inline ActSpec added(std::string name) {
  return AddTiesSpec{reference("net"), file(name), everybody(), everybody(), 1};
}
inline ActSpec removed(Selector sources, Selector targets) {
  return RemoveTiesSpec{reference("net"), {}, std::move(sources), std::move(targets)};
}
inline ActSpec removed(std::string name) {
  return RemoveTiesSpec{reference("net"), file(name), everybody(), everybody()};
}

}  // namespace hansa::test
