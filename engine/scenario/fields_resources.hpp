/// The field tables of `resources`.
#pragma once

#include "base/schema.hpp"
#include "scenario/field_ranges.hpp"

namespace hansa::fields {

inline constexpr Field returns[] = {
    {.name = "network",
     .kind = Kind::network,
     .need = Need::required,
     .meaning = "the ties that are used: their target adopts in the step what their source had before"},
    {.name = "per_tie",
     .need = Need::required,
     .lowest = 0,
     .highest = largest_cost,
     .unit = "currency",
     .meaning = "what each of its two cities gains from a tie in a step in which it is used"},
};

inline constexpr Field resources[] = {
    {.name = "initial",
     .kind = Kind::number_or_attribute,
     .standard = "0",
     .lowest = -largest_cost,
     .highest = largest_cost,
     .unit = "currency",
     .meaning = "a city's budget before the first step"},
    {.name = "income",
     .kind = Kind::number_or_attribute,
     .standard = "0",
     .lowest = -largest_cost,
     .highest = largest_cost,
     .unit = "currency",
     .meaning = "what a city's budget gains at the end of each step"},
    {.name = "growth",
     .standard = "0",
     .lowest = -1,
     .highest = 1,
     .meaning = "share of itself by which a budget grows in a step"},
    {.name = "returns", .kind = Kind::section, .meaning = "what ties bring that are used", .inside = returns},
};

}  // namespace hansa::fields
