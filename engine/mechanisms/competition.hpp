/// Competition: exposure to the adopters among a city's competitors.
#pragma once

#include <memory>

#include "base/schema.hpp"
#include "model/catalogue.hpp"

namespace hansa {

extern Schema const competition_schema;

/// M as in exposure, on a network (or pool) of competitors: whether to keep up with them or to stand apart is for the
/// sign of the strength. Simmons & Elkins (2004); Baybeck, Berry & Siegel (2011).
[[nodiscard]] std::unique_ptr<Term> make_competition(MechanismSpec const& spec, TermContext const& context,
                                                     Complaints& complaints);

}  // namespace hansa
