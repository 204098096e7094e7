/// Reads the sections `networks` and `collaborations`.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "scenario/fields.hpp"
#include "scenario/reader.hpp"

namespace hansa {

namespace {

void check_not_empty(std::string_view name, Parameters const& read, Reading& reading) {
  if (read.has(name) && read.references(name).empty())
    reading.complaints.add("'on' is empty", read.place(name), "at least one attribute was expected");
}

void read_ties(Item const& source, Parameters const& read, NetworkSpec& into, Reading& reading) {
  auto const references = [&](std::string_view name) {
    return read.has(name) ? read.references(name) : std::vector<Reference>{};
  };
  auto const integer = [&](std::string_view name) { return read.has(name) ? read.integer(name) : 0; };
  if (source.key == "file") {
    if (read.has("file")) into.ties = FileTies{file_ref(read.text("file"), read.place("file"), reading)};
  } else if (source.key == "nearest") {
    check_not_empty("nearest.on", read, reading);
    into.ties = NearestTies{integer("nearest.k"), references("nearest.on")};
  } else if (source.key == "similar") {
    check_not_empty("similar.on", read, reading);
    into.ties = SimilarTies{integer("similar.k"), references("similar.on")};
  } else {
    constexpr std::string_view forms[] = {"degree", "probability", "ties"};
    ErdosRenyiTies ties;
    (void)exactly_one(source, forms, reading);
    if (read.has("erdos_renyi.degree")) ties.degree = read.number("erdos_renyi.degree");
    if (read.has("erdos_renyi.probability")) ties.probability = read.number("erdos_renyi.probability");
    if (read.has("erdos_renyi.ties")) ties.ties = read.integer("erdos_renyi.ties");
    into.ties = ties;
  }
}

void read_weight(Item const& item, Parameters const& read, NetworkSpec& into, Reading& reading) {
  constexpr std::string_view forms[] = {"decay_km", "attribute"};
  auto const weight = child(item, "weight");
  if (!weight || weight->node->form != Node::Form::map) return;
  (void)exactly_one(*weight, forms, reading);
  if (read.has("weight.decay_km"))
    into.weight = DecayWeight{read.number("weight.decay_km")};
  else if (read.has("weight.attribute"))
    into.weight = SourceWeight{read.reference("weight.attribute")};
}

NetworkSpec read_network(Item const& item, Reading& reading) {
  constexpr std::string_view sources[] = {"file", "nearest", "similar", "erdos_renyi"};
  NetworkSpec spec;
  spec.name = item.key;
  spec.where = item.where;
  (void)check_name(item, reading);
  Parameters const read = read_section(item, "network", fields::network, reading);
  if (item.node->form != Node::Form::map) return spec;
  auto const source = exactly_one(item, sources, reading);
  if (!source) return spec;
  read_ties(*source, read, spec, reading);
  spec.directed = read.has("directed") ? read.flag("directed") : source->key != "erdos_renyi";
  read_weight(item, read, spec, reading);
  return spec;
}

CollaborationProperties read_properties(Item const& item, Reading& reading) {
  CollaborationProperties properties;
  properties.name = item.key;
  properties.where = item.where;
  Parameters const read = read_section(item, "collaboration", fields::collaboration, reading);
  if (auto const members = child(item, "members")) properties.members = read_selector(*members, reading);
  properties.dissolved = optional_label(read, "dissolved");
  return properties;
}

}  // namespace

std::vector<NetworkSpec> read_networks(Item const& item, Reading& reading) {
  std::vector<NetworkSpec> networks;
  for (Item const& each : entries_of(item, "a map of networks by name", reading)) {
    std::size_t const before = reading.complaints.size();
    NetworkSpec network = read_network(each, reading);
    if (reading.complaints.size() == before) networks.push_back(std::move(network));
  }
  std::sort(networks.begin(), networks.end(), [](auto const& a, auto const& b) { return a.name < b.name; });
  return networks;
}

CollaborationsSpec read_collaborations(Item const& item, Parameters const& read, Reading& reading) {
  CollaborationsSpec spec;
  if (read.has("collaborations.file"))
    spec.file = file_ref(read.text("collaborations.file"), read.place("collaborations.file"), reading);
  if (auto const properties = child(item, "properties"))
    for (Item const& each : entries_of(*properties, "a map of collaborations by name", reading))
      spec.properties.push_back(read_properties(each, reading));
  std::sort(spec.properties.begin(), spec.properties.end(),
            [](auto const& a, auto const& b) { return a.name < b.name; });
  return spec;
}

}  // namespace hansa
