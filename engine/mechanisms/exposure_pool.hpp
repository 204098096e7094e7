/// Exposure in a pool, mean field.
#pragma once

#include <memory>

#include "mechanisms/exposure_network.hpp"
#include "mechanisms/pool.hpp"

namespace hansa {

/// Everybody in the pool counts alike, in units of `unit`.
[[nodiscard]] std::unique_ptr<Term> make_pool_exposure(PoolCount pool, Normalize normalize, WeightUnit unit,
                                                       ShapeFunction shape);

/// Sources in a pool that fade, weigh, or are left out. Costs a pass over the pool in every step in which something
/// changes: with fading in every step. Nothing after a complaint. The pool is not one of ties.
[[nodiscard]] std::unique_ptr<Term> make_weighed_pool_exposure(Pool const& pool, NetworkLayer const* groups,
                                                               TieChoice choice, Normalize normalize,
                                                               ShapeFunction shape, Fading fading,
                                                               TermContext const& context, Complaints& complaints);

}  // namespace hansa
