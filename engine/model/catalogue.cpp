/// What mechanisms share when they are made: schemas for validation, and finding what they name.
#include "model/catalogue.hpp"

#include <tuple>

#include "base/names.hpp"

namespace hansa {

std::vector<Schema const*> schemas(Catalogue catalogue) {
  std::vector<Schema const*> all;
  for (CatalogueEntry const& entry : catalogue) all.push_back(entry.schema);
  return all;
}

namespace {

template <class Thing>
Thing const* find_named(std::vector<Thing> const& things, Reference const& name, char const* kind,
                        Complaints& complaints) {
  std::vector<std::string_view> known;
  for (Thing const& thing : things) {
    if (thing.name == name.name) return &thing;
    known.push_back(thing.name);
  }
  complaints.add(std::string("unknown ") + kind + " '" + name.name + "'", name.where,
                 known.empty() ? std::string("none is defined") : expected_one_of(name.name, known));
  return nullptr;
}

}  // namespace

void refuse_both(std::string_view kind, std::string_view one, Place const& one_is, std::string_view other,
                 Place const& other_is, Complaints& complaints) {
  bool const later =
      one_is.file == other_is.file && std::tie(other_is.line, other_is.column) < std::tie(one_is.line, one_is.column);
  complaints.add(std::string(kind) + " takes only one of '" + std::string(one) + "' and '" + std::string(other) + "'",
                 later ? one_is : other_is, "leave one of them out");
}

NetworkLayer const* find_network(World const& world, Reference const& name, Complaints& complaints) {
  return find_named(world.networks, name, "network", complaints);
}

Collaboration const* find_collaboration(World const& world, Reference const& name, Complaints& complaints) {
  return find_named(world.collaborations, name, "collaboration", complaints);
}

}  // namespace hansa
