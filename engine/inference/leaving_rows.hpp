/// One policy's adopters as rows: who could leave in which step, and who did.
#pragma once

#include <cstdint>
#include <vector>

#include "inference/build_design.hpp"
#include "inference/histories.hpp"

namespace hansa {

/// A row for every scored step in which a city that had adopted by the end of the step before is in the world and no
/// mandate binds it. Cities that left are at risk of adopting from the next step on, and of leaving again once they
/// have. Columns are what the estimates replace: `hazard` (link additive, the hazard itself), or under a logit `base`
/// and, where the hazard follows beliefs, `own_belief` (minus what the adopter believes). histories[p] is that of
/// policy p, which the scenario lets cities abandon. Cost: one replay.
[[nodiscard]] ObservedDesign leaving_design(Scenario const& scenario, World const& world, Model const& model,
                                            std::vector<ObservedHistory> const& histories, DesignOrder const& order);

/// Whether the scenario states the log odds of leaving.
[[nodiscard]] bool leaves_by_odds(AbandonmentSpec const& spec);

/// What the scenario says of the coefficients of such rows, by their paths.
struct LeavingNumber {
  std::string name, path;
  double value = 0;
};
[[nodiscard]] std::vector<LeavingNumber> leaving_numbers(PolicySpec const& policy);

}  // namespace hansa
