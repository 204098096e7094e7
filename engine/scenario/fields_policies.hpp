/// The field tables of `policies`.
#pragma once

#include <string_view>

#include "base/schema.hpp"
#include "scenario/field_ranges.hpp"

namespace hansa::fields {

inline constexpr std::string_view rule_choices[] = {"logit", "cloglog", "additive", "linear", "cascade", "threshold"};
inline constexpr std::string_view entry_choices[] = {"burst", "settled"};
inline constexpr std::string_view unaffordable_choices[] = {"stop", "queue"};
inline constexpr std::string_view cost_choices[] = {"once", "step"};

inline constexpr Field effect = {.name = "effect"};  // any number

inline constexpr Field chance[] = {
    {.name = "chance",
     .kind = Kind::chance,
     .need = Need::required,
     .lowest = above_zero,
     .highest = below_one,
     .meaning = "probability of adopting in a step when nothing else presses: 0.0015 or 0.15 %"},
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

inline constexpr Field frailty[] = {
    {.name = "city", .standard = "0", .lowest = 0, .meaning = "sd of a city's effect, one draw for all policies"},
    {.name = "city_policy", .standard = "0", .lowest = 0, .meaning = "sd of a city's effect on this policy"},
    {.name = "country", .standard = "0", .lowest = 0, .meaning = "sd of a country's effect on this policy"},
    {.name = "period", .standard = "0", .lowest = 0, .meaning = "sd of a step's effect on all cities: common shocks"},
};

inline constexpr Field performance[] = {
    {.name = "attribute", .kind = Kind::attribute, .need = Need::required, .meaning = "each city's own performance"},
};

inline constexpr Field merit[] = {
    {.name = "mean", .standard = "0", .lowest = -1e12, .highest = 1e12, .meaning = "expected performance"},
    {.name = "spread",
     .standard = "0",
     .lowest = 0,
     .highest = 1e12,
     .meaning = "standard deviation of performance between adopters that are alike"},
    {.name = "attributes",
     .kind = Kind::map,
     .meaning = "what a unit of an attribute of the adopter adds to performance"},
    {.name = "performance",
     .kind = Kind::section,
     .meaning = "performance as data, instead of mean and attributes",
     .inside = performance},
};

inline constexpr Field abandonment_logit[] = {
    {.name = "base",
     .need = Need::required,
     .lowest = -80,
     .highest = 80,
     .meaning = "log odds of leaving in a step: h = ln(1 + e^base)"},
    {.name = "own_belief",
     .standard = "0",
     .lowest = -1e12,
     .highest = 1e12,
     .meaning =
         "what a unit of what the adopter believes of the policy takes from them: h = ln(1 + e^(base - own_belief "
         "belief)); needs a mechanism of the kind learning"},
};

inline constexpr Field reinvention[] = {
    {.name = "probability",
     .kind = Kind::chance,
     .need = Need::required,
     .lowest = 0,
     .highest = 1,
     .meaning = "that an adopter adapts the policy, drawn once per adoption"},
    {.name = "gain",
     .standard = "0",
     .lowest = -1e12,
     .highest = 1e12,
     .meaning = "what that adds to its performance there, which others see"},
    {.name = "cost",
     .standard = "0",
     .lowest = -1,
     .highest = 1e6,
     .meaning = "the share by which that raises what the city pays: c (1 + cost)"},
};

inline constexpr Field abandonment[] = {
    {.name = "hazard",
     .lowest = 0,
     .highest = 64,
     .meaning = "of leaving in each step after that of the adoption: the chance is 1 - e^-hazard; or `logit`"},
    {.name = "logit",
     .kind = Kind::section,
     .meaning = "the same by log odds; or `hazard`",
     .inside = abandonment_logit},
};

inline constexpr Field cost[] = {
    {.name = "amount",
     .kind = Kind::number_or_attribute,
     .need = Need::required,
     .lowest = 0,
     .highest = largest_cost,
     .unit = "currency",
     .meaning = "what a city pays if none has adopted before; mechanisms of the kind scale lower it"},
    {.name = "per",
     .kind = Kind::choice,
     .standard = "once",
     .meaning = "once: in the step of adoption; step: in every step while the city has the policy",
     .choices = cost_choices},
};

inline constexpr Field policy[] = {
    {.name = "rule",
     .kind = Kind::choice,
     .standard = "logit",
     .meaning = "how pressure meets resistance",
     .choices = rule_choices},
    {.name = "baseline",
     .kind = Kind::map,
     .meaning = "a number, or {chance: p}; required by logit, cloglog and linear"},
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
    {.name = "frailty",
     .kind = Kind::section,
     .meaning = "unobserved heterogeneity: standard deviations of normal effects, drawn in each replicate",
     .inside = frailty},
    {.name = "requires",
     .kind = Kind::policies,
     .meaning = "who has not adopted all of these by the end of the step before cannot decide on it"},
    {.name = "excludes", .kind = Kind::policies, .meaning = "who has adopted one of these cannot decide on it"},
    {.name = "abandonment",
     .kind = Kind::section,
     .meaning = "how adopters come to leave the policy, and may try again; default: nobody leaves",
     .inside = abandonment},
    {.name = "merit",
     .kind = Kind::section,
     .meaning = "what the policy is worth to its adopters, drawn once per adoption",
     .inside = merit},
    {.name = "reinvention",
     .kind = Kind::section,
     .meaning = "adopters that adapt the policy to themselves; default: none does",
     .inside = reinvention},
    {.name = "cost", .kind = Kind::section, .meaning = "what the policy costs its adopters", .inside = cost},
    {.name = "when_unaffordable",
     .kind = Kind::choice,
     .standard = "stop",
     .meaning = "of a city whose budget does not reach: it is not at risk; or it adopts as soon as it can pay",
     .choices = unaffordable_choices},
    {.name = "mechanisms", .kind = Kind::map, .meaning = "mechanisms by name"},
};

inline constexpr Field mechanism[] = {
    {.name = "strength", .standard = "1", .meaning = "by which the mechanism's value is multiplied"},
    {.name = "strength_by", .kind = Kind::map, .meaning = "what a unit of an attribute of the city adds to strength"},
};

}  // namespace hansa::fields
