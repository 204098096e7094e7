/// Synergy: a city that has adopted one policy is readier for another.
#pragma once

#include <memory>

#include "base/schema.hpp"
#include "model/catalogue.hpp"

namespace hansa {

extern Schema const synergy_schema;

/// M = 1 where the city had adopted the other policy by the end of the step before, and has not left it, else 0.
/// One byte a city. Complains where it names its own policy.
[[nodiscard]] std::unique_ptr<Term> make_synergy(MechanismSpec const& spec, TermContext const& context,
                                                 Complaints& complaints);

}  // namespace hansa
