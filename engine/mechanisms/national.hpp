/// National laws: what a national government does to the cities of its country.
#pragma once

#include <memory>

#include "base/schema.hpp"
#include "model/catalogue.hpp"

namespace hansa {

extern Schema const national_schema;

/// M = 1 in cities of countries whose law is in force, else 0; cities of no country have none. A law of the kind
/// `enabling` presses by θ M; `mandate` binds the cities, each with its country's compliance, and `preempt` bars them
/// (Shipan & Volden 2008 on what higher governments do to diffusion among cities). When laws are enacted: Enactment.
/// Cost: nothing per city and step but where a law comes into force.
[[nodiscard]] std::unique_ptr<Term> make_national(MechanismSpec const& spec, TermContext const& context,
                                                  Complaints& complaints);

}  // namespace hansa
