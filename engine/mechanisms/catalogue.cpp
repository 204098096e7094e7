/// The table of mechanisms.
#include "mechanisms/catalogue.hpp"

#include <array>

#include "mechanisms/collective.hpp"
#include "mechanisms/exposure.hpp"
#include "mechanisms/scale.hpp"

namespace hansa {

Catalogue standard_catalogue() noexcept {
  static constexpr std::array entries{
      CatalogueEntry{&collective_schema, make_collective},
      CatalogueEntry{&exposure_schema, make_exposure},
      CatalogueEntry{&scale_schema, make_scale},
  };
  return entries;
}

}  // namespace hansa
