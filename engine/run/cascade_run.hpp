/// Rule `cascade` in one replicate: each tie of a new adopter acts once, in the step after.
#pragma once

#include <memory>

#include "model/model.hpp"
#include "run/policy_run.hpp"
#include "world/world.hpp"

namespace hansa {

/// The independent cascade (Kempe, Kleinberg & Tardos 2003) with Sellke's construction (1983): a tie with probability
/// p_ij = min(1, strength · w_ij) takes -ln(1 - p_ij) from what is left of its target's resistance R ~ Exp(1), so that
/// a city that n ties reach in a step adopts with probability 1 - Π(1 - p_ij). What reaches a city that is not at risk
/// in that step is lost. There is no hazard to keep: 17 bytes a city, and the work is the ties of new adopters.
/// Attribution: in proportion to what each mechanism took in the step of crossing; a certain tie takes 64.
[[nodiscard]] std::unique_ptr<PolicyRun> make_cascade_run(Model const& model, World const& world, PolicyId policy,
                                                          Budgets& budgets);

}  // namespace hansa
