/// The field tables of `calibrate`.
#pragma once

#include <string_view>

#include "base/schema.hpp"
#include "scenario/field_ranges.hpp"

namespace hansa::fields {

inline constexpr std::string_view bare_summaries[] = {"curve", "curve_by_group", "exposure_at_adoption", "moran"};

inline constexpr Field summary[] = {
    {.name = "curve_by_group",
     .kind = Kind::attribute,
     .meaning = "share of adopters in every step, for each value of a text attribute"},
    {.name = "exposure_at_adoption",
     .kind = Kind::network,
     .meaning = "share of the observed cities that had adopted before, at adoption: mean and standard deviation"},
    {.name = "moran",
     .kind = Kind::network,
     .meaning = "Moran's I of having adopted in the end, and of the time of adoption among adopters"},
};

inline constexpr Field calibrate[] = {
    {.name = "parameters",
     .kind = Kind::map,
     .need = Need::required,
     .meaning = "prior distributions of numbers of policies, by path"},
    {.name = "summaries",
     .kind = Kind::list,
     .meaning = "what is compared of simulated and observed histories; default all four, by the attributes of output "
                "(or region) and in all networks that are given"},
    {.name = "hypotheses",
     .kind = Kind::map,
     .meaning = "by name, the mechanisms that act in each; the strength of the others is 0; default all act"},
    {.name = "particles",
     .kind = Kind::integer,
     .standard = "1000",
     .lowest = 10,
     .highest = 1e5,
     .meaning = "draws from the posterior, in every generation"},
    {.name = "generations",
     .kind = Kind::integer,
     .standard = "8",
     .lowest = 1,
     .highest = 1000,
     .meaning = "at most so many, after the one from the priors"},
    {.name = "replicates",
     .kind = Kind::integer,
     .standard = "4",
     .lowest = 1,
     .highest = 1e5,
     .meaning = "histories of each proposal"},
    {.name = "quantile",
     .standard = "0.5",
     .lowest = above_zero,
     .highest = below_one,
     .meaning = "of the distances of one generation: the tolerance of the next"},
    {.name = "tolerance", .lowest = above_zero, .meaning = "the generation that reaches it is the last; default none"},
    {.name = "acceptance",
     .standard = "0.01",
     .lowest = above_zero,
     .highest = 1,
     .meaning = "a generation of whose proposals fewer are accepted is given up, and the one before is the last"},
};

}  // namespace hansa::fields
