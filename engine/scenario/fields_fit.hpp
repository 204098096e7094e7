/// The field tables of `fit`.
#pragma once

#include <string_view>

#include "base/schema.hpp"
#include "scenario/field_ranges.hpp"
#include "scenario/fields_dyads.hpp"

namespace hansa::fields {

inline constexpr std::string_view link_choices[] = {"logit", "cloglog", "probit", "additive"};
inline constexpr std::string_view information_choices[] = {"expected", "observed"};
inline constexpr std::string_view cluster_choices[] = {"none", "city", "country", "period"};
inline constexpr std::string_view fixed_effect_choices[] = {"none", "country", "period"};
inline constexpr std::string_view interval_choices[] = {"wald", "profile"};
inline constexpr std::string_view penalty_choices[] = {"none", "firth"};
inline constexpr std::string_view policy_effect_choices[] = {"fixed", "random"};
inline constexpr std::string_view leave_choices[] = {"policies", "cities", "years"};

inline constexpr Field cross_validation[] = {
    {.name = "leave",
     .kind = Kind::choice,
     .need = Need::required,
     .meaning = "what is left out in turn; years are left out from the end on, in order",
     .choices = leave_choices},
    {.name = "folds",
     .kind = Kind::integer,
     .standard = "5",
     .lowest = 2,
     .highest = 1e6,
     .meaning = "number of parts"},
};

inline constexpr Field nulls[] = {
    {.name = "permutations",
     .kind = Kind::integer,
     .standard = "0",
     .lowest = 0,
     .highest = 1e6,
     .meaning = "networks in which cities have changed places"},
    {.name = "within",
     .kind = Kind::attribute,
     .meaning = "a text attribute: cities change places with those of the same value only"},
    {.name = "rewirings",
     .kind = Kind::integer,
     .standard = "0",
     .lowest = 0,
     .highest = 1e6,
     .meaning = "networks whose ties lead elsewhere, each city keeping as many as it has"},
};

inline constexpr Field fit[] = {
    {.name = "from",
     .kind = Kind::integer,
     .lowest = first_label,
     .highest = last_label,
     .meaning = "first step whose decisions are scored, earlier adopters being given; default the first of time"},
    {.name = "until",
     .kind = Kind::integer,
     .lowest = first_label,
     .highest = last_label,
     .meaning = "last step whose decisions are scored; default the last of time"},
    {.name = "policies", .kind = Kind::texts, .meaning = "those whose adoptions are scored; default all"},
    {.name = "pooled",
     .kind = Kind::boolean,
     .standard = "false",
     .meaning = "one set of coefficients for all policies, and baselines by policy_effects"},
    {.name = "policy_effects",
     .kind = Kind::choice,
     .standard = "fixed",
     .meaning = "of pooled policies: a baseline for each, or a common one about which theirs are normally distributed",
     .choices = policy_effect_choices},
    {.name = "link",
     .kind = Kind::choice,
     .meaning = "how pressure turns into the chance of a decision; default the policy's rule",
     .choices = link_choices},
    {.name = "information",
     .kind = Kind::choice,
     .standard = "expected",
     .meaning = "whose inverse is the covariance of the estimates",
     .choices = information_choices},
    {.name = "cluster",
     .kind = Kind::list,
     .standard = "city",
     .meaning = "within which decisions may depend on each other: none, one or a list of two of city, country, period"},
    {.name = "fixed_effects",
     .kind = Kind::list,
     .standard = "none",
     .meaning = "an effect of its own for each country, for each period, or for both, in a list"},
    {.name = "intervals",
     .kind = Kind::choice,
     .standard = "wald",
     .meaning = "confidence intervals from standard errors, or from the profile of the likelihood",
     .choices = interval_choices},
    {.name = "penalty",
     .kind = Kind::choice,
     .standard = "none",
     .meaning = "of the likelihood; firth takes off the bias of few events and keeps separated terms finite",
     .choices = penalty_choices},
    {.name = "imputations",
     .kind = Kind::integer,
     .standard = "0",
     .lowest = 0,
     .highest = 1000,
     .meaning = "number of data sets in which dates that are known as intervals only are drawn; 0: none, their "
                "likelihood is summed up over the interval, and the others see its middle"},
    {.name = "profile", .kind = Kind::texts, .meaning = "paths of shape parameters that are estimated too"},
    {.name = "hypotheses", .kind = Kind::map, .meaning = "by name, the mechanisms that each keeps; for comparisons"},
    {.name = "cross_validation",
     .kind = Kind::section,
     .meaning = "scores what a fit without them says of parts left out",
     .inside = cross_validation},
    {.name = "nulls",
     .kind = Kind::section,
     .meaning = "tests effects of networks against networks that cannot have mattered",
     .inside = nulls},
    {.name = "goodness",
     .kind = Kind::integer,
     .standard = "0",
     .lowest = 0,
     .highest = 1e6,
     .meaning = "number of histories simulated from the fitted model, against which the observed one is held; 0: none"},
    {.name = "dyads",
     .kind = Kind::section,
     .meaning = "pairs of cities, of which the one may emulate the other; for --dyads",
     .inside = dyads},
};

}  // namespace hansa::fields
