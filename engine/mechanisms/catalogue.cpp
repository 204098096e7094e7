/// The table of mechanisms.
#include "mechanisms/catalogue.hpp"

#include <array>

#include "mechanisms/collective.hpp"
#include "mechanisms/competition.hpp"
#include "mechanisms/exposure.hpp"
#include "mechanisms/learning.hpp"
#include "mechanisms/log_adopters.hpp"
#include "mechanisms/membership.hpp"
#include "mechanisms/national.hpp"
#include "mechanisms/scale.hpp"
#include "mechanisms/synergy.hpp"

namespace hansa {

Catalogue standard_catalogue() noexcept {
  static constexpr std::array entries{
      CatalogueEntry{&collective_schema, make_collective},     CatalogueEntry{&competition_schema, make_competition},
      CatalogueEntry{&exposure_schema, make_exposure},         CatalogueEntry{&learning_schema, make_learning},
      CatalogueEntry{&log_adopters_schema, make_log_adopters}, CatalogueEntry{&membership_schema, make_membership},
      CatalogueEntry{&national_schema, make_national},         CatalogueEntry{&scale_schema, make_scale},
      CatalogueEntry{&synergy_schema, make_synergy},
  };
  return entries;
}

}  // namespace hansa
