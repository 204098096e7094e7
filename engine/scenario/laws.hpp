/// Mechanisms that are laws: they bind cities to adopt, or bar them from it, and press on nobody.
#pragma once

#include "scenario/scenario.hpp"

namespace hansa {

/// True of a national mandate or pre-emption, which has no strength.
[[nodiscard]] bool is_law(MechanismSpec const& mechanism);

}  // namespace hansa
