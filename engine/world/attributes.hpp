/// Attributes derived from the columns of the cities: logs, standardised columns, bins.
#pragma once

#include <optional>
#include <span>

#include "world/panel.hpp"

namespace hansa {

/// Where the columns come from, to tell mistakes about values their places.
struct Origin {
  Table const* table;  ///< of the cities; null for generated ones
  Panel const* panel;  ///< may be empty
  std::int32_t start;  ///< the label at which `numbers` and `texts` hold
};

/// Adds the attributes of `derived` to `cities`; one may be derived from another, and one of a column that changes over
/// time changes too. Complains of clashing names, unknown or circular columns, logs of what is not positive, and
/// columns that cannot be standardised because they do not vary at the start.
void derive_attributes(std::span<DerivedAttribute const> derived, Origin const& origin, Cities& cities,
                       Complaints& complaints);

/// What standardising subtracts and divides by.
struct Moments {
  double mean = 0;
  double sd = 1;
  [[nodiscard]] double scale(double value) const noexcept { return (value - mean) / sd; }
};

/// Mean and standard deviation (with n - 1) of the values that are not missing, summed in canonical order; nothing if
/// fewer than two values differ or the moments overflow.
[[nodiscard]] std::optional<Moments> moments_of(std::span<double const> values) noexcept;

/// Shifts and scales to mean 0 and standard deviation 1 (with n - 1), summing in canonical order; missing values stay
/// missing. False, and nothing changed, if fewer than two values differ or the moments overflow.
[[nodiscard]] bool standardize(std::vector<double>& values) noexcept;

}  // namespace hansa
