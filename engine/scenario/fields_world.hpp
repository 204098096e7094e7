/// The field tables of `cities`, `networks` and `collaborations`.
#pragma once

#include <string_view>

#include "base/schema.hpp"
#include "scenario/field_ranges.hpp"

namespace hansa::fields {

inline constexpr std::string_view coordinate_choices[] = {"square", "globe"};
inline constexpr std::string_view tie_choices[] = {"current", "lagged"};
inline constexpr std::string_view redraw_choices[] = {"scenario", "replicate"};

inline constexpr Field derived[] = {
    {.name = "of", .kind = Kind::attribute, .meaning = "a column as it is"},
    {.name = "log", .kind = Kind::attribute, .meaning = "the natural logarithm of a column"},
    {.name = "bins", .kind = Kind::attribute, .meaning = "a column cut into classes, a text attribute"},
    {.name = "standardize", .kind = Kind::boolean, .standard = "false", .meaning = "mean 0, sd 1 with n - 1"},
    {.name = "at", .kind = Kind::numbers, .meaning = "bins: cut points, ascending; classes are left-closed"},
    {.name = "labels", .kind = Kind::texts, .meaning = "bins: names of the classes, one more than cut points"},
};

inline constexpr Field cities[] = {
    {.name = "file", .kind = Kind::file, .meaning = "table of cities, one row a city; only `id` is required"},
    {.name = "generate",
     .kind = Kind::integer,
     .lowest = 1,
     .highest = most_cities,
     .meaning = "instead of a file: so many cities c0, c1, …"},
    {.name = "coordinates",
     .kind = Kind::choice,
     .meaning = "of generated cities: x, y in the unit square or lat, lon, uniform",
     .choices = coordinate_choices},
    {.name = "panel",
     .kind = Kind::file,
     .meaning = "table of attributes that change: city, year and the attributes; the last row up to a step counts"},
    {.name = "attributes", .kind = Kind::map, .meaning = "derived columns by name"},
    {.name = "attention",
     .kind = Kind::number_or_attribute,
     .lowest = 1,
     .highest = 1e9,
     .unit = "adoptions",
     .meaning = "a whole number: so many policies can a city adopt in a step; default: any number"},
};

inline constexpr Field countries[] = {
    {.name = "file",
     .kind = Kind::file,
     .need = Need::required,
     .meaning = "table of countries, one row each: country, and numbers that national laws may name as attributes"},
};

inline constexpr Field nearest[] = {
    {.name = "k",
     .kind = Kind::integer,
     .need = Need::required,
     .lowest = 1,
     .highest = most_cities,
     .meaning = "number of nearest cities that each city observes"},
    {.name = "on", .kind = Kind::attributes, .meaning = "coordinates; default great circle on lat, lon"},
};

inline constexpr Field similar[] = {
    {.name = "on",
     .kind = Kind::attributes,
     .need = Need::required,
     .meaning = "attributes that are compared, standardised"},
    {.name = "k",
     .kind = Kind::integer,
     .need = Need::required,
     .lowest = 1,
     .highest = most_cities,
     .meaning = "number of most similar cities that each city observes"},
};

inline constexpr Field erdos_renyi[] = {
    {.name = "degree", .lowest = 0, .meaning = "mean number of ties of a city"},
    {.name = "probability", .lowest = 0, .highest = 1, .meaning = "of each tie"},
    {.name = "ties", .kind = Kind::integer, .lowest = 0, .meaning = "number of ties"},
};

inline constexpr Field within[] = {
    {.name = "km", .lowest = above_zero, .unit = "km", .meaning = "greatest distance along the great circle"},
    {.name = "distance", .lowest = above_zero, .meaning = "greatest distance in the coordinates of `on`"},
    {.name = "on", .kind = Kind::attributes, .meaning = "coordinates in which `distance` is measured"},
};

inline constexpr Field watts_strogatz[] = {
    {.name = "degree",
     .kind = Kind::integer,
     .need = Need::required,
     .lowest = 2,
     .highest = most_cities,
     .meaning = "number of neighbours of each city on the ring, an even number"},
    {.name = "rewire",
     .need = Need::required,
     .lowest = 0,
     .highest = 1,
     .meaning = "probability that the far end of a tie is drawn anew"},
};

inline constexpr Field barabasi_albert[] = {
    {.name = "ties_per_city",
     .kind = Kind::integer,
     .need = Need::required,
     .lowest = 1,
     .highest = most_cities,
     .meaning = "number of ties that each newcomer draws"},
};

inline constexpr Field stochastic_block[] = {
    {.name = "group", .kind = Kind::attribute, .need = Need::required, .meaning = "a text attribute: the groups"},
    {.name = "probability",
     .kind = Kind::map,
     .need = Need::required,
     .meaning =
         "of a tie, by the group that observes, then the group observed; a missing pair takes its mirror, else 0"},
};

inline constexpr Field block_probability = {.name = "probability", .lowest = 0, .highest = 1};

inline constexpr Field configuration[] = {
    {.name = "degrees",
     .kind = Kind::attribute,
     .need = Need::required,
     .meaning = "number of ties of each city, whole numbers with an even sum"},
};

/// Mechanisms that can use complete groups, which are never stored as ties.
inline constexpr std::string_view users_of_groups[] = {"exposure", "competition", "log_adopters", "scale"};

inline constexpr Field weight[] = {
    {.name = "decay_km", .lowest = above_zero, .unit = "km", .meaning = "weight exp(-distance / decay_km)"},
    {.name = "attribute", .kind = Kind::attribute, .meaning = "weight is this attribute of the source"},
};

inline constexpr Field visits[] = {
    {.name = "rate",
     .need = Need::required,
     .lowest = 0,
     .highest = 64,
     .meaning = "a city visits another in a step with probability 1 - e^-rate"},
    {.name = "closure",
     .standard = "0",
     .lowest = 0,
     .highest = 1,
     .meaning = "chance that it visits one that is observed by one that it observes"},
    {.name = "prestige",
     .standard = "0",
     .lowest = -10,
     .highest = 10,
     .meaning = "else a city drawn by (1 + policies that it has adopted) to this power"},
    {.name = "decay_km",
     .lowest = above_zero,
     .unit = "km",
     .meaning = "and reached with chance exp(-distance / decay_km); default: distance does not matter"},
    {.name = "reciprocal",
     .standard = "0",
     .lowest = 0,
     .highest = 1,
     .meaning = "chance that the city that is visited observes the visitor too"},
};

inline constexpr Field dynamics[] = {
    {.name = "decay",
     .standard = "0",
     .lowest = 0,
     .highest = below_one,
     .meaning = "share of its strength that a tie loses in each step"},
    {.name = "reinforce",
     .standard = "0",
     .lowest = 0,
     .highest = 1,
     .meaning = "share of what it lacks that a tie regains for each policy that it is used for in a step"},
    {.name = "floor", .standard = "0", .lowest = 0, .highest = 1, .meaning = "a tie that is weaker is gone"},
    {.name = "visits", .kind = Kind::section, .meaning = "new ties to cities that are visited", .inside = visits},
};

inline constexpr Field network[] = {
    {.name = "file",
     .kind = Kind::file,
     .meaning = "table of ties: source, target and optionally weight, from, until; or slices in a column time"},
    {.name = "nearest", .kind = Kind::section, .meaning = "each city observes its nearest ones", .inside = nearest},
    {.name = "similar",
     .kind = Kind::section,
     .meaning = "each city observes the ones most like it",
     .inside = similar},
    {.name = "within", .kind = Kind::section, .meaning = "cities observe all that are close", .inside = within},
    {.name = "same",
     .kind = Kind::attribute,
     .meaning = "cities observe all with the same value: complete groups, never stored as ties"},
    {.name = "erdos_renyi", .kind = Kind::section, .meaning = "ties at random", .inside = erdos_renyi},
    {.name = "watts_strogatz",
     .kind = Kind::section,
     .meaning = "a ring of neighbours, some ties of which lead elsewhere",
     .inside = watts_strogatz},
    {.name = "barabasi_albert",
     .kind = Kind::section,
     .meaning = "newcomers tie themselves to those who have many ties",
     .inside = barabasi_albert},
    {.name = "stochastic_block",
     .kind = Kind::section,
     .meaning = "ties at random within and between groups",
     .inside = stochastic_block},
    {.name = "configuration",
     .kind = Kind::section,
     .meaning = "ties at random with given numbers for each city",
     .inside = configuration},
    {.name = "directed", .kind = Kind::boolean, .meaning = "default true for file, nearest, similar; else false"},
    {.name = "weight",
     .kind = Kind::section,
     .meaning = "weight of each tie; default 1, or the file's",
     .inside = weight},
    {.name = "ties",
     .kind = Kind::choice,
     .standard = "current",
     .meaning = "which ties count in a step: its own, or those of the step before",
     .choices = tie_choices},
    {.name = "redraw",
     .kind = Kind::choice,
     .standard = "scenario",
     .meaning = "random ties are drawn once, the same in every replicate, or anew in each",
     .choices = redraw_choices},
    {.name = "dynamics",
     .kind = Kind::section,
     .meaning = "ties that lose strength, gain it by use, end and begin; default: they are as strong as ever",
     .inside = dynamics},
};

inline constexpr std::string_view fee_choices[] = {"step", "once"};

inline constexpr Field fee[] = {
    {.name = "amount",
     .need = Need::required,
     .lowest = 0,
     .highest = largest_cost,
     .unit = "currency",
     .meaning = "what a member pays, from its budget where there are budgets"},
    {.name = "per",
     .kind = Kind::choice,
     .standard = "step",
     .meaning = "step: in every step as a member; once: in the step in which it joins",
     .choices = fee_choices},
};

inline constexpr Field recruit_hazard[] = {
    {.name = "base",
     .standard = "0",
     .lowest = 0,
     .highest = 64,
     .meaning = "of a city that observes no member, in each step"},
    {.name = "share",
     .standard = "0",
     .lowest = 0,
     .highest = 1e6,
     .meaning = "what is added to it where all that the city observes are members, and in proportion below"},
};

inline constexpr Field recruit[] = {
    {.name = "network", .kind = Kind::network, .need = Need::required, .meaning = "along which cities see members"},
    {.name = "hazard",
     .kind = Kind::section,
     .need = Need::required,
     .meaning = "of joining: base + share s, s the share of those that the city observes who are members",
     .inside = recruit_hazard},
};

/// A share of the members, instead of a number of them.
inline constexpr Field needs[] = {
    {.name = "share",
     .need = Need::required,
     .lowest = above_zero,
     .highest = 1,
     .meaning = "of the members of the step in which they would adopt"},
};
inline constexpr Field needed_members = {.name = "needs", .kind = Kind::integer, .lowest = 1, .highest = most_cities};

inline constexpr Field pledge[] = {
    {.name = "policy", .kind = Kind::policy, .need = Need::required, .meaning = "that members pledge to adopt"},
    {.name = "needs",
     .kind = Kind::map,
     .need = Need::required,
     .meaning = "how many pledges are enough: a number of members, or {share: s} of them"},
    {.name = "from",
     .kind = Kind::integer,
     .lowest = first_label,
     .highest = last_label,
     .meaning = "first step in which members pledge; default: the first of all"},
    {.name = "deadline",
     .kind = Kind::integer,
     .lowest = first_label,
     .highest = last_label,
     .meaning = "last step in which they do, after which pledges lapse; default: the last of all"},
};

inline constexpr Field collaboration[] = {
    {.name = "members", .kind = Kind::selector, .meaning = "the members, instead of rows in the file"},
    {.name = "dissolved",
     .kind = Kind::integer,
     .lowest = first_label,
     .highest = last_label,
     .meaning = "no members from this step on"},
    {.name = "fee", .kind = Kind::section, .meaning = "what belonging costs", .inside = fee},
    {.name = "recruit",
     .kind = Kind::section,
     .meaning = "cities join within the run; default: members are those of the data",
     .inside = recruit},
    {.name = "pledge",
     .kind = Kind::section,
     .meaning = "members pledge to adopt together (an assurance contract)",
     .inside = pledge},
};

inline constexpr Field collaborations[] = {
    {.name = "file",
     .kind = Kind::file,
     .meaning = "table of memberships: city, collaboration and optionally joined, joined_by, left"},
    {.name = "properties", .kind = Kind::map, .meaning = "properties of collaborations by name"},
};

}  // namespace hansa::fields
