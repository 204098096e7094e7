/// Lists the data files of a scenario, and finds the nodes that name them by their places.
#include "scenario/files.hpp"

#include <map>
#include <tuple>
#include <variant>

namespace hansa {

namespace {

using Spot = std::tuple<std::string, int, int>;

Spot spot_of(Place const& where) {
  return {where.file, where.line, where.column};
}

void rename(Node& node, std::map<Spot, FileRef const*> const& moved) {
  if (node.form == Node::Form::scalar) {
    auto const found = moved.find(spot_of(node.where));
    if (found != moved.end()) node.text = found->second->given;
  }
  for (Node& item : node.items) rename(item, moved);
  for (Node::Entry& entry : node.entries) rename(entry.value, moved);
}

}  // namespace

std::vector<FileRef const*> files_of(Scenario const& scenario) {
  std::vector<FileRef const*> files;
  if (scenario.cities.file) files.push_back(&*scenario.cities.file);
  if (scenario.cities.panel) files.push_back(&*scenario.cities.panel);
  if (scenario.countries) files.push_back(&*scenario.countries);
  for (NetworkSpec const& network : scenario.networks)
    if (auto const* ties = std::get_if<FileTies>(&network.ties)) files.push_back(&ties->file);
  if (scenario.collaborations.file) files.push_back(&*scenario.collaborations.file);
  for (PolicySpec const& policy : scenario.policies) {
    if (auto const* file = std::get_if<FileRef>(&policy.adopters.source)) files.push_back(file);
    for (MechanismSpec const& each : policy.mechanisms)
      if (each.file) files.push_back(&*each.file);
  }
  for (InterventionSpec const& each : scenario.interventions)
    if (FileRef const* file = each.file()) files.push_back(file);
  return files;
}

std::vector<FileRef const*> sweep_files_of(SweepSpec const& sweep) {
  std::vector<FileRef const*> files;
  if (sweep.design.list) files.push_back(&*sweep.design.list);
  for (FileRef const& each : sweep.tables) files.push_back(&each);
  return files;
}

Node without_bases(ScenarioDraft const& draft, Scenario const& scenario) {
  Node root = draft.root;
  if (draft.bases.empty()) return root;
  std::map<Spot, FileRef const*> moved;
  for (FileRef const* each : files_of(scenario))
    if (each->where.line > 0) moved.emplace(spot_of(each->where), each);
  if (scenario.sweep) {
    for (FileRef const* each : sweep_files_of(*scenario.sweep)) moved.emplace(spot_of(each->where), each);
    for (FileRef const& each : scenario.sweep->scenarios) moved.emplace(spot_of(each.where), &each);
  }
  rename(root, moved);
  return root;
}

}  // namespace hansa
