/// Rows chosen, and columns found by their names.
#include "inference/later_design.hpp"

#include <algorithm>

namespace hansa {

Design with_rows(Design const& design, std::vector<std::size_t> const& rows) {
  Design chosen;
  chosen.names = design.names;
  chosen.log_linear = design.log_linear;
  chosen.x.resize(static_cast<Eigen::Index>(rows.size()), design.x.cols());
  for (std::size_t k = 0; k < rows.size(); ++k) {
    chosen.x.row(static_cast<Eigen::Index>(k)) = design.x.row(static_cast<Eigen::Index>(rows[k]));
    chosen.event.push_back(design.event[rows[k]]);
    chosen.spell.push_back(design.spell[rows[k]]);
    chosen.policy.push_back(design.policy[rows[k]]);
    chosen.city.push_back(design.city[rows[k]]);
    chosen.period.push_back(design.period[rows[k]]);
    if (!design.country.empty()) chosen.country.push_back(design.country[rows[k]]);
  }
  return chosen;
}

Design with_fitted_columns(Design const& later, Design const& fitted, CountryEffects const& countries) {
  Design result = later;
  result.names = fitted.names;
  result.log_linear = fitted.log_linear;
  result.x.resize(later.x.rows(), fitted.x.cols());
  std::size_t found = 0;
  for (std::size_t c = 0; c < fitted.columns(); ++c) {
    auto const to = static_cast<Eigen::Index>(c);
    auto const at = std::find(later.names.begin(), later.names.end(), fitted.names[c]);
    if (at != later.names.end()) {
      result.x.col(to) = later.x.col(at - later.names.begin());
      ++found;
      continue;
    }
    require(fitted.names[c].starts_with("country_"), "'" + fitted.names[c] + "' is not known after the fit",
            {"hansa fit"}, "leave it out of the model that is scored");
    for (Eigen::Index r = 0; r < later.x.rows(); ++r) {
      result.x(r, to) = countries.is_of(fitted.names[c], later.country[static_cast<std::size_t>(r)]) ? 1 : 0;
    }
  }
  require(found == later.columns(), "later decisions have terms that were not fitted", {"hansa fit"},
          "leave them out of the model that is scored");
  return result;
}

}  // namespace hansa
