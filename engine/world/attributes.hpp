/// Attributes derived from the columns of the cities: logs, standardised columns, bins.
#pragma once

#include <span>

#include "world/cities.hpp"

namespace hansa {

/// Adds the attributes of `derived` to `cities`; one may be derived from another. `table` (null for generated cities)
/// gives complaints about values their rows. Complains of clashing names, unknown or circular columns, logs of what is
/// not positive, and columns that cannot be standardised because they do not vary.
void derive_attributes(std::span<DerivedAttribute const> derived, Table const* table, Cities& cities,
                       Complaints& complaints);

/// Shifts and scales to mean 0 and standard deviation 1 (with n - 1), summing in canonical order; missing values stay
/// missing. False, and nothing changed, if fewer than two values differ or the moments overflow.
[[nodiscard]] bool standardize(std::vector<double>& values) noexcept;

}  // namespace hansa
