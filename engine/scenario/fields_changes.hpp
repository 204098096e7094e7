/// The field tables of interventions that change collaborations and networks.
#pragma once

#include "base/schema.hpp"
#include "scenario/field_ranges.hpp"

namespace hansa::fields {

inline constexpr Field join[] = {
    {.name = "collaboration", .kind = Kind::text, .need = Need::required, .meaning = "what the cities are to join"},
    {.name = "cities", .kind = Kind::selector, .standard = "all", .meaning = "those that join"},
};

inline constexpr Field leave[] = {
    {.name = "collaboration", .kind = Kind::text, .need = Need::required, .meaning = "what the cities are to leave"},
    {.name = "cities", .kind = Kind::selector, .standard = "all", .meaning = "those that leave"},
};

inline constexpr Field dissolve[] = {
    {.name = "collaboration",
     .kind = Kind::text,
     .need = Need::required,
     .meaning = "what has no members from that step on"},
};

inline constexpr Field add_ties[] = {
    {.name = "network", .kind = Kind::network, .need = Need::required, .meaning = "where ties are added"},
    {.name = "sources", .kind = Kind::selector, .standard = "all", .meaning = "those that are observed"},
    {.name = "targets", .kind = Kind::selector, .standard = "all", .meaning = "those that observe each of the sources"},
    {.name = "weight", .standard = "1", .lowest = above_zero, .meaning = "of each tie, as it is"},
    {.name = "file",
     .kind = Kind::file,
     .meaning = "instead: table of ties: source, target and optionally weight, from, until; or slices in a column "
                "time"},
};

inline constexpr Field remove_ties[] = {
    {.name = "network", .kind = Kind::network, .need = Need::required, .meaning = "where ties are removed"},
    {.name = "sources", .kind = Kind::selector, .standard = "all", .meaning = "those that are no longer observed"},
    {.name = "targets", .kind = Kind::selector, .standard = "all", .meaning = "by these"},
    {.name = "file", .kind = Kind::file, .meaning = "instead: table of the pairs to be untied: source, target"},
};

}  // namespace hansa::fields
