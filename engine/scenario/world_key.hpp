/// What a scenario says of its world, to tell whether another one says the same.
#pragma once

#include <string>

#include "scenario/draft.hpp"

namespace hansa {

/// All that cities, networks, collaborations and what is known of adoptions can be built from, as one text: everything
/// but interventions, output, what only describes, and what only strengths are compiled from. Equal keys are equal
/// worlds before anybody intervenes; where the same is written otherwise, or in another folder, keys may differ.
[[nodiscard]] std::string world_key(ScenarioDraft const& draft);

}  // namespace hansa
