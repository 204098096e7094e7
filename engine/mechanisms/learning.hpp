/// Learning: cities form beliefs about a policy from how it performs in the cities that they observe.
#pragma once

#include <memory>

#include "base/schema.hpp"
#include "model/catalogue.hpp"

namespace hansa {

extern Schema const learning_schema;

/// M = (m - r/√τ) - (m0 - r/√τ0), m and τ the mean and precision of the city's normal belief about what the policy does
/// in a city like it, m0 and τ0 those of its prior, r its aversion to risk: 0 without news, below 0 after bad ones. A
/// city looks once at each adoption episode of every city that it observes; how news are weighed is in
/// learning_beliefs.hpp. DeGroot (1970), on normal sampling; Banerjee & Fudenberg (2004), on learning from neighbours.
///
/// Sums over the looks of a city in one step run in order of the sources (by stable id), those at new adopters first,
/// then those along ties that begin in the step: in an order that neither threads nor the rows of a file can change.
/// 84 bytes a city; a step costs its looks, and an update per city that looked.
[[nodiscard]] std::unique_ptr<Term> make_learning(MechanismSpec const& spec, TermContext const& context,
                                                  Complaints& complaints);

}  // namespace hansa
