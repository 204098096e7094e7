/// The field tables of `fit: dyads`.
#pragma once

#include <string_view>

#include "base/schema.hpp"

namespace hansa::fields {

inline constexpr std::string_view dyad_risk_choices[] = {"conditional", "unconditional"};
inline constexpr std::string_view dyad_cluster_choices[] = {"none", "follower", "leader"};
inline constexpr std::string_view dyad_distance_choices[] = {"km", "log_km"};
inline constexpr std::string_view dyad_time_choices[] = {"linear", "square", "log"};

/// In the order of DyadCovariate::Of.
inline constexpr std::string_view dyad_covariate_kinds[] = {"tie",       "distance", "same",     "difference", "gap",
                                                            "log_ratio", "leader",   "follower", "time"};

inline constexpr Field dyad_covariate[] = {
    {.name = "tie", .kind = Kind::network, .meaning = "weight of the tie along which the follower observes the leader"},
    {.name = "distance",
     .kind = Kind::choice,
     .meaning = "great circle between them on lat, lon, or ln(1 + that)",
     .choices = dyad_distance_choices},
    {.name = "same", .kind = Kind::attribute, .meaning = "1 where both have the same value of a text attribute"},
    {.name = "difference", .kind = Kind::attribute, .meaning = "the leader's number less the follower's"},
    {.name = "gap", .kind = Kind::attribute, .meaning = "the same without its sign"},
    {.name = "log_ratio", .kind = Kind::attribute, .meaning = "logarithm of the leader's number over the follower's"},
    {.name = "leader", .kind = Kind::attribute, .meaning = "the leader's number"},
    {.name = "follower", .kind = Kind::attribute, .meaning = "the follower's number"},
    {.name = "time",
     .kind = Kind::choice,
     .meaning = "steps since the first that is scored, their square, or ln(1 + them)",
     .choices = dyad_time_choices},
};

inline constexpr Field dyads[] = {
    {.name = "covariates",
     .kind = Kind::map,
     .need = Need::required,
     .meaning = "by name, what may make a follower emulate a leader"},
    {.name = "leaders",
     .kind = Kind::network,
     .meaning = "a city can emulate those that it observes in this network; default all others"},
    {.name = "risk_set",
     .kind = Kind::choice,
     .standard = "conditional",
     .meaning = "pairs in steps in which the leader has what the follower has not, or all pairs in all steps",
     .choices = dyad_risk_choices},
    {.name = "cluster",
     .kind = Kind::list,
     .standard = "follower",
     .meaning = "within which pairs may depend on each other: none, follower, leader, or a list of both"},
};

}  // namespace hansa::fields
