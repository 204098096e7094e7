/// Rows of later years with the columns of a fit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "inference/build_design.hpp"

namespace hansa {

/// The fixed effects of countries of a fit, by the names of its columns.
class CountryEffects {
 public:
  CountryEffects(World const& world, ObservedDesign const& fitted)
      : countries_(world.cities.text("country")),
        names_(fitted.design.names.begin(), fitted.design.names.end()),
        references_(fitted.counts.references.begin(), fitted.counts.references.end()) {}

  [[nodiscard]] bool knows(std::int32_t code) const {
    return code >= 0 && (references_.count(label(code)) > 0 || names_.count("country_" + label(code)) > 0);
  }
  [[nodiscard]] bool is_of(std::string const& column, std::int32_t code) const {
    return column == "country_" + label(code);
  }

 private:
  [[nodiscard]] std::string const& label(std::int32_t code) const {
    return countries_->labels[static_cast<std::size_t>(code)];
  }
  TextColumn const* countries_;
  std::set<std::string> names_, references_;
};

/// The design with these rows only, in their order.
[[nodiscard]] Design with_rows(Design const& design, std::vector<std::size_t> const& rows);

/// Later rows with the columns of the fit, found by their names; those of countries are made. Throws Error where a term
/// of one is none of the other.
[[nodiscard]] Design with_fitted_columns(Design const& later, Design const& fitted, CountryEffects const& countries);

}  // namespace hansa
