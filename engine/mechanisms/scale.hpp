/// Economies of scale: each adoption in the pool makes the next one cheaper, by experience or by sharing fixed costs.
#pragma once

#include <memory>

#include "base/schema.hpp"
#include "model/catalogue.hpp"

namespace hansa {

extern Schema const scale_schema;

/// M = ln(c_ref / c), c_ref the cost at N = 0. `progress_ratio`: c = c_ref (1+N)^(-b), b = -log2(progress ratio), N the
/// adoption episodes so far in the pool (Wright 1936). `shared`: c = variable + fixed / (1+N), N the other current
/// adopters. A city outside the pool has N = 0.
[[nodiscard]] std::unique_ptr<Term> make_scale(MechanismSpec const& spec, TermContext const& context,
                                               Complaints& complaints);

}  // namespace hansa
