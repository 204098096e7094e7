/// The logarithm of the number of adopters in a pool: the covariate of the event-history literature.
#pragma once

#include <memory>

#include "base/schema.hpp"
#include "model/catalogue.hpp"

namespace hansa {

extern Schema const log_adopters_schema;

/// M = ln(1 + N), N the other current adopters in the pool; 0 outside it. Berry & Berry (1990).
[[nodiscard]] std::unique_ptr<Term> make_log_adopters(MechanismSpec const& spec, TermContext const& context,
                                                      Complaints& complaints);

}  // namespace hansa
