/// The field tables of `sweep`.
#pragma once

#include <string_view>

#include "base/schema.hpp"
#include "scenario/field_ranges.hpp"

namespace hansa::fields {

inline constexpr std::string_view plan_choices[] = {"trajectories", "radial"};
inline constexpr std::string_view random_number_choices[] = {"common", "independent"};
inline constexpr std::string_view curve_choices[] = {"adopters"};
inline constexpr std::string_view bare_designs[] = {"grid", "one_at_a_time"};
inline constexpr std::string_view bare_measures[] = {"final_share", "time_to_half",       "peak",       "peak_time",
                                                     "spending",    "population_covered", "attribution"};

inline constexpr Field design[] = {
    {.name = "random", .kind = Kind::integer, .lowest = 1, .meaning = "so many points, drawn independently"},
    {.name = "latin_hypercube",
     .kind = Kind::integer,
     .lowest = 2,
     .meaning = "so many points, one in each of as many strata of every parameter, far from each other"},
    {.name = "sobol", .kind = Kind::integer, .lowest = 1, .meaning = "so many scrambled points of Sobol's sequence"},
    {.name = "saltelli",
     .kind = Kind::integer,
     .lowest = 2,
     .meaning = "so many base points, for Sobol' indices: N (D + 2) points of D parameters"},
    {.name = "morris", .kind = Kind::integer, .lowest = 2, .meaning = "so many trajectories of D + 1 points"},
    {.name = "list", .kind = Kind::file, .meaning = "points of a CSV file: columns are paths"},
    {.name = "second_order",
     .kind = Kind::boolean,
     .meaning = "saltelli: interactions of pairs, from N (2 D + 2) points; default false"},
    {.name = "levels",
     .kind = Kind::integer,
     .lowest = 2,
     .highest = 1000,
     .meaning = "morris: of the grid on which trajectories run, an even number; default 4"},
    {.name = "plan",
     .kind = Kind::choice,
     .meaning = "morris: each step from the point before (default), or from the first point of its block",
     .choices = plan_choices},
};

inline constexpr Field distribution[] = {
    {.name = "uniform", .kind = Kind::numbers, .meaning = "[a, b]"},
    {.name = "log_uniform", .kind = Kind::numbers, .lowest = above_zero, .meaning = "[a, b]: the logarithm is uniform"},
    {.name = "normal", .kind = Kind::numbers, .meaning = "[mean, sd]"},
    {.name = "truncated_normal",
     .kind = Kind::numbers,
     .meaning = "[mean, sd, a, b]: normal, given that it is between"},
    {.name = "triangular", .kind = Kind::numbers, .meaning = "[a, mode, b]"},
    {.name = "beta", .kind = Kind::numbers, .meaning = "[alpha, beta, a, b]: beta, from a to b"},
    {.name = "integer", .kind = Kind::numbers, .meaning = "[a, b]: whole numbers, both ends included"},
    {.name = "values", .kind = Kind::texts, .meaning = "numbers or words, each as likely as another"},
};

/// Which cities and when; `share`: of time_to.
inline constexpr Field part[] = {
    {.name = "where", .kind = Kind::map, .meaning = "of these cities only, as in a selection of cities"},
    {.name = "at", .kind = Kind::integer, .lowest = first_label, .highest = last_label, .meaning = "default the end"},
    {.name = "share", .lowest = above_zero, .highest = 1, .meaning = "time_to: of the cities; default 0.5"},
};

inline constexpr Field measure[] = {
    {.name = "share", .kind = Kind::map, .meaning = "adopters, a share of cities"},
    {.name = "time_to",
     .kind = Kind::map,
     .lowest = above_zero,
     .highest = 1,
     .meaning = "first label at which that share has adopted, missing where it never has"},
    {.name = "peak", .kind = Kind::map, .meaning = "most new adoptions in a step"},
    {.name = "peak_time", .kind = Kind::map, .meaning = "the step in which they were"},
    {.name = "spending", .kind = Kind::map, .meaning = "what adopters have paid"},
    {.name = "population_covered", .kind = Kind::map, .meaning = "share of the population that lives in adopters"},
    {.name = "distance",
     .kind = Kind::choice,
     .meaning = "root mean square from the observed curve",
     .choices = curve_choices},
    {.name = "series", .kind = Kind::choice, .meaning = "the whole curve over time", .choices = curve_choices},
    {.name = "by", .kind = Kind::attribute, .meaning = "for each value of a text attribute"},
    {.name = "of", .kind = Kind::map, .meaning = "by: the measure"},
    {.name = "difference", .kind = Kind::map, .meaning = "of a measure, to the same replicate at another point"},
    {.name = "to", .kind = Kind::integer, .lowest = 0, .meaning = "difference: the number of that point, from 0"},
    {.name = "name", .kind = Kind::text, .meaning = "of the variable; default made from what is measured"},
};

inline constexpr Field sweep[] = {
    {.name = "design",
     .kind = Kind::map,
     .need = Need::required,
     .meaning = "which points are run: grid (of values), one_at_a_time, or a map"},
    {.name = "replicates",
     .kind = Kind::integer,
     .lowest = 1,
     .highest = 1e9,
     .meaning = "number of histories at each point; default the scenario's"},
    {.name = "random_numbers",
     .kind = Kind::choice,
     .standard = "common",
     .meaning = "a replicate has the same luck at every point, or its own at each",
     .choices = random_number_choices},
    {.name = "scenarios",
     .kind = Kind::texts,
     .meaning = "files in each of which every point is run; default this one"},
    {.name = "parameters", .kind = Kind::map, .meaning = "distributions, by path"},
    {.name = "tables", .kind = Kind::texts, .meaning = "CSV files whose rows are drawn whole: columns are paths"},
    {.name = "measures",
     .kind = Kind::list,
     .meaning = "what is kept of each run, for each policy; default final_share and time_to_half"},
};

}  // namespace hansa::fields
