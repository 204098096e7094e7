/// The parameters of exposure, which competition shares.
#pragma once

#include <array>
#include <string_view>

#include "base/schema.hpp"
#include "scenario/field_ranges.hpp"

namespace hansa {

inline constexpr std::array<std::string_view, 3> exposure_normalizations{"share", "weight", "count"};

inline constexpr std::array only_fields{
    Field{.name = "larger", .kind = Kind::attribute, .meaning = "sources that have more of this number"},
    Field{.name = "smaller", .kind = Kind::attribute, .meaning = "sources that have less of this number"},
    Field{.name = "same", .kind = Kind::attribute, .meaning = "sources with the same value, known of both"},
    Field{.name = "different", .kind = Kind::attribute, .meaning = "sources with another value, known of both"},
};

inline constexpr std::array exposure_fields{
    Field{.name = "network", .kind = Kind::network, .meaning = "the ties along which cities observe; or `pool`"},
    Field{.name = "pool", .kind = Kind::pool, .meaning = "the cities observed, mean field; or `network`"},
    Field{.name = "normalize",
          .kind = Kind::choice,
          .standard = "share",
          .meaning = "share of the observed weight, its sum, or the number of adopted sources",
          .choices = exposure_normalizations},
    Field{.name = "shape", .kind = Kind::shape, .standard = "linear", .meaning = "f in M = f(E)"},
    Field{.name = "half_life",
          .lowest = fields::above_zero,
          .unit = "steps",
          .meaning = "an adoption counts in full in the next step, then fades by half in so many; default: no fading"},
    Field{.name = "source_weight",
          .kind = Kind::attribute,
          .meaning = "prestige: ties weigh w_ij a_j, a_j this number of the source, above and below"},
    Field{.name = "only",
          .kind = Kind::section,
          .meaning = "sources that compare so with the city; other ties are left out, above and below",
          .inside = only_fields},
    Field{.name = "transmission",
          .lowest = 0,
          .meaning =
              "rule additive: the chance of contagion along a tie in a step, M = sum_j -ln(1 - transmission w_ij) "
              "A_j; instead of `normalize` and `shape`"},
};

}  // namespace hansa
