/// Exposure along ties.
#pragma once

#include <memory>

#include "mechanisms/exposure_fading.hpp"
#include "mechanisms/exposure_ties.hpp"
#include "mechanisms/shape.hpp"

namespace hansa {

/// What is made of the adopted sources of a city: their share of the observed weight, its sum, or their number.
enum class Normalize { share, weight, count };

/// Ties that always hold and influence that does not fade: integer sums pushed along ties, at the cost of a tie each.
[[nodiscard]] std::unique_ptr<Term> make_constant_exposure(ObservedTies ties, Normalize normalize, ShapeFunction shape);

/// Ties that come and go, and influence that fades: known beforehand, so that it costs nothing until a city is looked
/// at.
[[nodiscard]] std::unique_ptr<Term> make_changing_exposure(ObservedTies ties, Normalize normalize, ShapeFunction shape,
                                                           Fading fading, TermContext const& context);

/// Ties with dynamics of which only some count, or which are weighed by more than their strength: each step looks at
/// all of them. Nothing after a complaint.
[[nodiscard]] std::unique_ptr<Term> make_recounted_exposure(NetworkLayer const& layer, TieChoice choice,
                                                            Normalize normalize, ShapeFunction shape, Fading fading,
                                                            TermContext const& context, Complaints& complaints);

}  // namespace hansa
