/// Membership: what belonging to a collaboration does by itself.
#pragma once

#include <memory>

#include "base/schema.hpp"
#include "model/catalogue.hpp"

namespace hansa {

extern Schema const membership_schema;

/// `member`: M = 1 in the steps in which the city belongs to any of the collaborations, else 0. `years`: steps since it
/// joined, 0 in the step in which it does; of several collaborations that of the earliest joining among those it
/// belongs to at the step; 0 outside. Every date of joining must then be known. Lee & van de Meene (2012).
[[nodiscard]] std::unique_ptr<Term> make_membership(MechanismSpec const& spec, TermContext const& context,
                                                    Complaints& complaints);

}  // namespace hansa
