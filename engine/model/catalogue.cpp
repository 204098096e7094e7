/// The schemas of a catalogue, for validation.
#include "model/catalogue.hpp"

namespace hansa {

std::vector<Schema const*> schemas(Catalogue catalogue) {
  std::vector<Schema const*> all;
  for (CatalogueEntry const& entry : catalogue) all.push_back(entry.schema);
  return all;
}

}  // namespace hansa
