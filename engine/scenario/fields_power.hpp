/// The field tables of `power`.
#pragma once

#include <string_view>

#include "base/schema.hpp"
#include "scenario/field_ranges.hpp"

namespace hansa::fields {

inline constexpr std::string_view power_test_choices[] = {"likelihood_ratio", "wald"};
inline constexpr std::string_view world_kinds[] = {"homophily", "law", "membership", "shocks"};

inline constexpr Field homophily[] = {
    {.name = "network",
     .kind = Kind::network,
     .need = Need::required,
     .meaning = "along whose ties cities are alike in a trait that nobody observes, standard normal over cities"},
    {.name = "correlation",
     .need = Need::required,
     .lowest = 0,
     .highest = below_one,
     .meaning =
         "of the trait along ties: u = correlation · (mean u of those that are tied) + noise, then standardised"},
    {.name = "strength",
     .kind = Kind::numbers,
     .need = Need::required,
     .meaning = "what a standard deviation of the trait adds to the predictor; one world for each"},
};

inline constexpr Field common_law[] = {
    {.name = "at",
     .kind = Kind::integer,
     .need = Need::required,
     .lowest = first_label,
     .highest = last_label,
     .meaning = "first step in which the law holds"},
    {.name = "cities", .kind = Kind::selector, .standard = "all", .meaning = "those that have the law"},
    {.name = "strength",
     .kind = Kind::numbers,
     .need = Need::required,
     .meaning = "what the law adds to their predictor; one world for each"},
};

inline constexpr Field self_selection[] = {
    {.name = "collaboration",
     .kind = Kind::text,
     .need = Need::required,
     .meaning = "whose members, those to come among them, were inclined to the policy from the start"},
    {.name = "strength",
     .kind = Kind::numbers,
     .need = Need::required,
     .meaning = "what their inclination adds to the predictor; one world for each"},
};

inline constexpr Field shocks[] = {
    {.name = "sd",
     .kind = Kind::numbers,
     .need = Need::required,
     .lowest = 0,
     .meaning = "standard deviation of a normal effect of each step, the same for all cities; one world for each"},
};

inline constexpr Field worlds[] = {
    {.name = "homophily",
     .kind = Kind::section,
     .meaning = "latent homophily: cities are tied since they are alike, and adopt since they are alike",
     .inside = homophily},
    {.name = "law",
     .kind = Kind::section,
     .meaning = "a law of the nation presses on some cities at once",
     .inside = common_law},
    {.name = "membership",
     .kind = Kind::section,
     .meaning = "cities that are inclined to the policy join a collaboration",
     .inside = self_selection},
    {.name = "shocks", .kind = Kind::section, .meaning = "good and bad years for all", .inside = shocks},
};

inline constexpr Field power[] = {
    {.name = "histories",
     .kind = Kind::integer,
     .standard = "1000",
     .lowest = 2,
     .highest = 1e6,
     .meaning = "simulated from each hypothesis at each level of its effects, and in each world"},
    {.name = "alpha",
     .standard = "0.05",
     .lowest = above_zero,
     .highest = below_one,
     .meaning = "an effect is found where its p is below this"},
    {.name = "test",
     .kind = Kind::choice,
     .standard = "likelihood_ratio",
     .meaning = "of an effect: of the likelihoods with and without it, or by the errors that fit reports",
     .choices = power_test_choices},
    {.name = "adoptions",
     .lowest = above_zero,
     .meaning =
         "mean number of scored adoptions, to which the baseline is moved at each level; default as the scenario "
         "has it"},
    {.name = "hypotheses", .kind = Kind::texts, .meaning = "of fit; default all"},
    {.name = "effects",
     .kind = Kind::map,
     .meaning = "strengths of mechanisms, by path: a list, the levels, in which lists of several effects go side by "
                "side, or one number for all levels; there are no defaults"},
    {.name = "worlds",
     .kind = Kind::section,
     .meaning = "without contagion, in which something else makes cities that are tied alike",
     .inside = worlds},
};

}  // namespace hansa::fields
