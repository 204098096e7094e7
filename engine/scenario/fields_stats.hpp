/// The field tables of `stats`.
#pragma once

#include <string_view>

#include "base/schema.hpp"
#include "scenario/field_ranges.hpp"

namespace hansa::fields {

inline constexpr std::string_view tie_norm_choices[] = {"share", "weight", "count"};
inline constexpr std::string_view among_choices[] = {"all", "adopters"};
inline constexpr std::string_view classes_choices[] = {"adoption_time", "threshold"};
inline constexpr std::string_view convention_choices[] = {"at_risk", "netdiffuser"};
inline constexpr std::string_view discount_words[] = {"linear"};
inline constexpr double most_lag = 32000;

inline constexpr Field statistic_network = {
    .name = "network", .kind = Kind::network, .need = Need::required, .meaning = "whose ties count"};
inline constexpr Field statistic_weights = {
    .name = "weights", .kind = Kind::boolean, .standard = "true", .meaning = "ties count by weight; false: 1 each"};
inline constexpr Field statistic_lag = {.name = "lag",
                                        .kind = Kind::integer,
                                        .standard = "0",
                                        .lowest = 0,
                                        .highest = most_lag,
                                        .meaning = "adopters of so many steps before"};
inline constexpr Field statistic_norm = {.name = "normalize",
                                         .kind = Kind::choice,
                                         .standard = "share",
                                         .meaning = "share of the weight of a city's ties, its sum, or a number",
                                         .choices = tie_norm_choices};

inline constexpr Field exposure_statistic[] = {
    statistic_network,
    statistic_norm,
    statistic_weights,
    statistic_lag,
    {.name = "source_weight", .kind = Kind::attribute, .meaning = "weighs those that are observed, above and below"},
    {.name = "reversed",
     .kind = Kind::boolean,
     .standard = "false",
     .meaning = "along the ties turned round: adopters among those that observe the city"},
};

inline constexpr Field threshold_statistic[] = {statistic_network, statistic_weights, statistic_lag};

inline constexpr Field following_statistic[] = {
    statistic_network,
    {.name = "periods",
     .kind = Kind::integer,
     .standard = "1",
     .lowest = 1,
     .highest = most_lag,
     .meaning = "steps that are looked at, within the clock"},
    {.name = "discount",
     .kind = Kind::map,
     .standard = "linear",
     .lowest = above_zero,
     .meaning = "k steps away counts 1/k, or 1/d^(k-1) for a number d"},
    {.name = "relative",
     .kind = Kind::boolean,
     .standard = "false",
     .meaning = "divided by all adoptions as many steps away"},
};

inline constexpr Field moran_statistic[] = {
    {.name = "of",
     .kind = Kind::text,
     .need = Need::required,
     .meaning = "adopted (at a step), adoption_time, or a numeric attribute"},
    {.name = "among",
     .kind = Kind::choice,
     .meaning = "cities that count; default adopters for adoption_time, else all",
     .choices = among_choices},
    statistic_network,
    statistic_norm,
    statistic_weights,
    {.name = "at",
     .kind = Kind::integer,
     .lowest = first_label,
     .highest = last_label,
     .meaning = "the step whose adopters, values and ties count; required by adopted; default the last"},
    {.name = "permutations",
     .kind = Kind::integer,
     .standard = "0",
     .lowest = 0,
     .highest = 1e6,
     .meaning = "random orders of the values, for a second p"},
};

inline constexpr Field classes_statistic[] = {
    {.name = "of",
     .kind = Kind::choice,
     .need = Need::required,
     .meaning = "what is cut at the adopters' mean and one standard deviation to either side",
     .choices = classes_choices},
    {.name = "network", .kind = Kind::network, .meaning = "of thresholds"},
    {.name = "weights", .kind = Kind::boolean, .standard = "true", .meaning = "of thresholds"},
};

inline constexpr Field curve_statistic[] = {
    {.name = "convention",
     .kind = Kind::choice,
     .standard = "at_risk",
     .meaning = "who is at risk: those in the world who have not adopted, or as in netdiffuseR all who have not",
     .choices = convention_choices},
};

inline constexpr std::string_view statistic_kinds[] = {"exposure", "threshold", "infection", "susceptibility", "moran",
                                                       "classes",  "curve",     "bass",      "survival"};

inline constexpr Field statistic[] = {
    {.name = "exposure", .kind = Kind::map, .meaning = "adopters among those that each city observes, in each step"},
    {.name = "threshold",
     .kind = Kind::map,
     .meaning = "that share in the step of adoption, and the highest one that was refused"},
    {.name = "infection",
     .kind = Kind::map,
     .meaning = "of those that observe an adopter and have not adopted yet, the share that adopts after it"},
    {.name = "susceptibility",
     .kind = Kind::map,
     .meaning = "of those that an adopter observes and that adopted before it, the share that did so just before"},
    {.name = "moran", .kind = Kind::map, .meaning = "Moran's I: whether tied cities are alike"},
    {.name = "classes", .kind = Kind::map, .meaning = "categories of adopters"},
    {.name = "curve", .kind = Kind::map, .meaning = "adopters, share, rate and hazard in each step"},
    {.name = "bass", .kind = Kind::map, .meaning = "Bass's p, q and m, by nonlinear least squares"},
    {.name = "survival", .kind = Kind::map, .meaning = "Kaplan-Meier and Nelson-Aalen estimates, in each step"},
};

}  // namespace hansa::fields
