/// The field tables of `interventions`.
#pragma once

#include "base/schema.hpp"
#include "scenario/field_ranges.hpp"
#include "scenario/fields_changes.hpp"

namespace hansa::fields {

inline constexpr Field seed[] = {
    {.name = "policy", .kind = Kind::policy, .need = Need::required, .meaning = "what the cities are to adopt"},
    {.name = "cities", .kind = Kind::selector, .standard = "all", .meaning = "those that are funded"},
    {.name = "success",
     .kind = Kind::chance,
     .standard = "1",
     .lowest = 0,
     .highest = 1,
     .meaning = "probability that a city that is funded adopts, drawn for each"},
};

inline constexpr Field intervention[] = {
    {.name = "at",
     .kind = Kind::integer,
     .need = Need::required,
     .lowest = first_label,
     .highest = last_label,
     .meaning = "the step in which it happens"},
    {.name = "name",
     .kind = Kind::text,
     .meaning = "letters, digits, _ and -, its own; default its kind and the step, as in seed-2006"},
    {.name = "cost", .lowest = 0, .meaning = "to its funder, in all; told, and not spent from anything"},
    {.name = "seed",
     .kind = Kind::section,
     .meaning = "cities adopt in that step, whatever presses on them; they count for others from the next step on",
     .inside = seed},
    {.name = "join", .kind = Kind::section, .meaning = "cities are members from that step on", .inside = join},
    {.name = "leave", .kind = Kind::section, .meaning = "cities are no members from that step on", .inside = leave},
    {.name = "dissolve",
     .kind = Kind::section,
     .meaning = "a collaboration has no members from that step on",
     .inside = dissolve},
    {.name = "add_ties", .kind = Kind::section, .meaning = "ties that hold from that step on", .inside = add_ties},
    {.name = "remove_ties",
     .kind = Kind::section,
     .meaning = "ties that no longer hold from that step on",
     .inside = remove_ties},
};

}  // namespace hansa::fields
