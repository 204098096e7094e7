/// Exposure: imitation and contagion through the adopters that a city observes, along ties or in a pool.
#pragma once

#include <memory>

#include "base/schema.hpp"
#include "model/catalogue.hpp"

namespace hansa {

extern Schema const exposure_schema;

/// M = f(E). On a network: E = Σ_j w_ij A_j / Σ_j w_ij (share; 0 without in-ties), Σ_j w_ij A_j (weight) or the number
/// of adopted sources (count). In a pool: the share (or number) of adopters among the others in it; 0 outside. Valente
/// (1996); Strang & Tuma (1993).
[[nodiscard]] std::unique_ptr<Term> make_exposure(MechanismSpec const& spec, TermContext const& context,
                                                  Complaints& complaints);

}  // namespace hansa
