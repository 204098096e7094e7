/// The field tables of the scenario format: every section's keys with kind, default, range and meaning.
#pragma once

#include <array>
#include <string_view>

#include "base/schema.hpp"

namespace hansa::fields {

inline constexpr double above_zero = std::numeric_limits<double>::denorm_min();  ///< as `lowest`: exclusive 0
inline constexpr double below_one = 1 - 0x1p-53;                                 ///< as `highest`: exclusive 1
inline constexpr double first_label = -1e9;
inline constexpr double last_label = 1e9;
inline constexpr double most_cities = 1e9;

inline constexpr std::string_view coordinate_choices[] = {"square", "globe"};
inline constexpr std::string_view rule_choices[] = {"logit", "cloglog", "threshold"};
inline constexpr std::string_view entry_choices[] = {"burst"};
inline constexpr std::string_view tie_choices[] = {"current"};
inline constexpr std::string_view redraw_choices[] = {"scenario"};
inline constexpr std::string_view unaffordable_choices[] = {"stop"};

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
    {.name = "attributes", .kind = Kind::map, .meaning = "derived columns by name"},
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

inline constexpr Field weight[] = {
    {.name = "decay_km", .lowest = above_zero, .unit = "km", .meaning = "weight exp(-distance / decay_km)"},
    {.name = "attribute", .kind = Kind::attribute, .meaning = "weight is this attribute of the source"},
};

inline constexpr Field network[] = {
    {.name = "file", .kind = Kind::file, .meaning = "table of ties: source, target and optionally weight"},
    {.name = "nearest", .kind = Kind::section, .meaning = "each city observes its nearest ones", .inside = nearest},
    {.name = "similar",
     .kind = Kind::section,
     .meaning = "each city observes the ones most like it",
     .inside = similar},
    {.name = "erdos_renyi", .kind = Kind::section, .meaning = "ties at random", .inside = erdos_renyi},
    {.name = "directed", .kind = Kind::boolean, .meaning = "default true for file, nearest, similar; else false"},
    {.name = "weight",
     .kind = Kind::section,
     .meaning = "weight of each tie; default 1, or the file's",
     .inside = weight},
    {.name = "ties",
     .kind = Kind::choice,
     .standard = "current",
     .meaning = "which ties count: those of the step",
     .choices = tie_choices},
    {.name = "redraw",
     .kind = Kind::choice,
     .standard = "scenario",
     .meaning = "random ties are drawn once, the same in every replicate",
     .choices = redraw_choices},
};

inline constexpr Field collaboration[] = {
    {.name = "members", .kind = Kind::selector, .meaning = "the members, instead of rows in the file"},
    {.name = "dissolved",
     .kind = Kind::integer,
     .lowest = first_label,
     .highest = last_label,
     .meaning = "no members from this step on"},
};

inline constexpr Field collaborations[] = {
    {.name = "file",
     .kind = Kind::file,
     .meaning = "table of memberships: city, collaboration and optionally joined, joined_by, left"},
    {.name = "properties", .kind = Kind::map, .meaning = "properties of collaborations by name"},
};

inline constexpr Field chance[] = {
    {.name = "chance",
     .need = Need::required,
     .lowest = above_zero,
     .highest = below_one,
     .meaning = "probability of adopting in a step when nothing else presses"},
};

inline constexpr Field spline[] = {
    {.name = "knots", .kind = Kind::numbers, .need = Need::required, .meaning = "time labels, ascending, at least 3"},
    {.name = "coefficients",
     .kind = Kind::numbers,
     .meaning = "of the restricted cubic spline, one fewer than knots; default 0"},
};

inline constexpr Field trend[] = {
    {.name = "linear", .meaning = "coefficient of t - start"},
    {.name = "polynomial",
     .kind = Kind::list,
     .meaning = "coefficients of t - start, its square, …; or the degree alone"},
    {.name = "log_time", .meaning = "coefficient of the logarithm of time since the first adoption"},
    {.name = "periods", .kind = Kind::map, .meaning = "effect by time label"},
    {.name = "spline", .kind = Kind::section, .meaning = "restricted cubic spline in t", .inside = spline},
};
inline constexpr std::string_view bare_trends[] = {"none", "linear", "log_time", "periods"};

inline constexpr Field threshold[] = {
    {.name = "uniform", .kind = Kind::numbers, .meaning = "lowest and highest"},
    {.name = "normal", .kind = Kind::numbers, .meaning = "mean and standard deviation"},
    {.name = "attribute", .kind = Kind::attribute, .meaning = "each city's own"},
};

inline constexpr Field adopters[] = {
    {.name = "file",
     .kind = Kind::file,
     .need = Need::required,
     .meaning = "table of adoptions: city, year and optionally policy, after, left"},
    {.name = "until",
     .kind = Kind::integer,
     .lowest = first_label,
     .highest = last_label,
     .meaning = "adoptions up to this step happen on their dates; default start - 1"},
    {.name = "coverage",
     .kind = Kind::selector,
     .standard = "all",
     .meaning = "cities whose absence from the file means that they did not adopt"},
};

inline constexpr Field at_risk[] = {
    {.name = "from", .kind = Kind::attribute, .meaning = "attribute: first step in which the city is in the world"},
    {.name = "until", .kind = Kind::attribute, .meaning = "attribute: last step in which the city is in the world"},
    {.name = "cities",
     .kind = Kind::selector,
     .standard = "all",
     .meaning = "cities that can decide on the policy at all"},
};

inline constexpr Field policy[] = {
    {.name = "rule",
     .kind = Kind::choice,
     .standard = "logit",
     .meaning = "how pressure meets resistance",
     .choices = rule_choices},
    {.name = "baseline", .kind = Kind::map, .meaning = "a number, or {chance: p}; required by logit and cloglog"},
    {.name = "attributes",
     .kind = Kind::map,
     .meaning = "effects of attributes: a number, or one per value of a text attribute"},
    {.name = "trend",
     .kind = Kind::map,
     .standard = "none",
     .meaning = "effect of time: none, or one of linear, polynomial, log_time, periods, spline"},
    {.name = "threshold",
     .kind = Kind::map,
     .meaning = "a number, {uniform: [a, b]}, {normal: [mean, sd]} or {attribute: NAME}; required by rule threshold"},
    {.name = "entry",
     .kind = Kind::choice,
     .standard = "burst",
     .meaning = "rule threshold: how cities below the initial pressure start",
     .choices = entry_choices},
    {.name = "adopters",
     .kind = Kind::map,
     .meaning = "a file of adoptions, or a selection of cities that adopted before the first step"},
    {.name = "at_risk",
     .kind = Kind::section,
     .meaning = "which cities can decide on the policy, and when",
     .inside = at_risk},
    {.name = "when_unaffordable",
     .kind = Kind::choice,
     .standard = "stop",
     .meaning = "of a city that cannot pay; nothing costs anything",
     .choices = unaffordable_choices},
    {.name = "mechanisms", .kind = Kind::map, .meaning = "mechanisms by name"},
};

inline constexpr Field mechanism[] = {
    {.name = "strength", .standard = "1", .meaning = "by which the mechanism's value is multiplied"},
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
    {.name = "ties", .kind = Kind::boolean, .standard = "false", .meaning = "keep ties"},
    {.name = "events", .kind = Kind::boolean, .standard = "false", .meaning = "keep every event"},
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
    {.name = "networks", .kind = Kind::map, .meaning = "who observes whom, by name"},
    {.name = "collaborations", .kind = Kind::section, .meaning = "memberships", .inside = collaborations},
    {.name = "policies",
     .kind = Kind::map,
     .need = Need::required,
     .meaning = "innovations that cities may adopt, by name"},
    {.name = "output", .kind = Kind::section, .meaning = "what is written", .inside = output},
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

inline constexpr Field selector[] = {
    {.name = "where", .kind = Kind::map, .meaning = "attributes with a value, a list of values, or a range {min, max}"},
    {.name = "top", .kind = Kind::integer, .lowest = 0, .highest = most_cities, .meaning = "so many, largest first"},
    {.name = "random", .kind = Kind::integer, .lowest = 0, .highest = most_cities, .meaning = "so many, at random"},
    {.name = "members", .kind = Kind::text, .meaning = "members of a collaboration"},
    {.name = "neighbours", .kind = Kind::selector, .meaning = "cities tied to these, in either direction"},
    {.name = "or", .kind = Kind::list, .meaning = "in any of these"},
    {.name = "and", .kind = Kind::list, .meaning = "in all of these"},
    {.name = "not", .kind = Kind::selector, .meaning = "all others"},
    {.name = "by", .kind = Kind::map, .meaning = "top: the attribute that is compared"},
    {.name = "among", .kind = Kind::selector, .standard = "all", .meaning = "top, random: taken from these"},
    {.name = "network", .kind = Kind::network, .meaning = "neighbours: in this network"},
};

/// Keys and words of the format that this version refuses by name, by the section they belong to.
struct Unsupported {
  std::string_view section;
  std::string_view word;
};
inline constexpr Unsupported unsupported[] = {
    {"scenario", "base"},
    {"scenario", "remove"},
    {"scenario", "countries"},
    {"scenario", "interventions"},
    {"scenario", "resources"},
    {"scenario", "sweep"},
    {"scenario", "calibrate"},
    {"scenario", "stats"},
    {"scenario", "fit"},
    {"scenario", "power"},
    {"cities", "panel"},
    {"cities", "attention"},
    {"network", "within"},
    {"network", "same"},
    {"network", "watts_strogatz"},
    {"network", "barabasi_albert"},
    {"network", "stochastic_block"},
    {"network", "configuration"},
    {"ties", "lagged"},
    {"redraw", "replicate"},
    {"network", "dynamics"},
    {"collaboration", "recruit"},
    {"collaboration", "fee"},
    {"collaboration", "pledge"},
    {"policy", "frailty"},
    {"policy", "cost"},
    {"when_unaffordable", "queue"},
    {"policy", "requires"},
    {"policy", "excludes"},
    {"policy", "merit"},
    {"policy", "reinvention"},
    {"policy", "abandonment"},
    {"rule", "additive"},
    {"rule", "linear"},
    {"rule", "cascade"},
    {"entry", "settled"},
    {"mechanism", "strength_by"},
    {"mechanism", "exposure"},
    {"mechanism", "competition"},
    {"mechanism", "learning"},
    {"mechanism", "scale"},
    {"mechanism", "log_adopters"},
    {"mechanism", "collective"},
    {"mechanism", "membership"},
    {"mechanism", "national"},
    {"mechanism", "synergy"},
    {"exposure", "half_life"},
    {"exposure", "source_weight"},
    {"exposure", "only"},
    {"exposure", "transmission"},
};

}  // namespace hansa::fields
