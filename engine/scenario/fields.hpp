/// The field tables of the scenario format: every section's keys with kind, default, range and meaning.
#pragma once

#include <array>
#include <string_view>

#include "base/schema.hpp"
#include "scenario/field_ranges.hpp"
#include "scenario/fields_calibrate.hpp"
#include "scenario/fields_fit.hpp"
#include "scenario/fields_interventions.hpp"
#include "scenario/fields_policies.hpp"
#include "scenario/fields_power.hpp"
#include "scenario/fields_resources.hpp"
#include "scenario/fields_stats.hpp"
#include "scenario/fields_sweep.hpp"
#include "scenario/fields_world.hpp"

namespace hansa::fields {

inline constexpr Field time[] = {
    {.name = "start",
     .kind = Kind::integer,
     .need = Need::required,
     .lowest = first_label,
     .highest = last_label,
     .meaning = "label of the first step"},
    {.name = "end",
     .kind = Kind::integer,
     .need = Need::required,
     .lowest = first_label,
     .highest = last_label,
     .meaning = "label of the last step, included"},
    {.name = "unit", .kind = Kind::text, .standard = "year", .meaning = "what one step is, a label"},
};

inline constexpr Field output[] = {
    {.name = "file", .kind = Kind::text, .meaning = "of results; default the scenario's name with .h5"},
    {.name = "by", .kind = Kind::attributes, .meaning = "text attributes to group by"},
    {.name = "histories", .kind = Kind::boolean, .standard = "true", .meaning = "keep every city's adoption time"},
    {.name = "quantiles",
     .kind = Kind::numbers,
     .standard = "[5, 25, 50, 75, 95]",
     .lowest = 0,
     .highest = 100,
     .unit = "%",
     .meaning = "over replicates, ascending"},
    {.name = "beliefs", .kind = Kind::boolean, .standard = "false", .meaning = "keep beliefs"},
    {.name = "ties",
     .kind = Kind::boolean,
     .standard = "false",
     .meaning = "keep how many ties there are, and how strong"},
    {.name = "events", .kind = Kind::boolean, .standard = "false", .meaning = "keep every adoption and abandonment"},
};

inline constexpr Field scenario[] = {
    {.name = "hansa",
     .kind = Kind::integer,
     .need = Need::required,
     .lowest = 1,
     .highest = 1,
     .meaning = "version of the format"},
    {.name = "title", .kind = Kind::text, .meaning = "default: the file's name"},
    {.name = "time", .kind = Kind::section, .need = Need::required, .meaning = "the clock", .inside = time},
    {.name = "seed",
     .kind = Kind::integer,
     .standard = "1",
     .lowest = 0,
     .highest = 0x1p64,
     .meaning = "of all random draws, below 2^64"},
    {.name = "replicates",
     .kind = Kind::integer,
     .standard = "100",
     .lowest = 1,
     .highest = 1e9,
     .meaning = "number of histories simulated"},
    {.name = "currency", .kind = Kind::text, .meaning = "a label for all costs"},
    {.name = "purpose", .kind = Kind::text, .meaning = "the question that the model is to answer"},
    {.name = "patterns", .kind = Kind::text, .meaning = "what the model should reproduce"},
    {.name = "sources",
     .kind = Kind::map,
     .meaning = "where parameters come from, by path: fitted, literature (with the reference) or assumed"},
    {.name = "cities", .kind = Kind::section, .need = Need::required, .meaning = "the agents", .inside = cities},
    {.name = "countries", .kind = Kind::section, .meaning = "the countries of the cities", .inside = countries},
    {.name = "networks", .kind = Kind::map, .meaning = "who observes whom, by name"},
    {.name = "collaborations", .kind = Kind::section, .meaning = "memberships", .inside = collaborations},
    {.name = "policies",
     .kind = Kind::map,
     .need = Need::required,
     .meaning = "innovations that cities may adopt, by name"},
    {.name = "resources",
     .kind = Kind::section,
     .meaning = "budgets from which cities pay; without it nothing is unaffordable",
     .inside = resources},
    {.name = "interventions", .kind = Kind::list, .meaning = "what somebody does at a date"},
    {.name = "fit", .kind = Kind::map, .meaning = "how coefficients are estimated from observed adoptions"},
    {.name = "sweep", .kind = Kind::map, .meaning = "which points of the parameters' space a sweep runs"},
    {.name = "calibrate", .kind = Kind::map, .meaning = "how parameters are estimated by simulation"},
    {.name = "power", .kind = Kind::map, .meaning = "what a study of power simulates and fits"},
    {.name = "stats", .kind = Kind::map, .meaning = "diffusion statistics of observed or simulated histories, by name"},
    {.name = "output", .kind = Kind::section, .meaning = "what is written", .inside = output},
    {.name = "base",
     .kind = Kind::file,
     .meaning = "the scenario that this one changes: maps are merged, other values replaced, interventions appended"},
    {.name = "remove",
     .kind = Kind::texts,
     .meaning = "what goes from the base before that: paths, and names of interventions"},
};

// Parts that many sections share.

inline constexpr Field logistic[] = {
    {.name = "midpoint", .need = Need::required, .meaning = "where the curve is steepest"},
    {.name = "steepness", .need = Need::required, .lowest = above_zero, .meaning = "how steep it is there"},
};

inline constexpr Field shape[] = {
    {.name = "power", .lowest = above_zero, .meaning = "exponent"},
    {.name = "step", .lowest = above_zero, .meaning = "1 from here on, 0 below"},
    {.name = "logistic", .kind = Kind::section, .meaning = "scaled to run from 0 to 1", .inside = logistic},
};

inline constexpr Field pool[] = {
    {.name = "same", .kind = Kind::attribute, .meaning = "cities with the same value of a text attribute"},
    {.name = "collaboration", .kind = Kind::text, .meaning = "members of a collaboration"},
    {.name = "network", .kind = Kind::network, .meaning = "the cities that a city observes"},
};

inline constexpr Field own_number[] = {
    {.name = "attribute", .kind = Kind::attribute, .need = Need::required, .meaning = "each city's own value"},
};

inline constexpr Field range[] = {
    {.name = "min", .meaning = "lowest value, included"},
    {.name = "max", .meaning = "highest value, included"},
};

inline constexpr std::string_view centrality_choices[] = {"degree", "strength", "eigenvector", "pagerank",
                                                          "betweenness"};

inline constexpr Field centrality[] = {
    {.name = "centrality",
     .kind = Kind::choice,
     .need = Need::required,
     .meaning = "how much a city is observed",
     .choices = centrality_choices},
    {.name = "network", .kind = Kind::network, .need = Need::required, .meaning = "by whom: in this network"},
};

inline constexpr Field selector[] = {
    {.name = "where", .kind = Kind::map, .meaning = "attributes with a value, a list of values, or a range {min, max}"},
    {.name = "top", .kind = Kind::integer, .lowest = 0, .highest = most_cities, .meaning = "so many, largest first"},
    {.name = "random", .kind = Kind::integer, .lowest = 0, .highest = most_cities, .meaning = "so many, at random"},
    {.name = "members", .kind = Kind::text, .meaning = "members of a collaboration"},
    {.name = "neighbours", .kind = Kind::selector, .meaning = "cities tied to these, in either direction"},
    {.name = "or", .kind = Kind::list, .meaning = "in any of these"},
    {.name = "and", .kind = Kind::list, .meaning = "in all of these"},
    {.name = "not", .kind = Kind::selector, .meaning = "all others"},
    {.name = "by", .kind = Kind::map, .meaning = "top: the attribute that is compared, or a centrality in a network"},
    {.name = "among", .kind = Kind::selector, .standard = "all", .meaning = "top, random: taken from these"},
    {.name = "network", .kind = Kind::network, .meaning = "neighbours: in this network"},
};

}  // namespace hansa::fields
