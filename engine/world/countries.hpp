/// The table of countries, and rows of data files that name countries.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "world/world.hpp"

namespace hansa {

/// Reads the countries' file, where there is one. Complains of rows without a country, of countries that stand twice,
/// and of cells that hold no number; countries without a city are left out, counted in a warning.
[[nodiscard]] Countries build_countries(Scenario const& scenario, Tables const& tables, Cities const& cities,
                                        Complaints& complaints);

/// The position of a country in the labels of the cities' column `country`; nothing where no city is in it.
[[nodiscard]] std::optional<std::int32_t> find_country(Cities const& cities, std::string_view country) noexcept;

/// What to do about a country that no city is in: the nearest one, if one is near.
[[nodiscard]] std::string mend_for_country(Cities const& cities, std::string_view typed);

}  // namespace hansa
