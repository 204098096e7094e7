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

inline constexpr Field push[] = {
    {.name = "policy", .kind = Kind::policy, .need = Need::required, .meaning = "what the cities decide on"},
    {.name = "cities", .kind = Kind::selector, .standard = "all", .meaning = "those that are pushed"},
    {.name = "strength",
     .need = Need::required,
     .meaning = "what is added to their pressure; to the hazard under rules additive and cascade, where it cannot be "
                "negative"},
};

inline constexpr Field campaign[] = {
    {.name = "policy", .kind = Kind::policy, .need = Need::required, .meaning = "what the cities decide on"},
    {.name = "mechanism",
     .kind = Kind::text,
     .need = Need::required,
     .meaning = "the name of one of the policy's mechanisms"},
    {.name = "cities", .kind = Kind::selector, .standard = "all", .meaning = "those that it is meant for"},
    {.name = "factor",
     .need = Need::required,
     .lowest = 0,
     .meaning = "by which the strength of the mechanism is multiplied for them"},
};

inline constexpr Field mandate[] = {
    {.name = "policy", .kind = Kind::policy, .need = Need::required, .meaning = "what the cities are to adopt"},
    {.name = "cities", .kind = Kind::selector, .standard = "all", .meaning = "those that are bound by it"},
    {.name = "compliance",
     .kind = Kind::chance,
     .standard = "1",
     .lowest = 0,
     .highest = 1,
     .meaning = "probability that a city adopts by it in a step, besides what presses on it"},
};

inline constexpr Field subsidy[] = {
    {.name = "policy", .kind = Kind::policy, .need = Need::required, .meaning = "what cities pay for"},
    {.name = "cities", .kind = Kind::selector, .standard = "all", .meaning = "those that pay less"},
    {.name = "share",
     .kind = Kind::chance,
     .lowest = above_zero,
     .highest = largest_subsidy,
     .meaning = "of the cost that its funder pays, 0.3 or 30 %; or `amount`"},
    {.name = "amount",
     .lowest = above_zero,
     .highest = largest_cost,
     .unit = "currency",
     .meaning = "that its funder pays of the cost of an adoption, or of a step; or `share`"},
    {.name = "budget",
     .lowest = above_zero,
     .highest = largest_cost,
     .unit = "currency",
     .meaning = "in each replicate it ends after the step in which it has paid so much; default without end"},
};

/// Paths that can be set; P, A, M … stand for names.
inline constexpr Field settable[] = {
    {.name = "policies.P.baseline", .meaning = "its baseline"},
    {.name = "policies.P.baseline.chance",
     .kind = Kind::chance,
     .lowest = above_zero,
     .highest = below_one,
     .meaning = "the same as a probability of adopting in a step"},
    {.name = "policies.P.attributes.A",
     .meaning = "an effect of an attribute; of one value of a text attribute policies.P.attributes.A.VALUE"},
    {.name = "policies.P.trend.linear",
     .meaning = "a coefficient of its trend; or log_time, polynomial[0], spline.coefficients[0], periods.LABEL"},
    {.name = "policies.P.frailty.city",
     .lowest = 0,
     .meaning = "a standard deviation, or city_policy, country, period: the same draws are multiplied by another one"},
    {.name = "policies.P.cost.amount", .lowest = 0, .unit = "currency", .meaning = "what it costs in the step"},
    {.name = "policies.P.reinvention.probability",
     .meaning = "of adoptions that begin in the step; or gain, cost: what adapting it then is worth, and costs more"},
    {.name = "policies.P.abandonment.hazard",
     .lowest = 0,
     .meaning = "of leaving in the step; or logit.base, logit.own_belief"},
    {.name = "policies.P.merit.mean",
     .meaning = "performance of adoptions that begin in the step; or attributes.A: an effect on it"},
    {.name = "policies.P.mechanisms.M.strength", .meaning = "of a mechanism, for all cities; campaigns multiply it"},
    {.name = "policies.P.mechanisms.M.strength_by.A", .meaning = "what a unit of an attribute adds to it"},
    {.name = "policies.P.mechanisms.M.KIND.PARAMETER",
     .meaning =
         "a number that shapes it, as exposure.half_life or exposure.shape.power: while that lasts, M is what it "
         "would be if it had always been so; of learning and laws it counts in its steps alone"},
    {.name = "resources.income",
     .unit = "currency",
     .meaning = "what budgets gain at the end of the step; or growth, returns.per_tie"},
    {.name = "networks.N.dynamics.decay",
     .lowest = 0,
     .highest = below_one,
     .meaning =
         "of ties at the end of the step; or reinforce, floor, visits.rate, closure, prestige, decay_km, reciprocal"},
    {.name = "collaborations.properties.C.fee.amount", .lowest = 0, .unit = "currency", .meaning = "a fee of the step"},
    {.name = "cities.attention",
     .lowest = 1,
     .unit = "adoptions",
     .meaning = "a whole number: most adoptions of a city in the step"},
};

inline constexpr Field intervention[] = {
    {.name = "at",
     .kind = Kind::integer,
     .need = Need::required,
     .lowest = first_label,
     .highest = last_label,
     .meaning = "the step in which it happens, or begins"},
    {.name = "until",
     .kind = Kind::integer,
     .lowest = first_label,
     .highest = last_label,
     .meaning = "the last step in which it is in force, the end of time if left out; only of push, campaign, mandate, "
                "set and subsidy: the others act once"},
    {.name = "name",
     .kind = Kind::text,
     .meaning = "letters, digits, _ and -, its own; default its kind and the step, as in seed-2006"},
    {.name = "cost", .lowest = 0, .meaning = "to its funder, in all; told, and not spent from anything"},
    {.name = "seed",
     .kind = Kind::section,
     .meaning = "cities adopt in that step, whatever presses on them; they count for others from the next step on",
     .inside = seed},
    {.name = "push",
     .kind = Kind::section,
     .meaning = "adds to the pressure on cities; several on one city add up",
     .inside = push},
    {.name = "campaign",
     .kind = Kind::section,
     .meaning = "multiplies the strength of a mechanism for cities; several on one city multiply",
     .inside = campaign},
    {.name = "mandate",
     .kind = Kind::section,
     .meaning = "cities adopt with a given chance in each step, besides what presses on them",
     .inside = mandate},
    {.name = "subsidy",
     .kind = Kind::section,
     .meaning = "somebody else pays a part of the cost; several on one city add up, to at most 99 %",
     .inside = subsidy},
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
    {.name = "set",
     .kind = Kind::map,
     .meaning = "numbers by their paths, instead of their own while it lasts; after that the old ones hold",
     .inside = settable},
};

}  // namespace hansa::fields
